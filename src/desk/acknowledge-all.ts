import type { Instant } from '../../rota/instant.ts';
import { instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Actor } from '../journal/actor.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { Refusal } from '../request/command.ts';
import type { RequestState } from '../request/state.ts';
import { act, isConcerned } from './act.ts';
import type { Desk } from './desk.ts';

/** What became of one request that a short id stands for. */
export type Answered = { readonly requestId: string; readonly shortId: string } & (
  | { readonly result: 'done' }
  /** It is an emergency by now, which is part of no bundle: it is paged, and answered, by itself. */
  | { readonly result: 'raised' }
  /** Somebody (perhaps the officer) has it already. */
  | { readonly result: 'has_owner'; readonly owner: OfficerId; readonly at: Instant }
  | { readonly result: 'refused'; readonly refusal: Refusal }
);

/** By short id: the requests that it stands for, or that there are none that the officer may act on. */
export type AnsweredAll =
  | { readonly ok: true; readonly bundle: boolean; readonly requests: readonly Answered[] }
  | { readonly ok: false; readonly why: 'unknown_short_id' };

/**
 * Acknowledges by short id, the only name that an SMS, a call or a pager has: the request, or exactly those of a bundle
 * that are still open and part of it. Each is a step of its own, so that one of them that somebody else takes meanwhile does not hold
 * up the rest. A short id of another desk is as unknown as one that was never given.
 */
export function acknowledgeAll(desk: Desk, shortId: string, by: OfficerId, actor?: Actor): Promise<AnsweredAll> {
  return answerAll(desk, shortId, by, 'acknowledge', actor);
}

/** Passes the request, or those of a bundle that are still open. */
export function passAll(desk: Desk, shortId: string, by: OfficerId, actor?: Actor): Promise<AnsweredAll> {
  return answerAll(desk, shortId, by, 'pass', actor);
}

async function answerAll(
  desk: Desk,
  shortId: string,
  by: OfficerId,
  answer: 'acknowledge' | 'pass',
  actor: Actor | undefined,
): Promise<AnsweredAll> {
  const found = await desk.store.byShortId(shortId.trim());
  if (found === undefined) return { ok: false, why: 'unknown_short_id' };
  const requests: Answered[] = [];
  for (const id of found.requests) {
    const row = found.bundle ? await desk.store.request(id) : undefined;
    const isRaised = row !== undefined && isRaisedOut(row.state);
    const answered = isRaised ? raisedOut(row, by) : await answerOne(desk, id, by, answer, actor);
    if (answered !== undefined) requests.push(answered);
  }
  return requests.length === 0 ? { ok: false, why: 'unknown_short_id' } : { ok: true, bundle: found.bundle, requests };
}

/**
 * Whether nobody has a request of a bundle that is an emergency by now. An emergency never joins a bundle, so it was raised
 * since it left, and has pages of its own.
 */
export function isRaisedOut({ status, urgency }: RequestState): boolean {
  return status === 'open' && urgency === 'emergency';
}

function raisedOut({ id, shortId, state }: RequestRow, by: OfficerId): Answered | undefined {
  return isConcerned(state, by) ? { requestId: id, shortId, result: 'raised' } : undefined;
}

async function answerOne(
  desk: Desk,
  requestId: string,
  by: OfficerId,
  answer: 'acknowledge' | 'pass',
  actor: Actor | undefined,
): Promise<Answered | undefined> {
  const result = await act(desk, requestId, answer, {}, by, actor);
  const shortId = result.ok ? result.state.shortId : (await desk.store.request(requestId))?.shortId;
  if (shortId === undefined) return undefined;
  if (result.ok) return { requestId, shortId, result: 'done' };
  if (result.why !== 'refused') return undefined;
  const { code, names } = result.refusal;
  const { owner, at } = names;
  const isTaken = code === 'already_acknowledged' || code === 'already_yours';
  if (isTaken && owner !== undefined && at !== undefined) {
    return { requestId, shortId, result: 'has_owner', owner, at: instant(at) };
  }
  return { requestId, shortId, result: 'refused', refusal: result.refusal };
}
