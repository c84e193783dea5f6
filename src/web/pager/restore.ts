import type { Instant } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import type { Desk } from '../../desk/desk.ts';
import type { DeliveryRow } from '../../ports/register.ts';
import type { Escalation, RequestState } from '../../request/state.ts';
import { isOwnersPage, TOLD_WHILE } from '../../request/told.ts';
import { rank } from '../../request/urgency.ts';
import type { PagerHub, PagerPage } from './hub.ts';
import { PAGER } from './method.ts';

/** What was handed over before so many others is not looked for any more: the running rounds have paged for it since. */
const MOST_PAGES = 500;

/**
 * What the officer is still being asked for rings again, also when it was handed over by a process that is gone, or by
 * another node. Nothing of it only stands there: it rang until that process went, nobody has answered it since, and a
 * pager is connected by a tap, so whoever hears it is awake. What was answered by anything never comes back.
 * While paging is held after a restore, what was claimed before `heldBefore` waits like everything else of that time.
 */
export async function restoreRinging(
  desk: Desk,
  hub: PagerHub,
  officer: OfficerId,
  heldBefore: Instant = Number.NEGATIVE_INFINITY,
): Promise<void> {
  const { store } = desk;
  const running: DeliveryRow[] = [];
  for (const delivery of await store.ringing(officer, PAGER, MOST_PAGES)) {
    if ((delivery.claimedAt ?? delivery.dueAt) < heldBefore) continue;
    const state = (await store.request(delivery.requestId))?.state;
    if (state !== undefined && isAsked(state, officer, delivery)) running.push(delivery);
  }
  const parcels = Map.groupBy(running, ({ id, bundleId }) => bundleId ?? id);
  const pages: PagerPage[] = [];
  for (const [id, deliveries] of parcels) {
    const page = await pageOf(desk, id, deliveries);
    if (page !== undefined) pages.push(page);
  }
  hub.restore(officer, pages);
}

type Asked = (state: RequestState, officer: OfficerId, page: DeliveryRow) => boolean;

/** What must be so beside that a page of this reason asks for something: that it asks this officer, by this page. */
const ASKS: Readonly<Record<string, Asked>> = {
  reminder: (state, officer, { id }) => isOwnersPage(state, officer, id),
  file: (state, officer, { id }) => isOwnersPage(state, officer, id),
  handover: (state, officer, { id }) => isOwnersPage(state, officer, id),
  clock: () => true,
  stuck: (state, officer) => state.status === 'open' && !state.escalation.passed.includes(officer),
};

function isAsked(state: RequestState, officer: OfficerId, page: DeliveryRow): boolean {
  const told = TOLD_WHILE[page.reason];
  if (told === undefined) return isCountedOn(state, officer, page.id);
  const isSeen = (page.claimedAt ?? page.dueAt) < (state.seen?.[officer] ?? Number.NEGATIVE_INFINITY);
  return !isSeen && told(state) && ASKS[page.reason]?.(state, officer, page) === true;
}

/** Whether a step that runs counts on this page: it made it, or left it at one that had only just been made. */
function isCountedOn(state: RequestState, officer: OfficerId, page: string): boolean {
  if (state.status !== 'open') return false;
  const counts = ({ pages, skipped, passed }: Escalation) =>
    !passed.includes(officer) &&
    (pages.some(({ id }) => id === page) || skipped.some(({ whom, why }) => whom === officer && why === 'just_paged'));
  return [state.escalation, ...state.children].some(counts);
}

async function pageOf({ store }: Desk, id: string, deliveries: readonly DeliveryRow[]): Promise<PagerPage | undefined> {
  const [first] = [...deliveries].sort((a, b) => rank(a.urgency) - rank(b.urgency));
  if (first === undefined) return undefined;
  const { requestId, bundleId, urgency, reason, claimedAt, dueAt } = first;
  const bundle = (await store.bundlesOf(requestId)).find((one) => one.id === bundleId);
  const requests = new Set(deliveries.map((one) => one.requestId)).size;
  return { id, shortId: bundle?.shortId ?? first.shortId, urgency, reason, requests, at: claimedAt ?? dueAt };
}
