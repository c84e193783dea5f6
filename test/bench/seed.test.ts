import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeJournal } from '../../src/desk/journal-source.ts';
import { journalItems } from '../../src/journal/item.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import { alarmsOf } from '../../src/request/alarms.ts';
import { evolve } from '../../src/request/evolve.ts';
import type { RequestState } from '../../src/request/state.ts';
import { DESK } from './bench-desk.ts';
import { handIn, type InProcess, openInProcess } from './in-process.ts';
import { databaseIn } from './product.ts';
import { openReceived, seed } from './seed.ts';

const SEEDED = 20;

let folder: string;
let house: InProcess;
let ids: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-seed-'));
  await (await openInProcess(folder)).store.close();
  ids = await seed(databaseIn(folder), [
    { kind: 'urgent', receivedAt: openReceived(SEEDED - 2) },
    { kind: 'emergency', receivedAt: [Date.now(), Date.now()] },
  ]);
  house = await openInProcess(folder);
});
afterAll(async () => {
  await house.store.close();
  rmSync(folder, { recursive: true });
});

describe('a store that was filled for the benchmark', () => {
  it('has a journal that verifies', async () => {
    const { store } = house;
    const reading = { register: store, installation: store.installation.id, pause: () => setImmediate() };
    const report = await verifyJournal(journalItems(wholeJournal(reading)));
    expect(report).toMatchObject({ outcome: 'ok', streams: SEEDED + 1 });
  });

  it('has requests that are the fold of their streams, with exactly their alarms armed', async () => {
    const { store } = house;
    for (const id of ids) {
      const row = await store.request(id);
      const entries = await store.entries(`request/${id}`, 1, 100);
      const folded = entries.reduce<RequestState | undefined>((state, { at, body }) => {
        const { type, data } = JSON.parse(body);
        return evolve(state, { type, data, at });
      }, undefined);
      expect(row?.state).toEqual(folded);
      expect(row?.version).toBe(entries.length);
      expect(row?.status).toBe('open');
    }
    const armed = await store.dueAlarms(Number.MAX_SAFE_INTEGER, 1000);
    const rows = await store.board([DESK], ['open'], 100);
    expect(armed.filter(({ stream }) => stream.startsWith('request/'))).toHaveLength(
      rows.flatMap(({ state }) => alarmsOf(state)).length,
    );
  });

  it('has nothing that is due, so that a process that starts on it is at rest', async () => {
    const { store, desk } = house;
    const soon = Date.now() + 60_000;
    expect(await store.dueAlarms(soon, 10)).toEqual([]);
    expect(
      await store.claimDeliveries({ node: 'n', boot: 'b' }, soon, 10, { id: desk.chance.id, shortIds: () => [] }),
    ).toEqual([]);
    expect(await store.claimViews({ node: 'n', boot: 'b' }, soon, 10)).toEqual([]);
  });

  it('goes on counting where the filling ended', async () => {
    const { store, desk } = house;
    const row = await store.request(await handIn(desk, 'emergency', 'after', 0));
    expect(row?.reference).toMatch(new RegExp(`-0*${SEEDED + 1}$`));
  });
});
