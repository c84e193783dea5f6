import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Store } from '../../src/ports/store.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openDatabase, openStore, storeOn } from '../../src/store/open.ts';
import { openElsewhere } from '../contracts/migrations.ts';
import { alarm, delivery, request, saved, streamOf, T } from '../contracts/store/rows.ts';
import { birth } from '../support/birth.ts';
import { freshFile } from '../support/sqlite.ts';

describe('the file of a SQLite store', () => {
  let file: ReturnType<typeof freshFile>;
  let store: Store | undefined;
  beforeEach(() => {
    file = freshFile();
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    file.remove();
  });

  test('only its owner may read it and what lies beside it, also when it was readable before', async () => {
    writeFileSync(file.path, '');
    chmodSync(file.path, 0o644);
    store = await openStore({ url: file.url, ...birth });
    await saved(store, request());
    const folder = dirname(file.path);
    const modes = readdirSync(folder).map((name) => [name, (statSync(resolve(folder, name)).mode & 0o777).toString(8)]);
    expect(modes).toEqual([
      ['tocsin.db', '600'],
      ['tocsin.db-wal', '600'],
    ]);
  });

  test('a second process is refused while the first has it open, and let in afterwards', async () => {
    store = await openStore({ url: file.url, ...birth });
    expect(await openElsewhere(file.url)).toBe('StoreRefused');
    await saved(store, request());
    await store.close();
    expect(await openElsewhere(file.url)).toBe('opened');
  });

  test('so is a second store in the same process, and the first does not notice', async () => {
    store = await openStore({ url: file.url, ...birth });
    await expect(openStore({ url: file.url, ...birth })).rejects.toThrow(`${file.path} is open in another process`);
    await saved(store, request());
    expect(await openElsewhere(file.url)).toBe('StoreRefused');
  });

  test('a folder that is not there is said, and not made', async () => {
    const url = `${file.url.slice(0, -'tocsin.db'.length)}nowhere/tocsin.db`;
    const opened = openStore({ url, ...birth });
    await expect(opened).rejects.toThrow(/nowhere\/tocsin\.db cannot be made .*ENOENT.*: its folder must be there/);
    await expect(opened).rejects.toMatchObject({ name: 'StoreRefused' });
  });

  test('what is no database is not touched', async () => {
    writeFileSync(
      file.path,
      'this is a text and no database, and it is longer than a header of one hundred bytes '.repeat(9),
    );
    await expect(openStore({ url: file.url, ...birth })).rejects.toThrow(/is no database, or is damaged/);
    expect(statSync(file.path).size).toBe(756);
  });

  test('an address that is neither a file nor PostgreSQL is refused without telling its password', async () => {
    const opened = openStore({ url: 'mysql://root:secret@db.example/x', ...birth });
    await expect(opened).rejects.toThrow(/begins with mysql: expected file:… or postgresql:/);
    await expect(opened).rejects.not.toThrow('secret');
  });

  test('a full disk keeps nothing by halves, is told as such, and is over when there is room again', async () => {
    const db = await openDatabase(file.url, MIGRATIONS);
    store = await storeOn(db, birth);
    const [size] = await db.all<{ pages: number }>(Prisma.sql`SELECT page_count AS "pages" FROM pragma_page_count`);
    await db.run(Prisma.raw(`PRAGMA max_page_count = ${(size?.pages ?? 0) + 25}`));
    const kept: string[] = [];
    const save = async () => {
      const of = request();
      const contents = [{ id: of.id, salt: birth.random(32), bytes: birth.random(3000) }];
      const rest = { contents, alarms: [alarm('escalation', T)], deliveries: [delivery(of)], views: ['room'] };
      await saved(store as Store, of, rest);
      kept.push(of.id);
    };
    const fillUp = async () => {
      for (let i = 0; i < 500; i++) await save();
    };
    await expect(fillUp()).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'SQLITE_FULL', unknown: false });
    await expect(save()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    await expect(store.keep({ ...MAIL, bytes: birth.random(200_000) })).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(kept.length).toBeGreaterThan(3);
    await expectWhole(store, kept);
    await db.run(Prisma.raw('PRAGMA max_page_count = 1000000'));
    await save();
    await store.keep({ ...MAIL, bytes: birth.random(200_000) });
    await expectWhole(store, kept);
  });

  test('what was committed when the process was killed is there, whole, and nothing else', {
    timeout: 60_000,
  }, async () => {
    for (let round = 1; round <= 5; round++) {
      const committed = await killAfter(round * 7, file.url);
      store = await openStore({ url: file.url, ...birth });
      const streams = (await store.heads()).map(({ stream }) => stream);
      const ids = streams.filter((name) => name.startsWith('request/')).map((name) => name.slice('request/'.length));
      expect(committed.filter((id) => !ids.includes(id))).toEqual([]);
      await expectWhole(store, ids);
      await store.close();
    }
  });
});

const MAIL = { id: 'mail', source: 'mail', receivedAt: T, media: 'message/rfc822' };

/** These requests, each with all that its step wrote, and no others. */
async function expectWhole(store: Store, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const row = await store.request(id);
    expect(row?.version).toBe((await store.entries(streamOf({ id }), 1, 99)).length);
    expect(await store.deliveries(id, 100)).toHaveLength(1);
  }
  expect(await store.dueAlarms(T, 10_000)).toHaveLength(ids.length);
  expect((await store.board(['cp'], ['open'], 10_000)).map(({ id }) => id).sort()).toEqual([...ids].sort());
}

const SAVE_FOREVER = fileURLToPath(new URL('../support/save-forever.ts', import.meta.url));

/** Ids that a process printed before it was killed, after it had printed so many. */
async function killAfter(count: number, url: string): Promise<readonly string[]> {
  const child = spawn(process.execPath, [SAVE_FOREVER, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    if (printed.length === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return printed;
}
