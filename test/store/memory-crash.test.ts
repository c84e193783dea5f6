import { expect, test } from 'vitest';
import { openMemoryStore } from '../../src/store/memory/store.ts';
import {
  alarm,
  changeOf,
  delivery,
  entry,
  ids,
  NODE,
  request,
  saved,
  streamOf,
  T,
  withDeliveries,
} from '../contracts/store/rows.ts';
import { birth } from '../support/birth.ts';

class Crash extends Error {}

/** A store that dies at the n-th point from now on; points are counted while it lives. */
async function mortalStore() {
  const points: string[] = [];
  let dies = Number.POSITIVE_INFINITY;
  const store = await openMemoryStore({
    ...birth,
    between: (point) => {
      points.push(point);
      if (points.length === dies) throw new Crash(point);
    },
  });
  const dieAfter = (n: number) => {
    points.length = 0;
    dies = n;
  };
  return { store, points, dieAfter };
}

function everything(of: ReturnType<typeof request>) {
  return changeOf(of, {
    entries: [entry('request.received/1'), entry('step.rang/1')],
    contents: [{ id: of.id, salt: new Uint8Array(32), bytes: new Uint8Array([1]) }],
    alarms: [alarm('escalation', T)],
    deliveries: [delivery(of)],
    views: ['room'],
    likeness: [{ key: 'k', type: 'ip' }],
    idempotent: { source: 'portal', key: of.id, bodySha256: 'b', requestId: of.id },
  });
}

test('wherever a step is cut off, all of it is there or none of it', async () => {
  const { store, points, dieAfter } = await mortalStore();
  dieAfter(Number.POSITIVE_INFINITY);
  const first = request();
  await store.step(streamOf(first), (step) => step.save(everything(first)));
  const length = points.length;
  expect(points.slice(-2)).toEqual(['commit', 'committed']);
  expect(length).toBeGreaterThan(8);
  let living = store;
  const outcomes: boolean[] = [];
  for (let n = 1; n <= length; n++) {
    const of = request();
    dieAfter(n);
    await expect(living.step(streamOf(of), (step) => step.save(everything(of)))).rejects.toThrow(Crash);
    dieAfter(Number.POSITIVE_INFINITY);
    living = await living.reopen();
    const isThere = (await living.request(of.id)) !== undefined;
    outcomes.push(isThere);
    expect((await living.entries(streamOf(of), 1, 9)).length).toBe(isThere ? 2 : 0);
    expect((await living.deliveries(of.id, 100)).length).toBe(isThere ? 1 : 0);
    expect((await living.contents([of.id])).size).toBe(isThere ? 1 : 0);
    expect((await living.idempotent('portal', of.id)) !== undefined).toBe(isThere);
  }
  // Only after the commit does a death come too late.
  expect(outcomes).toEqual([...Array.from({ length: length - 1 }, () => false), true]);
});

test('a claim that is cut off claims nothing', async () => {
  const { store, points, dieAfter } = await mortalStore();
  for (const id of ['a', 'b']) await withDeliveries(store, {}, { id, bundleable: true });
  for (const n of [1, 2, 3, 4, 5]) {
    dieAfter(n);
    await expect(store.claimDeliveries(NODE, T, 9, ids())).rejects.toThrow(Crash);
    expect(store.rows().delivery.map(({ state }) => state)).toEqual(['pending', 'pending']);
    expect(store.rows().bundle).toEqual([]);
  }
  dieAfter(Number.POSITIVE_INFINITY);
  expect(await store.claimDeliveries(NODE, T, 9, ids())).toHaveLength(1);
  expect(points).toEqual(['begin', 'claimDeliveries', 'claimAlong', 'bundle', 'commit', 'committed']);
});

test('a store that is opened anew in the middle of a step has nothing of it, and the old one gets no further', async () => {
  const { store } = await mortalStore();
  const of = request();
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const step = store.step(streamOf(of), async (running) => {
    await running.save(everything(of));
    reached.resolve();
    await goOn.promise;
    await running.save(changeOf(of));
  });
  await reached.promise;
  const next = await store.reopen();
  await saved(next, request());
  goOn.resolve();
  await expect(step).rejects.toMatchObject({ name: 'StoreUnavailable' });
  await expect(store.request(of.id)).rejects.toMatchObject({ code: 'closed' });
  expect(await next.request(of.id)).toBeUndefined();
  expect(next.rows().request).toHaveLength(1);
});

test('rows are handed out as they are committed, and nobody can change them', async () => {
  const { store } = await mortalStore();
  const of = request();
  await saved(store, of, { alarms: [alarm('escalation', T)] });
  const { alarm: alarms, request: requests, journalEntry } = store.rows();
  expect(alarms).toEqual([
    { stream: streamOf(of), kind: 'escalation', desk: 'cp', rank: 1, dueAt: T, notBefore: T, failures: 0 },
  ]);
  expect(JSON.parse(requests[0]?.state ?? '')).toEqual(of.state);
  expect(journalEntry).toHaveLength(2);
  expect(() => Object.assign(requests[0] ?? {}, { owner: 'eve' })).toThrow(TypeError);
});
