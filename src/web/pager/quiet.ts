import type { OfficerId } from '../../../rota/rota.ts';
import type { Desk } from '../../desk/desk.ts';
import type { RequestState } from '../../request/state.ts';
import type { PagerHub, PagerPage } from './hub.ts';

/** Stops those of an officer's ringing pages that nobody needs to answer any more, and says who has them. */
export async function quietAnswered(
  desk: Desk,
  hub: PagerHub,
  officer: OfficerId,
  pages: readonly PagerPage[] = hub.ringing(officer),
): Promise<void> {
  for (const page of pages) {
    const owners = await answeredBy(desk, page);
    // Meanwhile another page may ring under the same short id.
    if (owners !== undefined && hub.ringing(officer).includes(page)) hub.quiet(officer, page.shortId, owners);
  }
}

/** A request changed: stops what rang for it alone, or for a bundle of which it was the last open one. */
export async function quietChanged(desk: Desk, hub: PagerHub, requestId: string): Promise<void> {
  const officers = hub.rung();
  const row = officers.length === 0 ? undefined : await desk.store.request(requestId);
  if (row === undefined || row.status === 'open') return;
  const bundles = await desk.store.bundlesOf(requestId);
  const shortIds = [row, ...bundles].map(({ shortId }) => shortId);
  for (const officer of officers) {
    const pages = hub.ringing(officer).filter(({ shortId }) => shortIds.includes(shortId));
    await quietAnswered(desk, hub, officer, pages);
  }
}

/** Who has what the page stands for; undefined while any of it still wants an answer. */
async function answeredBy({ store }: Desk, page: PagerPage): Promise<readonly OfficerId[] | undefined> {
  const found = await store.byShortId(page.shortId);
  const owners: OfficerId[] = [];
  for (const id of found?.requests ?? []) {
    const state = (await store.request(id))?.state;
    if (state === undefined) continue;
    if (state.status === 'open' || WANTED_AFTER[page.reason]?.(state)) return undefined;
    if ('owner' in state && state.owner !== undefined) owners.push(state.owner);
  }
  return [...new Set(owners)];
}

/**
 * Pages that an acknowledgement does not answer, by their reason, and what must be so for them to go on ringing: the
 * officer who gets one is to see it. Any other page is answered once somebody has the request.
 */
const WANTED_AFTER: Readonly<Record<string, (state: RequestState) => boolean>> = {
  reminder: (state) => state.status === 'acknowledged' && state.progress.reminded,
  handover: ({ status }) => status === 'acknowledged',
  clock: ({ status }) => status !== 'closed',
  stuck: () => true,
};
