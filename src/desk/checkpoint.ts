import type { Actor } from '../journal/actor.ts';
import { CHECKPOINT_TAKEN, checkpointDrafts, checkpointedHeads, checkpointText } from '../journal/checkpoint.ts';
import { INSTALLATION } from '../journal/stream.ts';
import type { StoredEntry } from '../ports/register.ts';
import type { Desk } from './desk.ts';
import { entriesOf, type JournalReading } from './journal-source.ts';

/**
 * Takes a checkpoint of all streams and gives its line, to be sent out of the house. What is written while it is taken
 * belongs to the next one.
 */
export async function takeCheckpoint(desk: Desk, reading: JournalReading, actor: Actor): Promise<string> {
  const bodies: string[] = [];
  for await (const { body } of entriesOf(reading, INSTALLATION)) bodies.push(body);
  const drafts = checkpointDrafts(checkpointedHeads(bodies), await desk.store.heads(), actor);
  await desk.store.step(INSTALLATION, (step) =>
    step.save({ stream: INSTALLATION, at: desk.clock.now(), entries: drafts }),
  );
  let last: StoredEntry | undefined;
  for await (const entry of entriesOf(reading, INSTALLATION, bodies.length + 1)) {
    if (entry.type === CHECKPOINT_TAKEN) last = entry;
  }
  if (last === undefined) throw new Error('the checkpoint was committed, but its entry is not there');
  return checkpointText(last);
}
