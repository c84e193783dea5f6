import { describe, expect, it } from 'vitest';
import {
  checkpointDrafts,
  checkpointedHeads,
  checkpointText,
  readCheckpointText,
} from '../../src/journal/checkpoint.ts';
import { INSTALLATION } from '../../src/journal/stream.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import { aNight, ONE, TestJournal, TWO } from './builder.ts';

const actor = { kind: 'system' } as const;
const hash = (of: number) => of.toString(16).padStart(64, '0');

describe('a checkpoint', () => {
  it('lists the streams that have changed since the last one, sorted, and counts all', () => {
    const known = new Map([
      ['b', { n: 1, hash: hash(1) }],
      ['c', { n: 1, hash: hash(1) }],
    ]);
    const current = [
      { stream: 'c', n: 2, hash: hash(2) },
      { stream: INSTALLATION, n: 9, hash: hash(9) },
      { stream: 'a', n: 1, hash: hash(3) },
      { stream: 'empty', n: 0, hash: hash(0) },
      { stream: 'b', n: 1, hash: hash(1) },
    ];
    expect(checkpointDrafts(known, current, actor)).toEqual([
      {
        type: 'checkpoint.taken/1',
        actor,
        data: {
          streams: 3,
          heads: [
            { stream: 'a', n: 1, hash: hash(3) },
            { stream: 'c', n: 2, hash: hash(2) },
          ],
        },
      },
    ]);
  });

  it('is one entry with an empty list when nothing has changed', () => {
    expect(checkpointDrafts(new Map(), [], actor)).toEqual([
      { type: 'checkpoint.taken/1', actor, data: { streams: 0, heads: [] } },
    ]);
  });

  it('of 100,000 new streams is a hundred entries of at most 150 kB, and the next one is small', () => {
    const heads = Array.from({ length: 100_000 }, (_, i) => {
      return { stream: `request/5d3c9f60-0000-4000-8000-${String(i).padStart(12, '0')}`, n: 12, hash: hash(i) };
    });
    const drafts = checkpointDrafts(new Map(), heads, actor);
    expect(drafts).toHaveLength(100);
    expect(Math.max(...drafts.map((draft) => JSON.stringify(draft).length))).toBeLessThan(150_000);
    const known = checkpointedHeads(drafts.map(({ data }) => JSON.stringify(data)));
    expect(known.size).toBe(100_000);
    expect(JSON.stringify(checkpointDrafts(known, heads, actor)).length).toBeLessThan(150);
  });

  it('leaves the house as one line that fits into an SMS and can be read back', () => {
    const { journal, second } = aNight();
    const entry = journal.entries(INSTALLATION)[3];
    expect(second).toBe(`tocsin-checkpoint/1 ${journal.installation} 4 4 2026-11-22T03:00:12.125Z ${entry?.hash}`);
    expect(second.length).toBeLessThanOrEqual(160);
    expect(readCheckpointText(` ${second}\n`)).toEqual({
      installation: journal.installation,
      n: 4,
      streams: 4,
      at: '2026-11-22T03:00:12.125Z',
      hash: entry?.hash,
    });
  });

  it.each(['', 'tocsin-checkpoint/1', 'tocsin-checkpoint/2 i 4 4 2026-11-22T03:00:12.125Z'])(
    'is not read from %j',
    (line) => {
      expect(readCheckpointText(line)).toBeUndefined();
    },
  );

  it('has a text only when the entry is one', () => {
    const { journal } = aNight();
    const [revision] = journal.entries(INSTALLATION);
    if (revision === undefined) throw new Error('expected an entry');
    expect(() => checkpointText(revision)).toThrow('got revision.applied/1 of installation');
  });

  it('still judges when the streams have grown, and later ones have been taken', async () => {
    const { journal, first } = aNight();
    const outside = readCheckpointText(first);
    const report = await verifyJournal(await journal.items(), outside);
    expect(report).toMatchObject({ outcome: 'ok', streams: 5, entries: 14, contents: 3 });
  });

  it('of before a restore does not fit the journal that was restored', async () => {
    const { journal } = aNight();
    const lost = new TestJournal(journal.installation);
    for (const text of ['a', 'b', 'c', 'd']) lost.append(TWO, 'note.written/1', { text: lost.keep(text, text) });
    lost.checkpoint();
    lost.checkpoint();
    const report = await verifyJournal(await journal.items(), readCheckpointText(lost.checkpoint()));
    expect(report).toMatchObject({ finding: { stream: INSTALLATION, n: 3, what: 'head_mismatch' } });
  });

  it('goes with the export of one stream, and says where its end is not vouched for', async () => {
    const { journal, first, second } = aNight();
    const of = async (stream: string, n: number, text?: string) => {
      const items = await journal.items(stream, journal.lone(n));
      return verifyJournal(items, text === undefined ? undefined : readCheckpointText(text));
    };
    expect(await of(ONE, 4, second)).toMatchObject({
      outcome: 'ok',
      streams: 1,
      entries: 6,
      erased: [{ stream: ONE, n: 3, content: 'c-2', erasedAt: '2026-11-22T03:00:10.125Z' }],
      notProved: [{ what: 'after_checkpoint' }, { what: 'other_streams' }, { what: 'erased' }],
    });
    expect(await of(TWO, 4, second)).toMatchObject({
      notProved: [{ what: 'after_checkpoint' }, { what: 'other_streams' }, { what: 'uncovered', streams: [TWO] }],
    });
    expect(await of(TWO, 2)).toMatchObject({ notProved: [{ what: 'no_checkpoint' }, { what: 'other_streams' }] });
    expect(await of(ONE, 2, second)).toEqual({
      outcome: 'unusable',
      why: 'it goes with checkpoint 2, not with 4: give the text of 2',
    });
    expect(await of(ONE, 2, first.replace(/.{4}$/, '0000'))).toMatchObject({
      finding: { stream: INSTALLATION, n: 2, what: 'head_mismatch' },
    });
  });
});
