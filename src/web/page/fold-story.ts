import type { Entry } from '../../journal/entry.ts';

/** One line of the story: an entry, or several that say the same and between which nothing new happened. */
export type StoryLine = {
  readonly first: Entry;
  /** The newest of them: the line stands at its place and speaks its words. */
  readonly last: Entry;
  readonly times: number;
};

/**
 * Oldest first by their last entry. In a night with a dead provider the same rounds page the same people, and hundreds of
 * pages fail in the same way: each thing that was tried is one line with a count, until something new happens. `saying` is
 * what an entry says, where it only tells of another try; undefined for one that is new.
 */
export function foldStory(
  entries: readonly Entry[],
  saying: (entry: Entry) => string | undefined,
): readonly StoryLine[] {
  const lines = new Set<StoryLine>();
  const run = new Map<string, StoryLine>();
  for (const entry of entries) {
    const said = saying(entry);
    const before = said === undefined ? undefined : run.get(said);
    const line = { first: before?.first ?? entry, last: entry, times: (before?.times ?? 0) + 1 };
    if (before !== undefined) lines.delete(before);
    lines.add(line);
    if (said === undefined) run.clear();
    else run.set(said, line);
  }
  return [...lines];
}
