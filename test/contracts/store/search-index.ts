import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type MakeBench, onBench } from './bench.ts';
import { entry, request, saved, T } from './rows.ts';
import { found, kept, piece, SALT, takeInDue, terms } from './search-rows.ts';

export function searchIndexTests(make: MakeBench): void {
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
    'more words than a row can hold are cut, and the first ones are found',
    onBench(make, async (store) => {
      const many = Array.from({ length: 60_000 }, (_, i) => `東京word${i}`);
      const of = await kept(store, {}, ...many);
      expect(await found(store, terms('東京word1'))).toEqual([of.id]);
      expect(await found(store, terms('東京word59999'))).toEqual([]);
    }),
  );
}
