import type { Duration } from '../../rota/instant.ts';
import type { Desk } from '../desk/desk.ts';
import { takeInDue } from '../desk/search-index.ts';
import type { StandingJob } from './standing-jobs.ts';

/** Requests that are taken in by one transaction. */
const AT_ONCE = 10;
/** Of each second at most so much, in a storm too: it must not slow the intake by a tenth. */
const TURN: Duration = 40;

/**
 * Takes into the search what came with the steps since the last turn, or what an older release left: each second for a
 * short while, in small transactions, so that nobody waits for it. What is due is in the store, so that nothing is
 * forgotten when the process ends in between.
 */
export function searchJob(
  desk: Pick<Desk, 'store' | 'clock'>,
  onFault: (error: unknown, requestId: string) => void,
): StandingJob {
  const run = async () => {
    const until = desk.clock.now() + TURN;
    do {
      if ((await takeInDue(desk, AT_ONCE, onFault)) < AT_ONCE) return;
    } while (desk.clock.now() < until);
  };
  return { name: 'search', when: '* * * * * *', run };
}
