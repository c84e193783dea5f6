import type { Actor } from '../journal/actor.ts';
import { CHECKPOINT_TAKEN, checkpointDrafts, checkpointedHeads, checkpointText } from '../journal/checkpoint.ts';
import type { Head } from '../journal/marks.ts';
import { INSTALLATION } from '../journal/stream.ts';
import type { StoredEntry } from '../ports/register.ts';
import type { Desk } from './desk.ts';
import { entriesOf, type JournalReading } from './journal-source.ts';

/** Entries that are sealed in one step: each lists up to a thousand heads, and no page waits for all of them. */
const TOGETHER = 5;

/**
 * Takes a checkpoint of all streams and gives its line, to be sent out of the house. What is written while it is taken
 * belongs to the next one.
 */
export async function takeCheckpoint(
  desk: Pick<Desk, 'store' | 'clock'>,
  reading: JournalReading,
  actor: Actor,
): Promise<string> {
  const known = new Map<string, Head>();
  let read = 0;
  for await (const { body, n } of entriesOf(reading, INSTALLATION)) {
    read = n;
    const heads = checkpointedHeads([body]);
    for (const [stream, head] of heads) known.set(stream, head);
    if (heads.size > 0) await reading.pause();
  }
  const drafts = checkpointDrafts(known, await desk.store.heads(), actor);
  for (let from = 0; from < drafts.length; from += TOGETHER) {
    const entries = drafts.slice(from, from + TOGETHER);
    await desk.store.step(INSTALLATION, (step) => step.save({ stream: INSTALLATION, at: desk.clock.now(), entries }));
  }
  let last: StoredEntry | undefined;
  for await (const entry of entriesOf(reading, INSTALLATION, read + 1)) {
    if (entry.type === CHECKPOINT_TAKEN) last = entry;
  }
  if (last === undefined) throw new Error('the checkpoint was committed, but its entry is not there');
  return checkpointText(last);
}
