import type { OfficerId } from '../../../rota/rota.ts';
import type { Desk } from '../../desk/desk.ts';
import type { RequestState } from '../../request/state.ts';
import type { PagerPage } from './hub.ts';

/** What a page stands for now: the requests of its list that still want an answer, and who has the others. */
export type Standing = { readonly open: readonly string[]; readonly owners: readonly OfficerId[] };

/** Undefined for a short id that the store does not know: nothing says that it may stop. */
export async function standingOf(
  { store }: Desk,
  page: Pick<PagerPage, 'shortId' | 'reason'>,
  look: Look,
): Promise<Standing | undefined> {
  const found = await store.byShortId(page.shortId);
  if (found === undefined) return undefined;
  const open: string[] = [];
  const owners: OfficerId[] = [];
  for (const id of found.requests) {
    const state = await look(id);
    if (state === undefined) continue;
    if (state.status === 'open' || WANTED_AFTER[page.reason]?.(state)) open.push(id);
    else if ('owner' in state && state.owner !== undefined) owners.push(state.owner);
  }
  return { open, owners: [...new Set(owners)] };
}

type Look = (requestId: string) => Promise<RequestState | undefined>;

/** Asks for each request once: in a storm the same ones stand on several pages. */
export function lookOnce({ store }: Desk): Look {
  const asked = new Map<string, ReturnType<Look>>();
  return (id) => {
    const known = asked.get(id) ?? store.request(id).then((row) => row?.state);
    asked.set(id, known);
    return known;
  };
}

/** Whether it asks for somebody who takes the request, and nothing else. */
export function isPlain({ reason }: PagerPage): boolean {
  return WANTED_AFTER[reason] === undefined;
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
