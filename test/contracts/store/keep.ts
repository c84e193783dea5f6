import { expect, test } from 'vitest';
import type { Override } from '../../../rota/rota.ts';
import type { ContactMethod } from '../../../src/paging/policy.ts';
import { type MakeBench, onBench } from './bench.ts';
import { entry, NODE, OTHER, request, saved, T } from './rows.ts';

export function keepTests(make: MakeBench): void {
  test(
    'a key of a source leads to its request, and to the later one when it is used again',
    onBench(make, async (store) => {
      const [first, second] = [request(), request()];
      const keyed = (of: typeof first, bodySha256: string) => ({
        idempotent: { source: 'portal', key: 'k', bodySha256, requestId: of.id },
      });
      await saved(store, first, keyed(first, 'b1'));
      expect(await store.idempotent('portal', 'k')).toEqual({ requestId: first.id, bodySha256: 'b1', at: T });
      expect(await store.idempotent('other', 'k')).toBeUndefined();
      await saved(store, second, { at: T + 7, ...keyed(second, 'b2') });
      expect(await store.idempotent('portal', 'k')).toEqual({ requestId: second.id, bodySha256: 'b2', at: T + 7 });
    }),
  );

  test(
    'keys, links and sessions that are over are forgotten, and no others',
    onBench(make, async (store) => {
      const of = request();
      const idempotent = (key: string) => ({ source: 'portal', key, bodySha256: 'b', requestId: of.id });
      await saved(store, of, { at: T, idempotent: idempotent('old') });
      await saved(store, of, { at: T + 10, idempotent: idempotent('new') });
      const times = (hash: string, expiresAt: number) => ({ hash, officer: 'ada', csrf: 'c', createdAt: T, expiresAt });
      for (const session of [times('over', T), times('running', T + 10)]) await store.sessions.open(session);
      await store.sessions.addLink({ hash: 'unused', officer: 'ada', expiresAt: T });
      expect(await store.forget(T + 5)).toBe(3);
      expect(await store.forget(T + 5)).toBe(0);
      expect(await store.idempotent('portal', 'old')).toBeUndefined();
      expect(await store.idempotent('portal', 'new')).toMatchObject({ requestId: of.id });
      expect(await store.sessions.session('over', T - 1)).toBeUndefined();
      expect(await store.sessions.session('running', T)).toMatchObject({ officer: 'ada' });
    }),
  );

  test(
    'the inbox keeps bytes until they are a request, oldest first',
    onBench(make, async (store) => {
      const bytes = new Uint8Array(300_000).fill(7);
      const mail = (id: string, receivedAt: number) => ({ id, source: 'mail', receivedAt, media: 'message/rfc822' });
      await store.keep({ ...mail('b', T + 1), bytes });
      await store.keep({ ...mail('a', T), bytes: new Uint8Array([1, 2]) });
      expect(await store.waiting(5)).toEqual([mail('a', T), mail('b', T + 1)]);
      expect(await store.waiting(1)).toEqual([mail('a', T)]);
      expect(Buffer.compare((await store.bytes('b')) ?? new Uint8Array(), bytes)).toBe(0);
      await saved(store, request(), { inboxDone: 'a' });
      expect(await store.waiting(5)).toEqual([mail('b', T + 1)]);
      expect(await store.bytes('a')).toBeUndefined();
    }),
  );

  test(
    'the methods of the file are for those who have none, in their order',
    onBench(make, async (store) => {
      const method = (id: string, officer?: string): ContactMethod => ({
        id,
        ...(officer === undefined ? {} : { officer }),
        type: 'pager',
        address: `address-${id}`,
        verified: id !== 'z',
      });
      const first = [method('z', 'ada'), method('a', 'ada'), method('duty')];
      await store.seedMethods('cp', first);
      await store.seedMethods('other', [method('other-duty')]);
      await store.seedMethods('cp', [method('b', 'ada'), method('c', 'bob'), method('duty-2')]);
      expect(await store.contactMethods(['ada'], 'cp')).toEqual(
        [method('z', 'ada'), method('a', 'ada'), method('duty')].sort(byPlace(first)),
      );
      expect((await store.contactMethods(['bob', 'ada'], 'none')).map(({ id }) => id).sort()).toEqual(['a', 'c', 'z']);
      expect((await store.contactMethods([], 'other')).map(({ id }) => id)).toEqual(['other-duty']);
      await expect(store.seedMethods(undefined, [method('nobody')])).rejects.toThrow('name the desk');
      expect(await store.suspended(['ada'])).toEqual([]);
      expect(await store.suspended([])).toEqual([]);
    }),
  );

  test(
    'overrides of a desk are told in the order in which they were made',
    onBench(make, async (store) => {
      const cover: Override = { start: T, end: T + 9, kind: 'cover', officers: ['bob'] };
      const replace: Override = { start: T - 5, end: T, kind: 'replace', officer: 'ada', by: 'bob' };
      const make = (desk: string, id: string, override: Override) =>
        store.step(`rota/${desk}`, (step) =>
          step.save({
            stream: `rota/${desk}`,
            at: T,
            entries: [entry('override.made/1')],
            override: { id, desk, override },
          }),
        );
      await make('cp', 'z', cover);
      await make('cp', 'a', replace);
      await make('other', 'o', cover);
      expect(await store.overrides('cp')).toEqual([cover, replace]);
      expect(await store.overrides('none')).toEqual([]);
    }),
  );

  test(
    'of two who use a link at once one gets in, and nobody by one that is used, expired or unknown',
    onBench(make, async (store, bench) => {
      const other = await bench.another();
      await store.sessions.addLink({ hash: 'h', officer: 'ada', expiresAt: T + 10 });
      await store.sessions.addLink({ hash: 'old', officer: 'ada', expiresAt: T });
      const both = await Promise.all([store, other].map((one) => one.sessions.useLink('h', T)));
      expect(both.filter((one) => one === 'ada')).toHaveLength(1);
      expect(await store.sessions.useLink('h', T)).toBeUndefined();
      expect(await store.sessions.useLink('old', T)).toBeUndefined();
      expect(await store.sessions.useLink('never', T)).toBeUndefined();
    }),
  );

  test(
    'a session is known until it ends or expires',
    onBench(make, async (store) => {
      const session = (hash: string) => ({ hash, officer: 'ada', csrf: 'c', createdAt: T, expiresAt: T + 100 });
      await store.sessions.open(session('a'));
      await store.sessions.open(session('b'));
      expect(await store.sessions.session('a', T + 99)).toEqual(session('a'));
      expect(await store.sessions.session('a', T + 100)).toBeUndefined();
      await store.sessions.end('a', T + 1);
      expect(await store.sessions.session('a', T + 2)).toBeUndefined();
      expect(await store.sessions.session('b', T + 2)).toEqual(session('b'));
    }),
  );

  test(
    'a lease is held by one node, until it has been silent or has started anew',
    onBench(make, async (store, bench) => {
      const other = await bench.another();
      await store.beat(NODE, T, 1);
      await store.beat(OTHER, T, 1);
      const both = await Promise.all([store.lease('x', NODE, T - 3000), other.lease('x', OTHER, T - 3000)]);
      expect(both.filter(Boolean)).toHaveLength(1);
      const [holder, rival] = both[0] ? [NODE, OTHER] : [OTHER, NODE];
      expect(await store.lease('x', holder, T - 3000)).toBe(true);
      expect(await store.lease('x', rival, T - 3000)).toBe(false);
      expect(await store.lease('y', rival, T - 3000)).toBe(true);
      await store.beat(rival, T + 5000, 1);
      expect(await store.lease('x', rival, T + 2000)).toBe(true);
      expect(await store.lease('x', holder, T + 2000)).toBe(false);
      await store.beat({ node: rival.node, boot: 'anew' }, T + 5000, 2);
      expect(await store.lease('x', holder, T + 2000)).toBe(true);
    }),
  );

  test(
    'a probe writes, and a store that was closed says that it cannot answer',
    onBench(make, async (store, bench) => {
      await store.probe(T);
      await bench.reopen();
      await expect(store.probe(T)).rejects.toMatchObject({ name: 'StoreUnavailable' });
      await expect(store.request('x')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    }),
  );
}

/** As the file lists them, whoever they belong to. */
function byPlace(methods: readonly ContactMethod[]) {
  return (a: ContactMethod, b: ContactMethod) =>
    methods.findIndex(({ id }) => id === a.id) - methods.findIndex(({ id }) => id === b.id);
}
