import type { OfficerId } from '../../../rota/rota.ts';
import { isRaisedOut } from '../../desk/acknowledge-all.ts';
import type { Desk } from '../../desk/desk.ts';
import type { RequestState } from '../../request/state.ts';
import { TOLD_WHILE } from '../../request/told.ts';
import type { PagerPage, Settled } from './hub.ts';

/** What a page stands for now. */
export type Standing = {
  /** How many requests it is for: those of its list but for what was raised out of it. */
  readonly requests: number;
  /** Those that still want an answer. */
  readonly open: readonly string[];
  /** Who has the others. */
  readonly owners: readonly OfficerId[];
  /** Short ids of emergencies that were raised out of the bundle: each has a page of its own. */
  readonly raised: readonly string[];
};

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
  const raised: string[] = [];
  for (const id of found.requests) {
    const state = await look(id);
    if (state === undefined) continue;
    if (found.bundle && isRaisedOut(state)) raised.push(state.shortId);
    else if (state.status === 'open' || TOLD_WHILE[page.reason]?.(state)) open.push(id);
    else if ('owner' in state && state.owner !== undefined) owners.push(state.owner);
  }
  return { requests: found.requests.length - raised.length, open, owners: [...new Set(owners)], raised };
}

/** Why a page of which nothing is open needs no answer any more. */
export function settledAs({ owners, raised }: Standing): Settled {
  return { by: owners, ...(raised.length === 0 ? {} : { into: raised.join(', ') }) };
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
  return TOLD_WHILE[reason] === undefined;
}
