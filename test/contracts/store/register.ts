import { expect, test } from 'vitest';
import { type MakeBench, onBench } from './bench.ts';
import { delivery, entry, ids, NODE, request, saved, streamOf, T } from './rows.ts';

export function registerTests(make: MakeBench): void {
  test(
    'a request is found by its reference and by its short id, case ignored',
    onBench(make, async (store) => {
      const of = request();
      await store.step('register/cp', async (step) => {
        await step.takeShortId([of.shortId], 'request', of.id);
        await step.save({ stream: streamOf(of), at: T, entries: [entry()], request: of });
      });
      expect((await store.byReference(of.reference))?.id).toBe(of.id);
      expect(await store.byReference('T-2026-9999')).toBeUndefined();
      expect(await store.byShortId(of.shortId.toLowerCase())).toEqual({ requests: [of.id], bundle: false });
      expect(await store.byShortId('ZZZZ')).toBeUndefined();
      expect([await store.byShortId('a\0'), await store.byReference('a\0')]).toEqual([undefined, undefined]);
    }),
  );

  test(
    'a reference and a short id belong to one request',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of);
      await expect(saved(store, { ...request(), reference: of.reference })).rejects.toThrow();
      await expect(saved(store, { ...request(), shortId: of.shortId })).rejects.toThrow();
      await saved(store, { ...request(), reference: of.reference, desk: 'other' });
      expect((await store.request(of.id))?.version).toBe(1);
    }),
  );

  test(
    'the board holds the requests of its desks and states, most urgent first, then oldest',
    onBench(make, async (store) => {
      const make = async (id: string, given: Parameters<typeof request>[0]) => saved(store, request({ id, ...given }));
      await make('10000000-urgent-late', { receivedAt: T + 2 });
      await make('20000000-urgent-early', { receivedAt: T + 1 });
      await make('30000000-emergency', { urgency: 'emergency', receivedAt: T + 3, desk: 'b' });
      await make('40000000-acknowledged', { status: 'acknowledged', owner: 'ada', receivedAt: T });
      await make('50000000-closed', { status: 'closed' });
      await make('60000000-elsewhere', { desk: 'c', urgency: 'emergency' });
      const board = async (desks: string[], statuses: ('open' | 'acknowledged')[], limit = 9) =>
        (await store.board(desks, statuses, limit)).map(({ id }) => id.slice(0, 1));
      expect(await board(['cp', 'b'], ['open', 'acknowledged'])).toEqual(['3', '4', '2', '1']);
      expect(await board(['cp', 'b'], ['open'], 2)).toEqual(['3', '2']);
      expect(await board(['cp'], ['acknowledged'])).toEqual(['4']);
      expect(await board([], ['open'])).toEqual([]);
      expect(await store.count(['cp', 'b'], ['open', 'acknowledged'])).toBe(4);
      expect(await store.count(['b'], ['closed'])).toBe(0);
      expect(await store.count([], ['open'])).toBe(0);
      expect((await store.ownedBy('ada')).map(({ id }) => id)).toEqual(['40000000-acknowledged']);
    }),
  );

  test(
    'the board holds what its desks were paged for, once, from then on',
    onBench(make, async (store) => {
      const guest = request({ id: '10000000-of-c', desk: 'c', urgency: 'emergency' });
      await saved(store, guest);
      await saved(store, request({ id: '20000000-own' }));
      const board = async (desks: string[], statuses: ('open' | 'closed')[] = ['open'], limit = 9) =>
        (await store.board(desks, statuses, limit)).map(({ id }) => id.slice(0, 1));
      expect(await board(['cp'])).toEqual(['2']);
      await saved(store, guest, { pagedDesks: ['cp'] });
      await saved(store, guest, { pagedDesks: ['cp', 'b'] });
      expect(await board(['cp'])).toEqual(['1', '2']);
      expect(await board(['cp', 'b', 'c'])).toEqual(['1', '2']);
      expect(await board(['b', 'cp'], ['open'], 1)).toEqual(['1']);
      expect(await board(['d'])).toEqual([]);
      await saved(store, { ...guest, status: 'closed' });
      expect(await board(['b'])).toEqual([]);
      expect(await board(['b'], ['open', 'closed'])).toEqual(['1']);
    }),
  );

  test(
    'what an officer owns is what is still to be done',
    onBench(make, async (store) => {
      const own = (status: 'open' | 'acknowledged' | 'concluded' | 'closed') => request({ status, owner: 'ada' });
      const [open, acknowledged] = [own('open'), own('acknowledged')];
      for (const of of [open, acknowledged, own('concluded'), own('closed')]) await saved(store, of);
      const owned = (await store.ownedBy('ada')).map(({ id }) => id);
      expect(owned.sort()).toEqual([open.id, acknowledged.id].sort());
      expect(await store.ownedBy('bob')).toEqual([]);
    }),
  );

  test(
    'the newest request of a source with the same own reference is found',
    onBench(make, async (store) => {
      const of = (receivedAt: number, source = 'portal') => request({ ownReferenceKey: 'k', source, receivedAt });
      const [older, newest, foreign] = [of(T), of(T + 2), of(T + 5, 'other')];
      for (const one of [newest, older, foreign]) await saved(store, one);
      expect((await store.bySourceReference('portal', 'k'))?.id).toBe(newest.id);
      expect(await store.bySourceReference('portal', 'x')).toBeUndefined();
    }),
  );

  test(
    'alike are the requests of the desk with one of the keys, newest first, each once',
    onBench(make, async (store) => {
      const like = async (at: number, keys: readonly string[], desk = 'cp') => {
        const of = request({ desk });
        await saved(store, of, { at, likeness: keys.map((key) => ({ key, type: `t-${key}` })) });
        return of;
      };
      const first = await like(T, ['a', 'b']);
      const second = await like(T + 1, ['b', 'c']);
      await like(T + 2, ['a'], 'other');
      await like(T + 3, ['z']);
      const found = (of: typeof first, type: string) => ({ requestId: of.id, type, shortId: of.shortId });
      expect(await store.alike('cp', ['a', 'b'], 5)).toEqual([found(second, 't-b'), found(first, 't-a')]);
      expect(await store.alike('cp', ['a', 'b'], 1)).toEqual([found(second, 't-b')]);
      expect(await store.alike('cp', ['none'], 5)).toEqual([]);
      expect(await store.alike('cp', [], 5)).toEqual([]);
      const many = Array.from({ length: 1200 }, (_, n) => `none-${n}`);
      expect(await store.alike('cp', ['a', ...many, 'b'], 5)).toEqual([found(second, 't-b'), found(first, 't-a')]);
      expect(await store.alike('cp', ['a', ...many, 'b'], 1)).toEqual([found(second, 't-b')]);
      await saved(store, first, { at: T, likeness: [{ key: 'a', type: 't-a' }] });
      expect(await store.alike('cp', ['a'], 5)).toHaveLength(1);
    }),
  );

  test(
    'what rings for an officer are handed-over pages of requests that want them, of each the newest, oldest first',
    onBench(make, async (store) => {
      const [first, second, taken] = [request(), request(), request()];
      const [old, anew] = [delivery(first), delivery(first, { dueAt: T + 1 })];
      const [other, waiting] = [delivery(second), delivery(second, { dueAt: T + 99 })];
      const despite = delivery(taken, { reason: 'reminder' });
      const elsewhere = [
        delivery(second, { officer: 'eva' }),
        delivery(second, { methodType: 'sms' }),
        delivery(second, { kind: 'notice' }),
      ];
      await saved(store, first, { deliveries: [old, anew] });
      await saved(store, second, { deliveries: [other, waiting, ...elsewhere] });
      await saved(store, { ...taken, wantsPages: false, status: 'acknowledged' }, { deliveries: [despite] });
      const { officer = '', methodType } = old;
      const ringing = async () => (await store.ringing(officer, methodType, 9)).map(({ id }) => id);
      expect(await ringing()).toEqual([]);
      for (const at of [T, T + 1]) {
        for (const { deliveries } of await store.claimDeliveries(NODE, at, 99, ids())) {
          for (const { id, fence, requestId } of deliveries) {
            const result = { state: 'handed_over', at } as const;
            await store.step(`request/${requestId}`, (step) => step.finishDelivery(id, fence, result));
          }
        }
      }
      expect(await ringing()).toEqual([other.id, anew.id]);
      await saved(store, { ...second, wantsPages: false, status: 'acknowledged' });
      expect(await ringing()).toEqual([anew.id]);
      expect(await store.ringing('nobody', methodType, 9)).toEqual([]);
      expect(await store.ringing(officer, methodType, 0)).toEqual([]);
    }),
  );

  test(
    'rings for an officer also what tells him something of a request that he has, and what is about a clock',
    onBench(make, async (store) => {
      const of = request();
      const reasons = ['step', 'reminder', 'file', 'handover', 'clock', 'stuck'];
      const others = reasons.map(() => request());
      const pages = others.map((one, n) => delivery(one, { id: `page-${reasons[n]}`, reason: reasons[n] ?? '' }));
      const { officer = '', methodType } = delivery(of);
      for (const [n, one] of others.entries()) await saved(store, one, { deliveries: pages.slice(n, n + 1) });
      for (const { deliveries } of await store.claimDeliveries(NODE, T, 99, ids())) {
        for (const { id, fence, requestId } of deliveries) {
          const result = { state: 'handed_over', at: T } as const;
          await store.step(`request/${requestId}`, (step) => step.finishDelivery(id, fence, result));
        }
      }
      const ringing = async () => (await store.ringing(officer, methodType, 99)).map(({ reason }) => reason).sort();
      const become = async (status: 'acknowledged' | 'concluded', owner: string) => {
        for (const one of others) await saved(store, { ...one, wantsPages: false, status, owner });
      };
      expect(await ringing()).toEqual([...reasons].sort());
      await become('acknowledged', officer);
      expect(await ringing()).toEqual(['clock', 'file', 'handover', 'reminder']);
      await become('acknowledged', 'somebody else');
      expect(await ringing()).toEqual(['clock']);
      await become('concluded', officer);
      expect(await ringing()).toEqual(['clock']);
    }),
  );

  test(
    'of many deliveries of a request the ones that were claimed last are there, before any that only wait',
    onBench(make, async (store) => {
      const of = request();
      const [first, second, third] = [1, 2, 3].map((wait) => delivery(of, { id: `claimed-${wait}`, dueAt: T + wait }));
      const waits = delivery(of, { id: 'waits', dueAt: T + 99 });
      await saved(store, of, { deliveries: [first, second, third, waits].flatMap((one) => one ?? []) });
      for (const at of [T + 1, T + 2, T + 3]) await store.claimDeliveries(NODE, at, 1, ids());
      const newest = async (most: number) => (await store.deliveries(of.id, most)).map(({ id }) => id);
      expect(await newest(9)).toEqual(['claimed-1', 'claimed-2', 'claimed-3', 'waits']);
      expect(await newest(3)).toEqual(['claimed-1', 'claimed-2', 'claimed-3']);
      expect(await newest(2)).toEqual(['claimed-2', 'claimed-3']);
      expect(await newest(0)).toEqual([]);
    }),
  );

  test(
    'deliveries and attachments of a request are those of no other',
    onBench(make, async (store) => {
      const [of, other] = [request(), request()];
      const [late, early] = [delivery(of, { dueAt: T + 9 }), delivery(of, { dueAt: T + 1 })];
      const attachment = { id: 'a', requestId: of.id, labelId: 'l', contentId: 'c', sha256: 'f'.repeat(64), size: 5 };
      await saved(store, of, { deliveries: [late, early], attachments: [attachment] });
      await saved(store, other, { deliveries: [delivery(other)] });
      await saved(store, of, { at: T + 1, deliveries: [delivery(of, { id: 'last', dueAt: T })] });
      expect((await store.deliveries(of.id, 100)).map(({ id }) => id)).toEqual([early.id, late.id, 'last']);
      expect(await store.attachments(of.id)).toEqual([attachment]);
      expect(await store.attachments(other.id)).toEqual([]);
      expect(await store.bundlesOf(of.id)).toEqual([]);
    }),
  );
}
