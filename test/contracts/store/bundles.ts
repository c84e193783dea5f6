import { expect, test } from 'vitest';
import type { Claim } from '../../../src/ports/queue.ts';
import type { Store } from '../../../src/ports/store.ts';
import { type MakeBench, onBench } from './bench.ts';
import { delivery, ids, NODE, request, saved, streamOf, T, withDeliveries } from './rows.ts';

const claim = (store: Store, now = T, limit = 10) => store.claimDeliveries(NODE, now, limit, ids());
const members = ({ deliveries }: Claim) => deliveries.map(({ id }) => id);

export function bundleTests(make: MakeBench): void {
  test(
    'pages that may travel go together for one officer by one method, with a short id of their own',
    onBench(make, async (store) => {
      const page = (id: string, more = {}) => ({ id, bundleable: true, ...more });
      const a = await withDeliveries(store, {}, page('a'));
      const b = await withDeliveries(store, { urgency: 'routine' }, page('b', { dueAt: T - 9 }));
      await withDeliveries(store, {}, page('c', { methodId: 'ada-sms' }));
      await withDeliveries(store, {}, page('d', { officer: 'bob', methodId: 'ada-pager' }));
      await withDeliveries(store, { urgency: 'emergency' }, { id: 'e' });
      await withDeliveries(store, {}, page('later', { dueAt: T + 1 }));
      const claims = await claim(store);
      expect(claims.map((one) => members(one).join()).sort()).toEqual(['a,b', 'c', 'd', 'e']);
      const bundle = claims.find((one) => one.bundle !== undefined);
      const shortId = bundle?.bundle?.shortId ?? '';
      expect(claims.filter((one) => one.bundle !== undefined)).toHaveLength(1);
      expect(await store.byShortId(shortId.toLowerCase())).toEqual({ requests: [a.id, b.id], bundle: true });
      expect(await store.bundlesOf(a.id)).toEqual([{ id: bundle?.bundle?.id, shortId, requests: [a.id, b.id] }]);
      expect((await store.deliveries(b.id, 100))[0]).toMatchObject({ state: 'claimed', bundleId: bundle?.bundle?.id });
      const stillClaimed = claims.map((one) => store.stillClaimed(one));
      expect(await Promise.all(stillClaimed)).toEqual([true, true, true, true]);
    }),
  );

  test(
    'a bundle names the request that was paged first, first',
    onBench(make, async (store) => {
      const page = (id: string) => delivery(of[id] ?? request(), { id, bundleable: true });
      const of: Record<string, ReturnType<typeof request>> = { z: request(), y: request(), a: request() };
      for (const [at, id] of ['z', 'y', 'a'].entries()) {
        await saved(store, of[id] ?? request(), { at: T - 10 + at, deliveries: [page(id)] });
      }
      const [one] = await claim(store);
      const found = await store.byShortId(one?.bundle?.shortId ?? '');
      expect(found?.requests).toEqual([of['z']?.id, of['y']?.id, of['a']?.id]);
    }),
  );

  test(
    'what travels along is claimed beyond the limit',
    onBench(make, async (store) => {
      for (const id of ['a', 'b', 'c', 'd']) await withDeliveries(store, {}, { id, bundleable: true });
      const claims = await claim(store, T, 1);
      expect(claims.map(members)).toEqual([['a', 'b', 'c', 'd']]);
    }),
  );

  test(
    'two pages of one request are no bundle',
    onBench(make, async (store) => {
      await withDeliveries(store, {}, { id: 'a', bundleable: true }, { id: 'b', bundleable: true });
      const claims = await claim(store);
      expect(claims.map(members)).toEqual([['a'], ['b']]);
      expect(claims.every((one) => one.bundle === undefined)).toBe(true);
    }),
  );

  test(
    'a bundle that is tried again is the same bundle, without those that were acknowledged, and takes on no other',
    onBench(make, async (store) => {
      const all = [];
      for (const id of ['a', 'b', 'c']) all.push(await withDeliveries(store, {}, { id, bundleable: true }));
      const [first] = await claim(store);
      if (first === undefined) throw new Error('nothing was claimed');
      for (const { id, fence, requestId } of first.deliveries) {
        const result = { state: 'pending', at: T, dueAt: T + 1, code: 'busy', unknown: true } as const;
        await store.step(streamOf({ id: requestId }), (step) => step.finishDelivery(id, fence, result));
      }
      await saved(store, { ...request({ id: all[1]?.id ?? '' }), wantsPages: false }, { cancelPages: true });
      await withDeliveries(store, {}, { id: 'd', bundleable: true, dueAt: T + 1 });
      const claims = await claim(store, T + 1);
      expect(claims.map(members)).toEqual([['a', 'c'], ['d']]);
      expect(claims[0]?.bundle).toEqual(first.bundle);
      expect(await store.bundlesOf(all[0]?.id ?? '')).toHaveLength(1);
    }),
  );

  test(
    'what once went alone goes alone again',
    onBench(make, async (store) => {
      await withDeliveries(store, {}, { id: 'a', bundleable: true });
      await claim(store);
      await store.releaseStale({ node: NODE.node, boot: 'a2' }, T);
      await withDeliveries(store, {}, { id: 'b', bundleable: true });
      expect((await claim(store)).map(members)).toEqual([['a'], ['b']]);
    }),
  );
}
