import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryStore } from '../support/memory-store.ts';
import { escalationFile } from './case.ts';
import { compare } from './compare.ts';
import { play } from './play.ts';

const FOLDER = join(import.meta.dirname, 'escalation');
const FILES = readdirSync(FOLDER).map((name) =>
  escalationFile.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))),
);

describe.each(FILES)('escalation timelines: $topic', ({ cases }) => {
  test.each(cases)('$id', async (one) => {
    expect(compare(one, await play(one, memoryStore)).differences).toEqual([]);
  });
});

test('a run that differs is told: the comparison can fail', async () => {
  const one = FILES.flatMap(({ cases }) => cases).find(({ expect: { pages } }) => (pages?.length ?? 0) > 1);
  if (one === undefined) throw new Error('no case with pages');
  const played = await play(one, memoryStore);
  const [first, ...others] = played.pages;
  if (first === undefined) throw new Error('nobody was paged');
  const later = { ...first, t: first.t + 2 };
  expect(compare(one, { ...played, pages: others }).differences).toHaveLength(1);
  expect(compare(one, { ...played, pages: [later, ...others] }).differences.length).toBeGreaterThan(1);
  expect(
    compare(one, { ...played, pages: [...played.pages, { ...first, who: 'somebody' }] }).differences.length,
  ).toBeGreaterThan(0);
});
