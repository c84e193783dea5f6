import { expect, test } from 'vitest';
import { firstHead, seal } from '../../../src/journal/entry.ts';
import { type MakeBench, onBench } from './bench.ts';
import { alarm, changeOf, entry, request, saved, streamOf, T } from './rows.ts';

export function journalTests(make: MakeBench): void {
  test(
    'a new installation has an id, a key of 32 bytes and one entry that tells that it began',
    onBench(make, async (store, bench) => {
      const { id, epoch, key } = store.installation;
      expect(epoch).toBe(1);
      expect(key.length).toBe(32);
      const entries = await store.entries('installation', 1, 10);
      expect(entries.map(({ n, type }) => ({ n, type }))).toEqual([{ n: 1, type: 'installation.began/1' }]);
      const again = await bench.reopen();
      expect(again.installation).toEqual(store.installation);
      expect(again.installation.id).toBe(id);
      expect(await again.entries('installation', 1, 10)).toEqual(entries);
    }),
  );

  test(
    'entries are numbered in their stream and sealed each to the one before',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of, { entries: [entry('a/1'), entry('b/1', { text: 'ä ☎' })] });
      await saved(store, of, { at: T + 1, entries: [entry('c/1')] });
      const { id: installation, epoch } = store.installation;
      const stream = streamOf(of);
      const place = { installation, epoch, stream };
      const a = seal(place, firstHead(installation, stream), T, entry('a/1'));
      const b = seal(place, a, T, entry('b/1', { text: 'ä ☎' }));
      const c = seal(place, b, T + 1, entry('c/1'));
      expect(await store.entries(stream, 1, 10)).toEqual([
        { ...a, at: T, type: 'a/1' },
        { ...b, at: T, type: 'b/1' },
        { ...c, at: T + 1, type: 'c/1' },
      ]);
      expect(await store.entries(stream, 2, 1)).toEqual([{ ...b, at: T, type: 'b/1' }]);
      expect(await store.heads()).toContainEqual({ stream, n: 3, hash: c.hash });
    }),
  );

  test(
    'heads are those of streams with entries, by name',
    onBench(make, async (store) => {
      await store.step('register/cp', (step) => step.nextNumber('cp', 2026));
      await store.step('rota/b', (step) => step.save({ stream: 'rota/b', at: T, entries: [entry()] }));
      await store.step('rota/a', (step) =>
        step.save({ stream: 'rota/a', at: T, entries: [], alarms: [alarm('rota', T)] }),
      );
      await store.step('rota/c', (step) => step.save({ stream: 'rota/c', at: T, entries: [entry()] }));
      expect((await store.heads()).map(({ stream, n }) => `${stream} ${n}`)).toEqual([
        'installation 1',
        'rota/b 1',
        'rota/c 1',
      ]);
    }),
  );

  test(
    'a change without entries changes the projection and not the journal',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of);
      await saved(store, { ...of, owner: 'ada', status: 'acknowledged' }, { entries: [] });
      expect(await store.request(of.id)).toMatchObject({ owner: 'ada', status: 'acknowledged', version: 1 });
      expect(await store.entries(streamOf(of), 1, 10)).toHaveLength(1);
    }),
  );

  test(
    'a stream that another step began is continued, not begun again',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of);
      await store.step('register/cp', (step) => step.save(changeOf(of, { entries: [entry('c/1')] })));
      expect((await store.entries(streamOf(of), 1, 10)).map(({ n }) => n)).toEqual([1, 2]);
    }),
  );

  test(
    'an entry that cannot be sealed keeps nothing',
    onBench(make, async (store) => {
      const of = request();
      await expect(saved(store, of, { entries: [entry('a/1', { half: 0.5 })] })).rejects.toThrow('sealed');
      expect(await store.request(of.id)).toBeUndefined();
      expect((await store.heads()).map(({ stream }) => stream)).toEqual(['installation']);
    }),
  );

  test(
    'nobody changes or removes an entry, not even behind the back of the store',
    onBench(make, async (store, bench) => {
      const before = await store.entries('installation', 1, 10);
      await expect(bench.tamper('change')).rejects.toThrow();
      await expect(bench.tamper('remove')).rejects.toThrow();
      expect(await store.entries('installation', 1, 10)).toEqual(before);
    }),
  );

  test(
    'content is kept byte for byte, whatever its size',
    onBench(make, async (store) => {
      const of = request();
      const salt = Uint8Array.from({ length: 32 }, (_, i) => i);
      const sizes = [0, 1, 4096, 100_000, 5_000_000];
      const contents = sizes.map((size, i) => ({ id: `c${i}`, salt, bytes: new Uint8Array(size).fill(i + 250) }));
      await saved(store, of, { contents });
      const read = await store.contents(['c0', 'c1', 'c2', 'c3', 'c4', 'never']);
      expect(read.size).toBe(5);
      for (const content of contents) {
        const one = read.get(content.id);
        if (one === undefined || !('bytes' in one)) throw new Error(`no content ${content.id}`);
        expect(Buffer.compare(one.bytes, content.bytes)).toBe(0);
        expect(Buffer.compare(one.salt, salt)).toBe(0);
      }
      expect(await store.contents([])).toEqual(new Map());
    }),
  );

  test(
    'revisions are numbered, and each is one entry of the installation',
    onBench(make, async (store) => {
      expect(await store.revisions.latest()).toBeUndefined();
      const first = await store.revisions.apply('desks: []', 'a'.repeat(64), { kind: 'shell', user: 'root' }, T);
      expect(first).toEqual({ number: 1, at: T, author: 'root', sha256: 'a'.repeat(64), text: 'desks: []' });
      const more = [2, 3, 4].map((i) =>
        store.revisions.apply(`# ${i}`, 'b'.repeat(64), { kind: 'officer', officer: 'ada' }, T),
      );
      expect((await Promise.all(more)).map(({ number }) => number).sort()).toEqual([2, 3, 4]);
      expect(await store.revisions.latest()).toMatchObject({ number: 4, author: 'ada' });
      expect(await store.revisions.revision(1)).toEqual(first);
      expect(await store.step('rota/cp', (step) => step.revision(1))).toEqual(first);
      expect(await store.revision(9)).toBeUndefined();
      const entries = await store.entries('installation', 2, 10);
      expect(entries.map(({ n, type }) => `${n} ${type}`)).toEqual([2, 3, 4, 5].map((n) => `${n} revision.applied/1`));
    }),
  );
}
