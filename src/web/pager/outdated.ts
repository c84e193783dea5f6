import type { Instant } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import { isConcerned } from '../../desk/act.ts';
import type { Desk } from '../../desk/desk.ts';
import type { PagerHub, Settled } from './hub.ts';
import { restoreRinging } from './restore.ts';
import { lookOnce, settledAs, standingOf } from './standing.ts';

/**
 * Which of the pages that a pager still shows need no answer any more, and why: what happened while it had no connection
 * was told to nobody. Only what the officer was paged for is answered. What still asks for something rings here (also for a
 * server that had forgotten it), so any other card is over once somebody has its request. Rejects when the store cannot
 * answer: the pager keeps what it shows.
 */
export async function outdated(
  desk: Desk,
  hub: PagerHub,
  officer: OfficerId,
  shortIds: readonly string[],
  heldBefore?: Instant,
): Promise<readonly (Settled & { readonly shortId: string })[]> {
  await restoreRinging(desk, hub, officer, heldBefore);
  const look = lookOnce(desk);
  const ringing = hub.ringing(officer);
  const standsOn = new Map<string, string>();
  for (const { shortId } of ringing) {
    for (const id of (await desk.store.byShortId(shortId))?.requests ?? []) standsOn.set(id, shortId);
  }
  const found: (Settled & { readonly shortId: string })[] = [];
  for (const shortId of shortIds) {
    if (ringing.some((page) => page.shortId === shortId)) continue;
    const states = await Promise.all(((await desk.store.byShortId(shortId))?.requests ?? []).map(look));
    const isOwn = states.length > 0 && states.every((state) => state !== undefined && isConcerned(state, officer));
    const standing = isOwn ? await standingOf(desk, { shortId, reason: 'step' }, look) : undefined;
    if (standing === undefined) continue;
    const into = new Set(standing.open.map((id) => standsOn.get(id)));
    if (standing.open.length === 0) found.push({ shortId, ...settledAs(standing) });
    else if (!into.has(undefined)) found.push({ shortId, by: [], into: [...into].join(', ') });
  }
  return found;
}
