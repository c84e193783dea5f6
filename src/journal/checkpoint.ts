import { type EntryDraft, readBody, type SealedEntry } from './entry.ts';
import { type Head, headsIn, type StreamHead } from './marks.ts';
import { INSTALLATION } from './stream.ts';

/** Heads that one entry lists at most, so that the first checkpoint of a large journal is no giant line. */
const MOST_HEADS = 1000;

/** The line that leaves the house. Its hash is the hash of the checkpoint's entry and so vouches for all heads. */
export type CheckpointText = {
  readonly installation: string;
  /** Number of the entry in the stream `installation`. */
  readonly n: number;
  readonly streams: number;
  readonly at: string;
  readonly hash: string;
};

/** The type of its entries in the stream `installation`. */
export const CHECKPOINT_TAKEN = 'checkpoint.taken/1';

const TEXT =
  /^tocsin-checkpoint\/1 ([0-9A-Za-z_-]+) ([1-9][0-9]{0,14}) (0|[1-9][0-9]{0,14}) ([0-9T:.Z-]{24}) ([0-9a-f]{64})$/;

/** The heads that the bodies of the stream `installation` vouch for, the newest of each stream. */
export function checkpointedHeads(bodies: Iterable<string>): ReadonlyMap<string, Head> {
  const heads = new Map<string, Head>();
  for (const body of bodies) for (const { stream, n, hash } of headsIn(body)) heads.set(stream, { n, hash });
  return heads;
}

/**
 * The entries of a checkpoint for the stream `installation`: together with the checkpoints before them they list the
 * head of every stream. They name only the heads that have changed, so their size follows the work of a day and not the
 * age of the journal. Nothing changed: one entry with an empty list, which proves just that. Several: append all of
 * them in one transaction, the text of the last one is the checkpoint.
 *
 * @param known what `checkpointedHeads` gives for the stream `installation` so far
 * @param current the heads of all streams; those of `installation` and of empty streams are left out
 */
export function checkpointDrafts(
  known: ReadonlyMap<string, Head>,
  current: Iterable<StreamHead>,
  actor: EntryDraft['actor'],
): readonly EntryDraft[] {
  const heads = [...current].filter(({ stream, n }) => stream !== INSTALLATION && n > 0);
  const streams = known.size + heads.filter(({ stream }) => !known.has(stream)).length;
  const changed = heads
    .filter(({ stream, hash }) => known.get(stream)?.hash !== hash)
    .sort((a, b) => (a.stream < b.stream ? -1 : 1))
    .map(({ stream, n, hash }) => ({ stream, n, hash }));
  const drafts: EntryDraft[] = [];
  do {
    const data = { streams, heads: changed.splice(0, MOST_HEADS) };
    drafts.push({ type: CHECKPOINT_TAKEN, actor, data });
  } while (changed.length > 0);
  return drafts;
}

/** The one line, at most 160 characters in an installation with a UUID, that is sent out for a checkpoint's entry. */
export function checkpointText({ stream, body, hash }: SealedEntry): string {
  const entry = readBody(body);
  const streams = entry?.data['streams'];
  if (stream !== INSTALLATION || entry?.type !== CHECKPOINT_TAKEN || typeof streams !== 'number') {
    throw new Error(
      `expected an entry ${CHECKPOINT_TAKEN} of the stream ${INSTALLATION}, got ${entry?.type} of ${stream}`,
    );
  }
  return `tocsin-checkpoint/1 ${entry.installation} ${entry.n} ${streams} ${entry.at} ${hash}`;
}

/** Reads such a line; spaces and line ends around it do not matter. Undefined when it is none. */
export function readCheckpointText(line: string): CheckpointText | undefined {
  const match = TEXT.exec(line.trim());
  if (match === null) return undefined;
  const [, installation = '', n, streams, at = '', hash = ''] = match;
  return { installation, n: Number(n), streams: Number(streams), at, hash };
}
