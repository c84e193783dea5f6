import { describe, expect, it } from 'vitest';
import { sizeFaults } from '../../../prisma/scripts/size.ts';
import { treeWith } from './trees.ts';

const lines = (count: number) => 'x\n'.repeat(count);
const listed = { 'src/long.ts': { lines: 320, because: 'a table that is read as one' } };

describe('file sizes', () => {
  it('lets 300 lines pass and finds 301, also without a last line feed', () => {
    expect(sizeFaults(treeWith({ 'src/a.ts': lines(300) }), {})).toEqual([]);
    expect(sizeFaults(treeWith({ 'src/a.ts': `${lines(300)}x` }), {})).toEqual([
      expect.stringContaining('src/a.ts has 301 lines'),
    ]);
  });

  it('lets a listed file have its length, and no line more', () => {
    expect(sizeFaults(treeWith({ 'src/long.ts': lines(320) }), listed)).toEqual([]);
    expect(sizeFaults(treeWith({ 'src/long.ts': lines(321) }), listed)).toEqual([
      expect.stringContaining('src/long.ts has grown to 321 lines'),
    ]);
  });

  it('wants a file that became short, or went, out of the list', () => {
    expect(sizeFaults(treeWith({ 'src/long.ts': lines(300) }), listed)).toHaveLength(1);
    expect(sizeFaults(treeWith({}), listed)).toEqual([expect.stringContaining('src/long.ts is gone')]);
  });

  it('does not measure what machines wrote', () => {
    expect(sizeFaults(treeWith({ 'prisma/generated/a.ts': lines(999), 'node_modules/b.ts': lines(999) }), {})).toEqual(
      [],
    );
  });
});
