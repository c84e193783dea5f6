import type { Instant } from '../../rota/instant.ts';
import { clockData, HOLD } from './clocks.ts';
import type { ClockData, EntryData, Outcome } from './entries.ts';
import type { Clock, Facts } from './state.ts';

type Ending = Outcome['result'] | 'closed';

/** A clock that was stopped so had not come to what it is for: it ended with the request. */
const ENDINGS: Readonly<Record<Ending, true>> = {
  answered: true,
  refused: true,
  not_possible: true,
  no_further_action: true,
  forwarded: true,
  closed: true,
};

/**
 * The clocks that run again when a request is reopened: those that its outcome or close had stopped, never one whose duty was
 * done (the receipt told, the data preserved) or that an officer stopped with a reason. `fresh` are those of its kind
 * and urgency from now on.
 *
 * A new message is a new question, with clocks of its own. Who reopens by hand takes the old question up again: what was due
 * is due when it was, so that an outcome and a reopening win no time; what would be over already begins anew. A hold
 * always ends when it ended: the law counts it from the preservation, whatever became of the request.
 */
export function restartedClocks(
  clocks: Facts['clocks'],
  fresh: readonly ClockData[],
  why: EntryData<'request.reopened/1'>['why'],
  now: Instant,
): readonly ClockData[] {
  return Object.values(clocks)
    .filter(({ stopped }) => stopped !== undefined && Object.hasOwn(ENDINGS, stopped.reason))
    .flatMap((clock) => {
      if (clock.name === HOLD) return clock.rang ? [] : [clockData(clock)];
      if (why === 'by_hand' && clock.dueAt > now) return [clockData(clock)];
      return fresh.filter(({ name }) => name === clock.name);
    });
}

/** A preservation that still runs; its end is heard only as long as the request is not closed. */
export function runningHold({ clocks }: Facts): Clock | undefined {
  const hold = clocks[HOLD];
  return hold === undefined || hold.stopped !== undefined || hold.rang ? undefined : hold;
}
