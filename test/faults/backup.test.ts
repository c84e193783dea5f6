import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Random } from '../simulation/random.ts';
import { Tocsin, tempFolder, tocsin } from '../support/process.ts';
import { deskUnderFire, Traffic } from './traffic.ts';

const KILLS = 8;
const OK = { code: 0, out: expect.stringMatching(/^ok/) };

it('leaves no half backup, killed at random moments of one while requests come in', { timeout: 300_000 }, async () => {
  const random = new Random(Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 32)));
  console.log(`backup.test.ts: SEED=${random.seed}`);
  const traffic = new Traffic(random.fork('traffic'));
  const folder = tempFolder();
  let whole = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const desk = await Tocsin.start({ folder, ...(kill === 1 ? { yaml: deskUnderFire() } : {}) });
    traffic.run(desk, 10).catch((error: unknown) => traffic.wrong.push(String(error)));
    await traffic.more(random.between(2, 8));
    const file = `${kill}.db`;
    const backup = tocsin(folder, 'backup', file);
    await Promise.race([backup, after(random.between(0, 2500))]);
    await desk.kill();
    await backup;
    if (!existsSync(join(folder, file))) continue;
    whole++;
    expect(await tocsin(folder, 'restore', '--check', file), `SEED=${random.seed}`).toMatchObject({ code: 0 });
  }
  await using desk = await Tocsin.start({ folder });
  traffic.run(desk, 10).catch((error: unknown) => traffic.wrong.push(String(error)));
  await traffic.more(3);
  expect(await tocsin(folder, 'backup', 'last.db')).toMatchObject({ code: 0 });
  expect(await tocsin(folder, 'restore', '--check', 'last.db')).toMatchObject({ code: 0 });
  expect(await tocsin(folder, 'journal', 'verify')).toMatchObject(OK);
  expect(traffic.wrong).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  expect(readdirSync(join(folder, 'var')).filter((name) => /copy|restor/.test(name))).toEqual([]);
  console.log(`${KILLS} kills, ${whole} backups were whole by then`);
});
