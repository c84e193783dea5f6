import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Asked } from '../../../src/ports/search.ts';
import type { Store } from '../../../src/ports/store.ts';
import { type MakeBench, onBench } from './bench.ts';
import { delivery, entry, type Given, request, saved, streamOf, T } from './rows.ts';

const SALT = new Uint8Array(32).fill(7);

/** A piece of content for a change. */
function piece(id: string) {
  return { id, salt: SALT, bytes: new TextEncoder().encode(`content ${id}`) };
}

/** A request with one piece of content, whose words are these. */
async function kept(store: Store, given: Given, ...words: readonly string[]) {
  const of = request(given);
  const content = piece(randomUUID());
  await saved(store, of, { contents: [content], at: T });
  await takeInDue(store, { [of.id]: { contents: [content.id], words } });
  return { ...of, content: content.id };
}

/** Takes in what is due; with no words for what is not named. */
async function takeInDue(
  store: Store,
  of: Readonly<Record<string, { readonly contents: readonly string[]; readonly words: readonly string[] }>>,
): Promise<void> {
  const due = await store.searchDue(1000);
  await store.takeIn(due.map((one) => ({ due: one, ...(of[one.requestId] ?? { contents: [], words: [] }) })));
}

const terms = (...words: readonly string[]): Asked => ({
  terms: words.map((word) => ({ word: word.replace('*', ''), prefix: word.endsWith('*') })),
});

async function found(store: Store, asked: Asked, limit = 50): Promise<readonly string[]> {
  return (await store.findRequests(asked, limit)).rows.map(({ id }) => id);
}

export function searchTests(make: MakeBench): void {
  test(
    'what came with content is due until it is taken in, and other steps are not',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of, { contents: [piece('first')] });
      await saved(store, of, { entries: [entry(), entry()] });
      await saved(store, of, { entries: [entry(), entry()], contents: [piece('later')] });
      await saved(store, request());
      const due = [...(await store.searchDue(10))].sort((a, b) => a.n - b.n);
      expect(due).toEqual([
        { requestId: of.id, n: 1, last: 1 },
        { requestId: of.id, n: 4, last: 5 },
      ]);
      expect(await store.searchDue(1)).toHaveLength(1);
      await takeInDue(store, {});
      expect(await store.searchDue(10)).toEqual([]);
    }),
  );

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
    'a later piece adds its words to those that were there, and all of them stay findable together',
    onBench(make, async (store) => {
      const of = await kept(store, {}, 'smith', 'common');
      await saved(store, of, { entries: [entry()], contents: [piece('note')] });
      expect(await found(store, terms('smith'))).toEqual([of.id]);
      await takeInDue(store, { [of.id]: { contents: ['note'], words: ['provider', 'common'] } });
      expect(await found(store, terms('smith', 'provider', 'common'))).toEqual([of.id]);
      expect((await store.findRequests(terms('common'), 9)).total).toBe(1);
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
    'erased content is gone with every word of its request, and the rest is due again',
    onBench(make, async (store) => {
      const of = await kept(store, {}, 'secretword');
      const other = await kept(store, {}, 'secretword', 'else');
      await saved(store, of, { entries: [entry()], contents: [piece('rest')] });
      await takeInDue(store, { [of.id]: { contents: ['rest'], words: ['remains'] } });
      await store.eraseContents([of.content, 'unknown'], T + 5);
      const contents = await store.contents([of.content, 'rest']);
      expect(contents.get(of.content)).toEqual({ id: of.content, erasedAt: T + 5 });
      expect(contents.get('rest')).toMatchObject({ id: 'rest', salt: SALT });
      expect(await found(store, terms('secretword'))).toEqual([other.id]);
      expect(await found(store, terms('remains'))).toEqual([]);
      expect(await store.searchDue(10)).toEqual([{ requestId: of.id, n: 1, last: 2 }]);
      await takeInDue(store, { [of.id]: { contents: ['rest'], words: ['remains'] } });
      expect(await found(store, terms('remains'))).toEqual([of.id]);
      await store.eraseContents([of.content], T + 9);
      expect((await store.contents([of.content])).get(of.content)).toEqual({ id: of.content, erasedAt: T + 5 });
      expect(await store.searchDue(10)).toEqual([]);
    }),
  );

  test(
    'words that were read before their content was erased do not come back',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of, { contents: [piece('gone')] });
      const [due] = await store.searchDue(1);
      if (due === undefined) throw new Error('nothing was due');
      await store.eraseContents(['gone'], T);
      await store.takeIn([{ due, contents: ['gone'], words: ['secretword'] }]);
      expect(await found(store, terms('secretword'))).toEqual([]);
      expect(await store.searchDue(10)).toEqual([due]);
    }),
  );

  test(
    'of two nodes that read the same, one takes it in',
    onBench(make, async (store, bench) => {
      const other = await bench.another();
      const all = await Promise.all(
        Array.from({ length: 20 }, async (_, i) => {
          const of = request({ receivedAt: T + i });
          await saved(store, of, { contents: [piece(randomUUID())] });
          return of.id;
        }),
      );
      const due = await store.searchDue(100);
      const read = due.map((one) => ({ due: one, contents: [], words: ['word', `of.${all.indexOf(one.requestId)}`] }));
      await Promise.all([store.takeIn(read), other.takeIn([...read].reverse())]);
      expect(await found(store, terms('word'))).toEqual([...all].reverse());
      expect(await store.searchDue(1)).toEqual([]);
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

  test(
    'more words than a row can hold are cut, and the first ones are found',
    onBench(make, async (store) => {
      const many = Array.from({ length: 60_000 }, (_, i) => `東京word${i}`);
      const of = await kept(store, {}, ...many);
      expect(await found(store, terms('東京word1'))).toEqual([of.id]);
      expect(streamOf(of)).toContain(of.id);
    }),
  );
}
