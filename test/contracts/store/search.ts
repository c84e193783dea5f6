import { expect, test } from 'vitest';
import type { Asked } from '../../../src/ports/search.ts';
import { type MakeBench, onBench } from './bench.ts';
import { changeOf, delivery, entry, type Given, request, saved, T } from './rows.ts';
import { found, kept, terms } from './search-rows.ts';

export function searchTests(make: MakeBench): void {
  test(
    'a request is found by whole words and by beginnings, and by all terms together',
    onBench(make, async (store) => {
      const a = await kept(
        store,
        { receivedAt: T },
        'ref.123.2026',
        '123.2026',
        '2026',
        'müller',
        '東.京',
        '=ref1232026',
      );
      const b = await kept(store, { receivedAt: T + 1 }, 'ref.124.2026', '124.2026', '2026');
      expect(await found(store, terms('2026'))).toEqual([b.id, a.id]);
      expect(await found(store, terms('ref.12*'))).toEqual([b.id, a.id]);
      expect(await found(store, terms('123*'))).toEqual([a.id]);
      expect(await found(store, terms('123'))).toEqual([]);
      expect(await found(store, terms('mül*', '20*'))).toEqual([a.id]);
      expect(await found(store, terms('東*'))).toEqual([a.id]);
      expect(await found(store, terms('=ref1232026'))).toEqual([a.id]);
      expect(await found(store, terms('124*', '123*'))).toEqual([]);
    }),
  );

  test(
    'what is not closed comes first, then the newest; the limit cuts, and all are counted',
    onBench(make, async (store) => {
      const at = (receivedAt: number, more: Given = {}) => kept(store, { receivedAt, ...more }, 'word');
      const closed = await at(T + 9, { status: 'closed' });
      const open = await at(T + 1);
      const concluded = await at(T + 3, { status: 'concluded' });
      const taken = await at(T + 2, { status: 'acknowledged' });
      const order = [concluded.id, taken.id, open.id, closed.id];
      expect(await found(store, terms('word'))).toEqual(order);
      expect(await found(store, { terms: [] })).toEqual(order);
      const { rows, total } = await store.findRequests(terms('word'), 2);
      expect([rows.map(({ id }) => id), total]).toEqual([order.slice(0, 2), 4]);
      expect(await store.findRequests(terms('nothing'), 2)).toEqual({ rows: [], total: 0 });
      expect(rows[0]).toEqual(await store.request(concluded.id));
    }),
  );

  test(
    'a thousand are counted, and no more',
    onBench(make, async (store) => {
      await store.step('register/cp', async (step) => {
        for (let i = 0; i < 1003; i++) await step.save(changeOf(request({ receivedAt: T + i })));
      });
      const { rows, total } = await store.findRequests({ terms: [], since: T + 1 }, 3);
      expect([rows.map(({ receivedAt }) => receivedAt - T), total]).toEqual([[1002, 1001, 1000], 1000]);
      expect((await store.findRequests({ terms: [], since: T + 4 }, 3)).total).toBe(999);
    }),
  );

  test(
    'requests of one millisecond keep apart',
    onBench(make, async (store) => {
      for (const name of ['a', 'b', 'c']) await kept(store, {}, 'same', `only.${name}`);
      expect(await found(store, terms('same'))).toHaveLength(3);
      expect(await found(store, terms('only.b'))).toHaveLength(1);
    }),
  );

  test(
    'conditions hold one by one and together, with terms and without',
    onBench(make, async (store) => {
      const mine = await kept(store, { status: 'acknowledged', owner: 'ada', urgency: 'emergency' }, 'word');
      const old = await kept(store, { receivedAt: T - 1000, status: 'closed', urgency: 'routine' }, 'word');
      const kind = { ...request({ receivedAt: T + 1 }) };
      await saved(store, { ...kind, state: { ...kind.state, kind: 'preservation' } });
      const asks: readonly (readonly [Omit<Asked, 'terms'>, readonly string[]])[] = [
        [{ statuses: ['acknowledged', 'closed'] }, [mine.id, old.id]],
        [{ statuses: [] }, []],
        [{ urgencies: ['emergency'] }, [mine.id]],
        [{ kinds: ['preservation'] }, [kind.id]],
        [{ owner: 'ada' }, [mine.id]],
        [{ since: T }, [kind.id, mine.id]],
        [{ before: T }, [old.id]],
        [{ since: T, before: T + 1 }, [mine.id]],
        [{ only: [old.id, mine.id] }, [mine.id, old.id]],
        [{ except: [mine.id] }, [kind.id, old.id]],
        [{ except: [] }, [kind.id, mine.id, old.id]],
        [{ owner: 'ada', urgencies: ['routine'] }, []],
      ];
      for (const [asked, expected] of asks) {
        expect(await found(store, { terms: [], ...asked }), JSON.stringify(asked)).toEqual(expected);
        const withWord = expected.filter((id) => id !== kind.id);
        expect(await found(store, { ...terms('word'), ...asked }), JSON.stringify(asked)).toEqual(withWord);
      }
    }),
  );

  test(
    'only who waits with a request in hand is waiting',
    onBench(make, async (store) => {
      const at = { receivedAt: T };
      const text = { content: 'c', sha256: '0'.repeat(64) };
      const waiting = { until: T, for: text, because: text };
      const waits = request({ ...at, status: 'acknowledged' });
      await saved(store, { ...waits, state: { ...waits.state, waiting } });
      const over = request({ ...at, status: 'concluded' });
      await saved(store, { ...over, state: { ...over.state, waiting } });
      await saved(store, { ...request({ ...at, status: 'acknowledged' }) });
      expect(await found(store, { terms: [], waiting: true })).toEqual([waits.id]);
    }),
  );

  test(
    'who asks sees what his desks have or were paged for, and what he has or was paged for',
    onBench(make, async (store) => {
      const own = await kept(store, { receivedAt: T + 4 }, 'word');
      const guest = request({ receivedAt: T + 3, desk: 'b' });
      await saved(store, guest, { pagedDesks: ['cp'] });
      const has = await kept(store, { receivedAt: T + 2, desk: 'b', owner: 'ada', status: 'acknowledged' }, 'word');
      const paged = request({ receivedAt: T + 1, desk: 'b' });
      await saved(store, paged, { deliveries: [delivery(paged, { officer: 'ada' })] });
      const foreign = request({ receivedAt: T, desk: 'b' });
      await saved(store, foreign, { deliveries: [delivery(foreign, { officer: 'bob' })] });
      const seenBy = { desks: ['cp'], officer: 'ada' };
      expect(await found(store, { terms: [], seenBy })).toEqual([own.id, guest.id, has.id, paged.id]);
      expect(await found(store, { ...terms('word'), seenBy })).toEqual([own.id, has.id]);
      expect(await found(store, { terms: [], seenBy: { desks: [], officer: 'eva' } })).toEqual([]);
    }),
  );

  test(
    'entries of some types, of each request the newest',
    onBench(make, async (store) => {
      const [a, b] = [request(), request()];
      const note = (text: string) => entry('note.written/1', { text });
      await saved(store, a, { entries: [note('1'), entry('other/1'), note('2'), note('3')] });
      await saved(store, b, { entries: [note('4')] });
      const rows = await store.entriesOf([a.id, b.id], ['note.written/1'], 2);
      const texts = rows.map(({ requestId, body }) => [requestId, JSON.parse(body).data.text]);
      expect(new Map(texts.map(([id, text]) => [text, id]))).toEqual(
        new Map([
          ['2', a.id],
          ['3', a.id],
          ['4', b.id],
        ]),
      );
      expect(texts.filter(([id]) => id === a.id).map(([, text]) => text)).toEqual(['2', '3']);
      expect(await store.entriesOf([], ['note.written/1'], 2)).toEqual([]);
      expect(await store.entriesOf([a.id], [], 2)).toEqual([]);
    }),
  );

  test(
    'signs of the query languages of the databases mean nothing in a word',
    onBench(make, async (store) => {
      await kept(store, {}, 'word');
      for (const word of [
        '"',
        "'",
        '\\',
        "a' | 'word",
        'a" OR "word',
        'word\\',
        '*',
        '(',
        'NEAR(word)',
        '',
        ':*',
        '!word',
        'é',
      ]) {
        for (const prefix of [true, false]) {
          expect(await found(store, { terms: [{ word, prefix }] }), word).toEqual([]);
        }
      }
    }),
  );
}
