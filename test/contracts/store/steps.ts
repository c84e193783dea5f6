import { expect, test } from 'vitest';
import { type MakeBench, onBench } from './bench.ts';
import { alarm, changeOf, delivery, drawn, entry, request, saved, streamOf, T } from './rows.ts';

export function stepTests(make: MakeBench): void {
  test(
    'a request is read back as it was saved',
    onBench(make, async (store) => {
      const of = request({ ownReferenceKey: 'k1', owner: 'ada', status: 'acknowledged', wantsPages: false });
      await saved(store, of, { entries: [entry(), entry(), entry()] });
      expect(await store.request(of.id)).toEqual({ ...of, version: 3 });
      expect(await store.request('never')).toBeUndefined();
    }),
  );

  test(
    'of two steps on one stream the second sees what the first saved: 50 at once lose nothing',
    onBench(make, async (store, bench) => {
      const of = request();
      await saved(store, of);
      const nodes = [store, await bench.another()];
      const add = async (i: number) =>
        nodes[i % 2]?.step(streamOf(of), async (step) => {
          const row = await step.request(of.id);
          if (row === undefined) throw new Error('the request is gone');
          const state = { ...row.state, notes: [...row.state.notes, String(i)] };
          await step.save({ ...changeOf({ ...row, state }), entries: [entry()] });
        });
      await Promise.all(Array.from({ length: 50 }, (_, i) => add(i)));
      const row = await store.request(of.id);
      expect(row?.version).toBe(51);
      expect(new Set(row?.state.notes).size).toBe(51);
    }),
  );

  test(
    'a step that throws keeps nothing of what it wrote',
    onBench(make, async (store) => {
      const of = request({ source: 'portal' });
      const everything = {
        contents: [{ id: 'c', salt: new Uint8Array(32), bytes: new Uint8Array([1]) }],
        alarms: [alarm('escalation', T)],
        deliveries: [delivery(of)],
        views: ['room'],
        likeness: [{ key: 'k', type: 'ip' }],
        idempotent: { source: 'portal', key: 'i', bodySha256: 'b', requestId: of.id },
      };
      const shortId = drawn();
      const fails = store.step('register/cp', async (step) => {
        await step.nextNumber('cp', 2026);
        await step.takeShortId([shortId], 'request', of.id);
        await step.save(changeOf(of, everything));
        expect(await step.request(of.id)).toBeDefined();
        throw new Error('by the rules');
      });
      await expect(fails).rejects.toThrow('by the rules');
      expect(await store.request(of.id)).toBeUndefined();
      expect(await store.entries(streamOf(of), 1, 10)).toEqual([]);
      expect((await store.contents(['c'])).size).toBe(0);
      expect(await store.nextDue()).toBeUndefined();
      expect(await store.alike('cp', ['k'], 5)).toEqual([]);
      expect(await store.idempotent('portal', 'i')).toBeUndefined();
      expect(await store.byShortId(shortId)).toBeUndefined();
      expect(await store.step('register/cp', (step) => step.nextNumber('cp', 2026))).toBe(1);
    }),
  );

  test(
    'a step goes on after one that threw',
    onBench(make, async (store) => {
      const of = request();
      await expect(store.step(streamOf(of), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      await saved(store, of);
      expect((await store.request(of.id))?.version).toBe(1);
    }),
  );

  test(
    'whoever asks the store from inside of a step is refused at once',
    onBench(make, async (store) => {
      const of = request();
      const inside = store.step(streamOf(of), () => store.request(of.id));
      await expect(inside).rejects.toThrow('from inside of a step');
      const nested = store.step(streamOf(of), () => store.step('register/cp', (step) => step.nextNumber('cp', 1)));
      await expect(nested).rejects.toThrow('from inside of a step');
      const session = store.step(streamOf(of), () => store.sessions.session('h', T));
      await expect(session).rejects.toThrow('from inside of a step');
      expect(await store.request(of.id)).toBeUndefined();
    }),
  );

  test(
    'what is asked of a step after it has ended is refused',
    onBench(make, async (store) => {
      const ended = await store.step('register/cp', async (step) => step);
      await expect(ended.nextNumber('cp', 2026)).rejects.toThrow();
      expect(await store.step('register/cp', (step) => step.nextNumber('cp', 2026))).toBe(1);
    }),
  );

  test(
    'an error that is caught inside of a step still keeps it from being committed',
    onBench(make, async (store) => {
      const of = request();
      const caught = store.step(streamOf(of), async (step) => {
        await step.save(changeOf(of));
        // The reference is taken: the second request cannot be saved.
        await step.save(changeOf({ ...request(), reference: of.reference })).catch(() => undefined);
      });
      await expect(caught).rejects.toThrow();
      expect(await store.request(of.id)).toBeUndefined();
    }),
  );

  test(
    'one step saves to several streams or to none of them',
    onBench(make, async (store) => {
      const [first, second] = [request(), request()];
      await saved(store, first);
      await store.step('register/cp', async (step) => {
        expect((await step.lock(streamOf(first)))?.version).toBe(1);
        await step.save(changeOf(first, { entries: [entry()] }));
        await step.save(changeOf(second));
        await step.save(changeOf(second, { entries: [entry()] }));
      });
      expect((await store.request(first.id))?.version).toBe(2);
      expect((await store.request(second.id))?.version).toBe(2);
      expect(await store.step(streamOf(first), (step) => step.lock('rota/cp'))).toBeUndefined();
    }),
  );

  test(
    'numbers of a desk and a year have no gap and no double, with 40 intakes at once',
    onBench(make, async (store, bench) => {
      const nodes = [store, await bench.another()];
      const take = (i: number) =>
        nodes[i % 2]?.step('register/cp', async (step) => {
          const number = await step.nextNumber('cp', 2026);
          if (i % 4 === 3) throw new Error('not taken');
          return number;
        });
      const results = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => take(i)));
      const numbers = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      expect(await store.step('register/cp', (step) => step.nextNumber('cp', 2027))).toBe(1);
      expect(await store.step('register/other', (step) => step.nextNumber('other', 2026))).toBe(1);
    }),
  );

  test(
    'a short id is given once for ever, to a request or to a bundle',
    onBench(make, async (store) => {
      const take = (candidates: readonly string[], target: string) =>
        store.step('register/cp', (step) => step.takeShortId(candidates, 'request', target));
      expect(await take(['AAAA', 'BBBB'], 'r1')).toBe('AAAA');
      expect(await take(['AAAA', 'BBBB'], 'r2')).toBe('BBBB');
      await expect(take(['AAAA', 'BBBB'], 'r3')).rejects.toThrow('taken');
      expect(await store.step('register/cp', (step) => step.shortIdsTaken())).toBe(2);
    }),
  );

  test(
    'of 20 who want the same short id at once each gets another',
    onBench(make, async (store, bench) => {
      const nodes = [store, await bench.another()];
      const candidates = Array.from({ length: 20 }, (_, i) => `W${i}`);
      const take = (i: number) =>
        nodes[i % 2]?.step(`register/${i}`, (step) => step.takeShortId(candidates, 'request', `r${i}`));
      const given = await Promise.all(Array.from({ length: 20 }, (_, i) => take(i)));
      expect(new Set(given).size).toBe(20);
    }),
  );

  test(
    'a text with U+0000 is refused and keeps nothing',
    onBench(make, async (store) => {
      const of = request();
      await expect(saved(store, of, { entries: [entry()], alarms: [alarm('a\0b', T)] })).rejects.toThrow('U+0000');
      await expect(
        store.keep({ id: 'i', source: 'mail\0', receivedAt: T, media: 'm', bytes: new Uint8Array() }),
      ).rejects.toThrow('U+0000');
      expect(await store.request(of.id)).toBeUndefined();
      expect(await store.waiting(5)).toEqual([]);
    }),
  );
}
