import type { Acknowledged, Clock, RequestState } from './state.ts';

/**
 * Pages that ask for more than somebody who takes the request, by the reason that they are sent for, and what must be so
 * for them to ask still: the officer who gets one is to know. Any other page is answered once somebody has the request.
 */
export const TOLD_WHILE: Readonly<Record<string, (state: RequestState) => boolean>> = {
  reminder: isReminded,
  file: isReminded,
  // The next step in the matter, or a reminder of it, takes its place.
  handover: (state) => state.status === 'acknowledged' && state.progress.pages.length > 0,
  clock: isTicking,
  stuck: () => true,
};

/** Whether the officer may be told of something by such a page, so that it is worth a word that he knows. */
export function isToldOf(state: RequestState, officer: string): boolean {
  return isTicking(state) || (isOwned(state, officer) && state.progress.pages.length > 0);
}

/** Whether the officer was told of it by this page, which is for the request as he has it now. */
export function isOwnersPage(state: RequestState, officer: string, page: string): boolean {
  return isOwned(state, officer) && state.progress.pages.some(({ id }) => id === page);
}

function isReminded(state: RequestState): boolean {
  return state.status === 'acknowledged' && state.progress.reminded;
}

/** A clock runs that somebody still hears of, or a lowered urgency waits for its review. */
function isTicking(state: RequestState): boolean {
  if (state.review?.told === true) return true;
  return state.status !== 'closed' && Object.values(state.clocks).some(isUnstopped);
}

/** One that is over too: who was told that it is should know. */
function isUnstopped({ stopped }: Clock): boolean {
  return stopped === undefined;
}

function isOwned(state: RequestState, officer: string): state is Acknowledged {
  return state.status === 'acknowledged' && state.owner === officer;
}
