import { afterEach, describe, expect, it } from 'vitest';
import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { DAY, HOUR, instant } from '../../rota/instant.ts';
import { INSTALLATION } from '../../src/journal/stream.ts';
import type { Store } from '../../src/ports/store.ts';
import { verifyStore } from '../../src/store/backup-verify.ts';
import type { Database } from '../../src/store/database.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openDatabase, storeOn } from '../../src/store/open.ts';
import { renew } from '../../src/store/restore-renew.ts';
import { ids, NODE, withDeliveries } from '../contracts/store/rows.ts';
import { birth } from '../support/birth.ts';
import { freshDatabase, POSTGRES } from '../support/postgres.ts';
import { freshFile } from '../support/sqlite.ts';

const ROOT = { kind: 'shell', user: 'root' } as const;
const BEFORE = instant('2026-12-31T22:00:00Z');
const NOW = BEFORE + 4 * HOUR;

const STORES = [
  { where: 'on SQLite', present: true, place: async () => ({ url: freshFile().url, drop: async () => undefined }) },
  { where: 'on PostgreSQL', present: POSTGRES !== undefined, place: async () => freshDatabase(POSTGRES ?? '') },
];

describe.each(STORES)('a store that was put back $where', ({ present, place }) => {
  let db: Database;
  let drop: () => Promise<void>;
  afterEach(async () => {
    await db.close();
    await drop();
  });
  const open = async (): Promise<Store> => {
    const { url, drop: remove } = await place();
    drop = remove;
    db = await openDatabase(url, MIGRATIONS);
    return storeOn(db, { ...birth, now: () => BEFORE });
  };
  const all = <T>(sql: string) => db.all<T>(Prisma.raw(sql));
  const test = it.skipIf(!present);

  test('is of the next epoch, and says in its journal how much was lost', async () => {
    const store = await open();
    expect(await renew(db, NOW, ROOT)).toEqual({ epoch: 2, last: BEFORE, lost: 4 * HOUR, open: 0, deliveries: 0 });
    expect(await renew(db, NOW + DAY, ROOT)).toMatchObject({ epoch: 3, lost: DAY });
    const reopened = await storeOn(db, birth);
    expect(reopened.installation).toMatchObject({ id: store.installation.id, epoch: 3 });
    const entries = await reopened.entries(INSTALLATION, 2, 9);
    expect(entries.map(({ type, body }) => ({ type, body: JSON.parse(body) }))).toEqual([
      {
        type: 'installation.restored/1',
        body: expect.objectContaining({
          epoch: 2,
          actor: ROOT,
          data: { last: '2026-12-31T22:00:00.000Z', lost: 4 * HOUR, open: 0, deliveries: 0 },
        }),
      },
      { type: 'installation.restored/1', body: expect.objectContaining({ epoch: 3 }) },
    ]);
    expect(await verifyStore(db)).toMatchObject({ outcome: 'ok' });
  });

  test('delivers nothing that was still to be delivered, and takes no outcome of what was claimed', async () => {
    const store = await open();
    await withDeliveries(
      store,
      { status: 'open' },
      { id: 'waits', dueAt: BEFORE + HOUR },
      { id: 'claimed', dueAt: BEFORE },
    );
    const [claim] = await store.claimDeliveries(NODE, BEFORE, 9, ids());
    expect(await renew(db, NOW, ROOT)).toMatchObject({ deliveries: 2, open: 1 });
    expect(await store.claimDeliveries(NODE, NOW + DAY, 9, ids())).toEqual([]);
    expect(await all(`SELECT "id", "state", "code" FROM "delivery" ORDER BY "id"`)).toEqual([
      { id: 'claimed', state: 'failed', code: 'restored' },
      { id: 'waits', state: 'failed', code: 'restored' },
    ]);
    const fence = claim?.deliveries[0].fence ?? 0;
    const late = store.step('request/x', (step) =>
      step.finishDelivery('claimed', fence, { state: 'handed_over', at: NOW }),
    );
    expect(await late).toBe(false);
  });

  test('lets nobody in by what was valid before: links, sessions, leases and nodes are over', async () => {
    const store = await open();
    await store.sessions.addLink({ hash: 'link', officer: 'ana', expiresAt: NOW + DAY });
    await store.sessions.open({ hash: 'session', officer: 'ana', csrf: 'x', createdAt: BEFORE, expiresAt: NOW + DAY });
    await store.beat(NODE, NOW, 1);
    await store.lease('digest', NODE, BEFORE);
    await renew(db, NOW, ROOT);
    expect(await store.sessions.useLink('link', NOW)).toBeUndefined();
    expect(await store.sessions.session('session', NOW)).toBeUndefined();
    expect(await store.lease('digest', { node: 'z', boot: 'z' }, BEFORE)).toBe(true);
    expect(await all(`SELECT "id" FROM "node"`)).toEqual([]);
  });

  test('gives references that were not given before, in both years, also to a desk that it does not know', async () => {
    const store = await open();
    const next = (desk: string, year: number) => store.step(`register/${desk}`, (step) => step.nextNumber(desk, year));
    expect([await next('cp', 2025), await next('cp', 2026), await next('cp', 2026)]).toEqual([1, 1, 2]);
    await renew(db, NOW, ROOT);
    expect([await next('cp', 2025), await next('cp', 2026), await next('cp', 2026)]).toEqual([2, 1001, 1002]);
    expect([await next('cp', 2027), await next('cp', 2027), await next('new', 2026)]).toEqual([1001, 1002, 1001]);
    await renew(db, NOW, ROOT);
    expect([await next('cp', 2026), await next('cp', 2027), await next('newer', 2027)]).toEqual([2001, 2001, 2001]);
    expect(await next('cp', 2028)).toBe(1);
  });

  test('draws short ids with five characters from then on', async () => {
    const store = await open();
    const taken = (of: Store) => of.step('register/cp', (step) => step.shortIdsTaken());
    expect(await taken(store)).toBe(0);
    await renew(db, NOW, ROOT);
    expect(await taken(await storeOn(db, birth))).toBe(28 ** 4 / 4);
  });

  test('shows all cards anew', async () => {
    const store = await open();
    const of = await withDeliveries(store, { status: 'open' });
    const change = { stream: `request/${of.id}`, at: BEFORE, entries: [], request: of, views: ['room'] };
    await store.step(change.stream, (step) => step.save(change));
    const [view] = await store.claimViews(NODE, BEFORE, 9);
    await renew(db, NOW, ROOT);
    if (view === undefined) throw new Error('no card is due');
    await store.finishViews([{ claim: view, result: { state: 'shown', version: 9 } }]);
    expect(await store.claimViews(NODE, NOW, 9)).toHaveLength(1);
  });
});
