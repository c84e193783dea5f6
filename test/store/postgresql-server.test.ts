import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { openStore } from '../../src/store/open.ts';
import { changeOf, entry, request, saved, streamOf } from '../contracts/store/rows.ts';
import { birth } from '../support/birth.ts';
import { freshDatabase, onServer, POSTGRES, type TestDatabase } from '../support/postgres.ts';

const SERVER = POSTGRES ?? '';

describe.skipIf(POSTGRES === undefined)('a PostgreSQL store', () => {
  let database: TestDatabase | undefined;
  let store: Store | undefined;
  const open = async (encoding?: string) => {
    database = await freshDatabase(SERVER, encoding);
    store = await openStore({ url: database.url, ...birth });
    return store;
  };
  beforeEach(() => {
    database = undefined;
    store = undefined;
  });
  afterEach(async () => {
    await store?.close();
    await database?.drop();
  });

  test('that loses its connection in the middle of a step keeps nothing, says so, and goes on with the next', async () => {
    const living = await open();
    const of = request();
    const cut = living.step(streamOf(of), async (step) => {
      await step.save(changeOf(of));
      await endConnections(database?.url ?? '');
      await step.save(changeOf(of, { entries: [entry()] }));
    });
    await expect(cut).rejects.toMatchObject({ name: 'StoreUnavailable', unknown: false });
    expect(await living.request(of.id)).toBeUndefined();
    await saved(living, of);
    expect((await living.request(of.id))?.version).toBe(1);
  });

  test('that loses its connection while it commits does not know what was kept', async () => {
    const living = await open();
    const of = request();
    const cut = living.step(streamOf(of), async (step) => {
      await step.save(changeOf(of));
      await endConnections(database?.url ?? '');
    });
    await expect(cut).rejects.toMatchObject({ name: 'StoreUnavailable', unknown: true });
    // A connection of the pool that died with it may be handed out once more.
    await expect.poll(() => living.request(of.id).catch(() => 'away')).toBeUndefined();
  });

  test('waits for a lock that another node holds, but not for ever', async () => {
    const living = await open();
    const of = request();
    await saved(living, of);
    const other = await openStore({ url: database?.url ?? '', ...birth });
    const isHeld = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const holding = other.step(streamOf(of), async () => {
      isHeld.resolve();
      await mayEnd.promise;
    });
    await isHeld.promise;
    await expect(saved(living, of)).rejects.toMatchObject({ name: 'StoreUnavailable', code: '55P03', unknown: false });
    mayEnd.resolve();
    await holding;
    await other.close();
    await saved(living, of);
  });

  test('is refused where the database cannot keep every text', async () => {
    await expect(open('LATIN1')).rejects.toThrow('LATIN1');
  });

  test('is refused where a commit is answered before it is safe', async () => {
    database = await freshDatabase(SERVER);
    const name = new URL(database.url).pathname.slice(1);
    await onServer(SERVER, `ALTER DATABASE "${name}" SET synchronous_commit = off`);
    await expect(openStore({ url: database.url, ...birth })).rejects.toThrow('synchronous_commit');
  });

  test('that cannot be reached is unavailable, and its password is not told', async () => {
    const opened = openStore({ url: 'postgresql://tocsin:secret@127.0.0.1:9/tocsin', ...birth });
    await expect(opened).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'ECONNREFUSED' });
    await expect(opened).rejects.not.toThrow('secret');
  });
});

/** Ends every connection to the database but the one that asks for it. */
async function endConnections(url: string): Promise<void> {
  await onServer(
    url,
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
}
