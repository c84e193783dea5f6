import { instant } from '../../rota/instant.ts';
import type { EntryType } from './entries.ts';
import type { RequestState } from './state.ts';

/**
 * A later message of the requester's, or a file: everybody sees it, and whoever has the request owes a look at it by `dueAt`, no later
 * than progress was due anyway; it ends a wait. Who is being reminded already is left the rest of that time, so that
 * three messages or thirty files in a minute do not take the request away. Nothing happens where an early journal names no time.
 */
export function withNews(state: RequestState, dueAt: string | undefined, came: true | 'file'): RequestState {
  if (dueAt === undefined) return state;
  // A message says more than a file.
  const now = { ...state, news: came === true ? came : (state.news ?? came) };
  if (now.status !== 'acknowledged' || now.progress.reminded || now.progress.dueAt <= instant(dueAt)) return now;
  const { waiting: _over, ...rest } = now;
  return { ...rest, progress: { ...now.progress, dueAt: instant(dueAt) } };
}

/** What officers do: whoever did it had the request before them. What also happens by itself is not here. */
const ACTS: ReadonlySet<EntryType> = new Set<EntryType>([
  'request.acknowledged/1',
  'request.released/1',
  'request.passed/1',
  'request.escalated/1',
  'request.reassigned/1',
  'policy.changed/1',
  'lowering.proposed/1',
  'urgency.lowered/1',
  'urgency.reviewed/1',
  'kind.chosen/1',
  'sender.verified/1',
  'note.written/1',
  'clarification.asked/1',
  'request.waits/1',
  'requester.told/1',
  'execution.started/1',
  'hold.started/1',
  'request.concluded/1',
  'request.closed/1',
  'clock.stopped/1',
]);

/** After the next act of an officer there is nothing new any more. */
export function withoutNews(state: RequestState, type: EntryType): RequestState {
  if (state.news === undefined || !ACTS.has(type)) return state;
  const { news: _seen, ...rest } = state;
  return rest;
}
