import type { Instant } from '../../rota/instant.ts';
import type { Clock, RequestState } from './state.ts';

export type RequestAlarm = { readonly kind: string; readonly dueAt: Instant };

/**
 * The alarms that a request must have armed, all of them: an open one exactly one `escalation` (and `escalation@<desk>`
 * for each other desk that was paged), an acknowledged one exactly one `progress`, one `clock` while any clock runs, and one
 * `review` until the head was told of a lowered urgency.
 */
export function alarmsOf(state: RequestState): readonly RequestAlarm[] {
  return [...attentionAlarms(state), ...clockAlarm(state), ...reviewAlarm(state)];
}

function attentionAlarms(state: RequestState): readonly RequestAlarm[] {
  if (state.status === 'acknowledged') return [{ kind: 'progress', dueAt: state.progress.dueAt }];
  if (state.status !== 'open') return [];
  const children = state.children.map(({ desk, until }) => ({ kind: `escalation@${desk}`, dueAt: until }));
  return [{ kind: 'escalation', dueAt: state.escalation.until }, ...children];
}

/** In every state: what was lowered at night may be closed by the morning. */
function reviewAlarm({ review }: RequestState): readonly RequestAlarm[] {
  return review === undefined || review.told ? [] : [{ kind: 'review', dueAt: review.dueAt }];
}

function clockAlarm(state: RequestState): readonly RequestAlarm[] {
  if (state.status === 'closed') return [];
  const times = Object.values(state.clocks).flatMap(nextEventOf);
  return times.length === 0 ? [] : [{ kind: 'clock', dueAt: Math.min(...times) }];
}

function nextEventOf(clock: Clock): readonly Instant[] {
  if (clock.stopped !== undefined || clock.rang) return [];
  return [clock.warned ? clock.dueAt : clock.warnAt];
}
