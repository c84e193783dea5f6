import { DAY, type Duration, HOUR, type Instant, rfc3339 } from '../../rota/instant.ts';
import type { Refusal } from './command.ts';
import type { RequestState } from './state.ts';

/** A wait ends the reminders, so it is confirmed once a week: a mistyped year must not silence a request. */
export const LONGEST_WAIT: Duration = 7 * DAY;
/** Nobody promises progress later than this. */
export const LONGEST_PROMISE: Duration = 90 * DAY;
/** Data may have been preserved for an earlier request; a season before this one came, the year is wrong. */
const LONGEST_AGO: Duration = 90 * DAY;
/** People's clocks differ a little: an hour ahead is a mistake, a minute is not. */
const FAST_CLOCK: Duration = HOUR;

/** Why nothing can have been done for the request at this time; undefined when it can. */
export function unlikelyDone({ receivedAt }: RequestState, at: Instant, now: Instant): Refusal | undefined {
  const names = { time: rfc3339(at) };
  if (at > now + FAST_CLOCK) return { code: 'time_in_the_future', names };
  return at < receivedAt - LONGEST_AGO ? { code: 'time_long_past', names } : undefined;
}

/** Why a time to come cannot be meant: it is further off than `longest`; undefined when it can. */
export function tooFar(at: Instant, now: Instant, longest: Duration): Refusal | undefined {
  const latest = now + longest;
  return at > latest ? { code: 'time_too_far', names: { time: rfc3339(latest) } } : undefined;
}
