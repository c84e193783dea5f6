import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Told } from '../../src/cli/doctor.ts';
import { Officer } from '../support/officer.ts';
import { Tocsin, tempFolder, tocsin } from '../support/process.ts';
import { shortDesk } from '../support/story-desk.ts';

const YAML = shortDesk('10m');

type Seen = { readonly code: number | null; readonly findings: readonly Told[] };

const doctor = async (folder: string): Promise<Seen> => {
  const { code, out, err } = await tocsin(folder, 'doctor', '--json');
  expect(err).toBe('');
  const { exitCode, findings } = JSON.parse(out) as { exitCode: number; findings: readonly Told[] };
  expect(exitCode).toBe(code);
  return { code, findings };
};
const codes = ({ findings }: Seen) => findings.map(({ code }) => code);
const finding = ({ findings }: Seen, code: Told['code']) => findings.find((one) => one.code === code);

describe.concurrent('tocsin doctor', { timeout: 90_000 }, () => {
  it('asks the running process who can be rung, and hears of a pager that has come', async () => {
    await using desk = await Tocsin.start({ yaml: YAML });
    const before = await doctor(desk.folder);
    expect(before.code).toBe(1);
    expect(codes(before)).toEqual(
      expect.arrayContaining([
        'process_running',
        'config_well',
        'store_in_use',
        'methods_well',
        'team_well',
        'rota_well',
      ]),
    );
    expect(codes(before)).toEqual(expect.arrayContaining(['zone_well', 'checkpoint_awaited', 'backup_never']));
    expect(finding(before, 'pager_closed')).toMatchObject({
      verdict: 'fault',
      what: expect.stringContaining('Dan Sample'),
      means: expect.any(String),
      todo: expect.stringContaining('/pager'),
    });
    await (await Officer.signIn(desk, 'dan')).pager();
    const after = codes(await doctor(desk.folder));
    expect(after).toContain('pager_open');
    expect(after).not.toContain('pager_closed');
  });

  it('says that the file differs from what is in force, which faults it has, and what others may read', async () => {
    await using desk = await Tocsin.start({ yaml: YAML });
    const file = join(desk.folder, 'tocsin.yaml');
    writeFileSync(file, YAML.replace('window: 10m', 'window: 9m'));
    expect(finding(await doctor(desk.folder), 'config_differs')?.values).toEqual({ count: 1, revision: 1 });
    writeFileSync(file, YAML.replace('time_zone', 'time_zon'));
    writeFileSync(join(desk.folder, '.env'), '\n', { mode: 0o644 });
    chmodSync(join(desk.folder, '.env'), 0o644);
    const faulty = await doctor(desk.folder);
    expect(finding(faulty, 'config_faulty')?.what).toContain('time_zone');
    expect(finding(faulty, 'files_open')).toMatchObject({ todo: 'chmod 600 .env' });
  });

  it('looks into a store that nothing runs on, and leaves it as it is', async () => {
    const desk = await Tocsin.start({ yaml: YAML });
    await desk.stop();
    const before = readFileSync(desk.database);
    const seen = await doctor(desk.folder);
    expect(codes(seen)).toEqual(
      expect.arrayContaining(['process_not_running', 'config_well', 'store_well', 'reach_untried', 'backup_never']),
    );
    const entries = (bytes: Buffer | string) => {
      writeFileSync(join(desk.folder, 'look.db'), bytes);
      const db = new DatabaseSync(join(desk.folder, 'look.db'));
      const all = db.prepare('SELECT hash FROM journal_entry ORDER BY stream, n').all();
      db.close();
      return all;
    };
    expect(entries(readFileSync(desk.database))).toEqual(entries(before));

    writeFileSync(join(desk.folder, 'tocsin.yaml'), YAML.replace('window: 10m', 'window: 9m'));
    expect(codes(await doctor(desk.folder))).toContain('config_waits');
    truncateSync(desk.database, 8192);
    const damaged = await doctor(desk.folder);
    expect(finding(damaged, 'store_damaged')).toMatchObject({ check: 'store', verdict: 'fault' });
    writeFileSync(desk.database, 'no database at all, but long enough to be one');
    expect(codes(await doctor(desk.folder))).toContain('store_damaged');
  });

  it('does not migrate a store of an earlier release', async () => {
    const desk = await Tocsin.start({ yaml: YAML });
    await desk.stop();
    const db = new DatabaseSync(desk.database);
    db.exec('DELETE FROM "_migration" WHERE "name" = (SELECT max("name") FROM "_migration")');
    const count = () => db.prepare('SELECT count(*) AS "n" FROM "_migration"').get()?.['n'];
    const before = count();
    expect(codes(await doctor(desk.folder))).toContain('store_older');
    expect(count()).toBe(before);
    db.close();
  });

  it('says so when another process has the store and nobody answers', async () => {
    const desk = await Tocsin.start({ yaml: YAML });
    await desk.stop();
    const other = new DatabaseSync(desk.database);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const seen = await doctor(desk.folder);
    other.close();
    expect(codes(seen)).toEqual(expect.arrayContaining(['store_held', 'process_not_running']));
  });

  it('does not wait for a process that takes a connection and never answers', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'var'), { mode: 0o700 });
    await using mute = createServer((socket) => socket.resume()).listen(join(folder, 'var', 'tocsin.sock'));
    await once(mute, 'listening');
    expect(finding(await doctor(folder), 'process_silent')).toMatchObject({ verdict: 'fault' });
  });

  it('finds an empty folder, makes nothing in it, and speaks French', async () => {
    const folder = tempFolder();
    expect(codes(await doctor(folder))).toEqual(
      expect.arrayContaining(['process_never_started', 'config_demo', 'store_none']),
    );
    expect(existsSync(join(folder, 'var'))).toBe(false);
    const french = await tocsin(folder, 'doctor', '--language', 'fr');
    expect(french.out).toContain('Tocsin n’a jamais été démarré dans ce dossier.');
  });
});
