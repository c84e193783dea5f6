import { expect, test } from 'vitest';
import type { Claim } from '../../../src/ports/queue.ts';
import type { DeliveryResult } from '../../../src/ports/steps.ts';
import type { Store } from '../../../src/ports/store.ts';
import { type MakeBench, onBench } from './bench.ts';
import { bundleTests } from './bundles.ts';
import { delivery, ids, NODE, OTHER, request, saved, streamOf, T, withDeliveries } from './rows.ts';

const claim = (store: Store, now = T, limit = 10, by = NODE) => store.claimDeliveries(by, now, limit, ids());
const idsOf = (claims: readonly Claim[]) => claims.map(({ deliveries }) => deliveries.map(({ id }) => id).join());

function finish(store: Store, { deliveries: [one] }: Claim, result: DeliveryResult): Promise<boolean> {
  return store.step(streamOf({ id: one.requestId }), (step) => step.finishDelivery(one.id, one.fence, result));
}

export function deliveryTests(make: MakeBench): void {
  test(
    'a delivery is claimed once it is due, with everything that its sender needs',
    onBench(make, async (store) => {
      const of = request();
      const page = delivery(of, { dueAt: T + 5 });
      await saved(store, of, { deliveries: [page] });
      expect(await claim(store, T + 4)).toEqual([]);
      const claims = await claim(store, T + 5);
      expect(claims).toEqual([{ deliveries: [{ ...page, fence: 1, attempt: 1, unknowns: 0 }], claimedAt: T + 5 }]);
      expect(await claim(store, T + 5)).toEqual([]);
      expect(await store.deliveries(of.id, 100)).toEqual([
        { ...page, state: 'claimed', attempts: 1, claimedAt: T + 5 },
      ]);
    }),
  );

  test(
    'the most urgent is claimed first, then the oldest, and no more than the limit',
    onBench(make, async (store) => {
      const page = (id: string, dueAt: number) => ({ id, dueAt });
      await withDeliveries(store, { urgency: 'routine' }, page('routine', T - 90));
      await withDeliveries(store, { urgency: 'urgent' }, page('urgent-late', T - 10), page('urgent-early', T - 20));
      await withDeliveries(store, { urgency: 'emergency' }, page('emergency', T));
      await withDeliveries(store, { urgency: 'test' }, page('test', T - 50));
      expect(idsOf(await claim(store, T, 2))).toEqual(['emergency', 'urgent-early']);
      expect(idsOf(await claim(store, T, 2))).toEqual(['urgent-late', 'test']);
      expect(idsOf(await claim(store, T, 2))).toEqual(['routine']);
    }),
  );

  test(
    'two nodes that claim at once never get the same delivery',
    onBench(make, async (store, bench) => {
      const other = await bench.another();
      const of = request();
      await saved(store, of, { deliveries: Array.from({ length: 60 }, (_, i) => delivery(of, { id: `d${i}` })) });
      const rounds = Array.from({ length: 20 }, (_, i) =>
        i % 2 === 0 ? claim(store, T, 5) : claim(other, T, 5, OTHER),
      );
      const claimed = idsOf((await Promise.all(rounds)).flat());
      // What one was looking at the other left out: nobody waits, and what is left is there for the next.
      claimed.push(...idsOf(await claim(store, T, 60)));
      expect(claimed).toHaveLength(60);
      expect(new Set(claimed).size).toBe(60);
    }),
  );

  test(
    'after an acknowledgement nothing is claimed but what comes although there is an owner, to a room no more than to a person',
    onBench(make, async (store) => {
      const reasons = ['step', 'last_resort', 'reminder', 'file', 'clock', 'handover', 'stuck'];
      const of = request();
      const pages = reasons.map((reason) => delivery(of, { id: reason, reason }));
      await saved(store, of, {
        deliveries: [
          ...pages,
          delivery(of, { id: 'notice', kind: 'notice' }),
          delivery(of, { id: 'clock-notice', kind: 'notice', reason: 'clock' }),
        ],
      });
      await saved(store, { ...of, wantsPages: false });
      expect(idsOf(await claim(store)).sort()).toEqual([
        'clock',
        'clock-notice',
        'file',
        'handover',
        'reminder',
        'stuck',
      ]);
      await saved(store, of);
      expect(idsOf(await claim(store)).sort()).toEqual(['last_resort', 'notice', 'step']);
    }),
  );

  test(
    'a step cancels the pages that wait, keeps what is claimed, and the new ones stay',
    onBench(make, async (store) => {
      const of = await withDeliveries(store, {}, { id: 'claimed' });
      const [claimed] = await claim(store);
      if (claimed === undefined) throw new Error('nothing was claimed');
      const waiting = [delivery(of, { id: 'waiting' }), delivery(of, { id: 'notice', kind: 'notice' })];
      await saved(store, of, { deliveries: waiting });
      const another = await withDeliveries(store, {}, { id: 'another' });
      const reminder = delivery(of, { id: 'reminder', reason: 'reminder' });
      await saved(store, { ...of, wantsPages: false }, { at: T + 3, cancelPages: true, deliveries: [reminder] });
      const states = Object.fromEntries((await store.deliveries(of.id, 100)).map(({ id, state }) => [id, state]));
      expect(states).toEqual({ claimed: 'claimed', waiting: 'cancelled', notice: 'pending', reminder: 'pending' });
      expect((await store.deliveries(another.id, 100))[0]?.state).toBe('pending');
      expect(await finish(store, claimed, { state: 'handed_over', at: T + 4 })).toBe(true);
    }),
  );

  test(
    'of a cancel and a claim at once one wins: what was cancelled is not sent',
    onBench(make, async (store, bench) => {
      const other = await bench.another();
      for (let round = 0; round < 10; round++) {
        const id = `race-${round}`;
        const of = await withDeliveries(store, {}, { id });
        const [claims] = await Promise.all([
          claim(other, T, 10, OTHER),
          saved(store, { ...of, wantsPages: false }, { cancelPages: true }),
        ]);
        const [row] = await store.deliveries(of.id, 100);
        expect(row?.state).toBe(claims.length === 1 ? 'claimed' : 'cancelled');
      }
    }),
  );

  test(
    'what failed and waits for the officer and the method that are back is due at once, and nothing else',
    onBench(make, async (store) => {
      const of = request();
      const page = (id: string, more: object = {}) =>
        delivery(of, { id, officer: 'dan', methodType: 'pager', ...more });
      const failed = [page('failed'), page('of-eva', { officer: 'eva' }), page('by-sms', { methodType: 'sms' })];
      await saved(store, of, { deliveries: [...failed, page('done')] });
      for (const claimed of await claim(store)) {
        const isDone = claimed.deliveries[0].id === 'done';
        const again = { state: 'pending', at: T, dueAt: T + 60, code: 'not_connected', unknown: false } as const;
        await finish(store, claimed, isDone ? { state: 'handed_over', at: T } : again);
      }
      await saved(store, of, { deliveries: [page('later', { dueAt: T + 60 })] });
      expect(await store.hasten('dan', 'pager', T + 3)).toBe(1);
      expect(idsOf(await claim(store, T + 2))).toEqual([]);
      expect(idsOf(await claim(store, T + 3))).toEqual(['failed']);
      expect(await store.hasten('dan', 'pager', T + 3)).toBe(0);
      expect(idsOf(await claim(store, T + 60)).sort()).toEqual(['by-sms', 'later', 'of-eva']);
    }),
  );

  test(
    'an outcome is written once, and only by whoever holds the newest claim',
    onBench(make, async (store) => {
      const of = await withDeliveries(store, {}, { id: 'd' });
      const [first] = await claim(store);
      if (first === undefined) throw new Error('nothing was claimed');
      await store.releaseStale({ node: NODE.node, boot: 'a2' }, T);
      const [second] = await claim(store, T + 1);
      if (second === undefined) throw new Error('nothing was claimed again');
      expect(second.deliveries[0]).toMatchObject({ fence: 2, attempt: 2, unknowns: 1 });
      expect(await store.stillClaimed(first)).toBe(false);
      expect(await store.stillClaimed(second)).toBe(true);
      expect(await finish(store, first, { state: 'failed', at: T, code: 'late' })).toBe(false);
      expect(await finish(store, second, { state: 'handed_over', at: T + 2, ref: 'x' })).toBe(true);
      expect(await finish(store, second, { state: 'failed', at: T, code: 'again' })).toBe(false);
      const [row] = await store.deliveries(of.id, 100);
      expect(row).toMatchObject({ state: 'handed_over', finishedAt: T + 2, attempts: 2 });
      expect(row?.code).toBeUndefined();
      expect(await store.stillClaimed(second)).toBe(false);
    }),
  );

  test(
    'a failure is final or is tried again when it said so, and unknown outcomes are counted',
    onBench(make, async (store) => {
      const of = await withDeliveries(store, {}, { id: 'd' });
      const again = (unknown: boolean, dueAt: number) =>
        ({ state: 'pending', at: T, dueAt, code: 'busy', unknown }) as const;
      for (const [i, unknown] of [true, false, true].entries()) {
        const [claimed] = await claim(store, T + i);
        if (claimed === undefined) throw new Error('nothing was claimed');
        expect(await finish(store, claimed, again(unknown, T + i + 1))).toBe(true);
        expect(await claim(store, T + i)).toEqual([]);
        expect(await store.nextDue()).toBe(T + i + 1);
      }
      const [last] = await claim(store, T + 3);
      if (last === undefined) throw new Error('nothing was claimed');
      expect(last.deliveries[0]).toMatchObject({ attempt: 4, unknowns: 2, fence: 4 });
      expect(await finish(store, last, { state: 'failed', at: T + 4, code: 'no_such_number' })).toBe(true);
      expect((await store.deliveries(of.id, 100))[0]).toMatchObject({
        state: 'failed',
        code: 'no_such_number',
        finishedAt: T + 4,
      });
      expect(await claim(store, T + 100)).toEqual([]);
    }),
  );

  test(
    'a page that is to be tried again, but that nobody wants any more, is cancelled',
    onBench(make, async (store) => {
      const of = await withDeliveries(store, {}, { id: 'd' });
      const [claimed] = await claim(store);
      if (claimed === undefined) throw new Error('nothing was claimed');
      await saved(store, { ...of, wantsPages: false }, { cancelPages: true });
      const result = { state: 'pending', at: T + 1, dueAt: T + 2, code: 'busy', unknown: false } as const;
      expect(await finish(store, claimed, result)).toBe(true);
      expect((await store.deliveries(of.id, 100))[0]).toMatchObject({ state: 'cancelled', finishedAt: T + 1 });
      expect(await store.nextDue()).toBeUndefined();
    }),
  );

  test(
    'claims of an earlier boot, of a silent node and of one never heard of are free again, others not',
    onBench(make, async (store) => {
      const made = async (id: string, node: string, boot: string) => {
        await withDeliveries(store, {}, { id });
        await store.claimDeliveries({ node, boot }, T, 10, ids());
      };
      await store.beat(NODE, T, 1);
      await store.beat(OTHER, T, 1);
      await store.beat({ node: 'silent', boot: 's1' }, T - 5000, 1);
      await made('mine', NODE.node, NODE.boot);
      await made('mine-before', NODE.node, 'a0');
      await made('others', OTHER.node, OTHER.boot);
      await made('others-before', OTHER.node, 'b0');
      await made('silent', 'silent', 's1');
      await made('unknown', 'nobody', 'n1');
      expect(await store.releaseStale(NODE, T - 3000)).toBe(4);
      expect(idsOf(await claim(store)).sort()).toEqual(['mine-before', 'others-before', 'silent', 'unknown']);
      expect(await store.releaseStale(NODE, T - 3000)).toBe(0);
      // The silent one comes back before it was missed for long: what it had is not its own any more.
      expect(await store.releaseStale({ node: NODE.node, boot: 'a2' }, T - 3000)).toBe(5);
    }),
  );

  test(
    'a page can be brought forward, never put off, and not when it was claimed',
    onBench(make, async (store) => {
      const of = await withDeliveries(store, {}, { id: 'd', dueAt: T + 500 });
      await saved(store, of, { advance: [{ id: 'd', dueAt: T + 100 }] });
      expect(await store.nextDue()).toBe(T + 100);
      await saved(store, of, { advance: [{ id: 'd', dueAt: T + 900 }] });
      expect(await store.nextDue()).toBe(T + 100);
      await claim(store, T + 100);
      await saved(store, of, { advance: [{ id: 'd', dueAt: T }] });
      expect((await store.deliveries(of.id, 100))[0]).toMatchObject({ dueAt: T + 100, state: 'claimed' });
    }),
  );

  test(
    'recent pages of an officer are those claimed since and those still to go',
    onBench(make, async (store) => {
      const of = await withDeliveries(
        store,
        {},
        { id: 'old', dueAt: T - 10_000 },
        { id: 'retried', dueAt: T },
        { id: 'later', dueAt: T + 60_000, methodId: 'ada-sms', methodType: 'sms' },
        { id: 'notice', kind: 'notice', dueAt: T + 1 },
        { id: 'bob', officer: 'bob', dueAt: T + 90_000 },
      );
      await claim(store, T - 10_000);
      const [retried] = await claim(store, T);
      if (retried === undefined) throw new Error('nothing was claimed');
      await finish(store, retried, { state: 'pending', at: T, dueAt: T + 30_000, code: 'busy', unknown: false });
      const page = { requestId: of.id, officer: 'ada', methodId: 'ada-pager', methodType: 'pager' };
      const later = { ...page, methodId: 'ada-sms', methodType: 'sms' };
      expect(await store.recentPages(['ada'], T - 5000)).toEqual([
        { ...page, at: T, waiting: false },
        { ...page, at: T + 30_000, waiting: true },
        { ...later, at: T + 60_000, waiting: true },
      ]);
      expect(await store.recentPages(['ada', 'bob'], T + 1)).toHaveLength(3);
      expect(await store.recentPages([], T)).toEqual([]);
    }),
  );

  test(
    'of many recent pages the newest and the next are told',
    onBench(make, async (store) => {
      const at = (i: number) => ({ id: `p${i}`, dueAt: T + i });
      await withDeliveries(store, {}, at(1), at(2), at(3), at(11), at(12), at(13));
      for (const i of [1, 2, 3]) await claim(store, T + i);
      const told = await store.recentPages(['ada', 'bob'], T, 2);
      expect(told.map((page) => page.at - T)).toEqual([2, 3, 11, 12]);
      expect((await store.recentPages(['ada'], T + 3, 2)).map((page) => page.at - T)).toEqual([3, 11, 12]);
    }),
  );

  bundleTests(make);
}
