import type { OfficerId } from '../../rota/rota.ts';
import { nearest } from '../config/nearest.ts';
import { deskOfOfficer } from '../desk/act.ts';
import { ACTIONS } from '../desk/actions.ts';
import type { Desk } from '../desk/desk.ts';
import { ownReferenceKeyOf } from '../desk/receive.ts';
import { type DeskSetup, memberOf } from '../desk/setup.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { Word } from './words.ts';

/** Who asks: an officer, or whoever runs the machine, who may look at everything and do nothing. */
export type Asker = OfficerId | undefined;

/** What a name stands for: a request, or those of a bundle, as far as the one who asks may see them. */
export type Found = { readonly rows: readonly RequestRow[]; readonly isBundle: boolean };

/** So many requests are looked through for the one that is meant, or to be shown. */
export const MOST_ROWS = 50;

/** By short id, by our reference, or by the one that a sender gave. Undefined when the one who asks may see none of it. */
export async function requestNamed(desk: Desk, name: string, asker: Asker): Promise<Found | undefined> {
  const found = await desk.store.byShortId(name);
  const byId = await Promise.all((found?.requests ?? []).map((id) => desk.store.request(id)));
  const rows = found === undefined ? await byEitherReference(desk, name, asker) : byId;
  const seen = rows.flatMap((row) => (row !== undefined && sees(desk, row, asker) ? [row] : []));
  return seen.length === 0 ? undefined : { rows: seen, isBundle: found?.bundle === true };
}

async function byEitherReference(desk: Desk, name: string, asker: Asker): Promise<readonly (RequestRow | undefined)[]> {
  const ours = await desk.store.byReference(name.toUpperCase());
  if (ours !== undefined) return [ours];
  const sources = desksOf(desk, asker).flatMap(({ sourceNames }) => Object.keys(sourceNames));
  for (const source of sources) {
    const key = ownReferenceKeyOf(desk, { source }, { ownReference: name });
    const theirs = key === undefined ? undefined : await desk.store.bySourceReference(source, key);
    if (theirs !== undefined && sees(desk, theirs, asker)) return [theirs];
  }
  return [];
}

export function sees(desk: Desk, { state }: RequestRow, asker: Asker): boolean {
  return asker === undefined || deskOfOfficer(desk, state, asker) !== undefined;
}

/** The desks that the officer belongs to; all of them for whoever runs the machine. */
export function desksOf({ setups }: Desk, asker: Asker): readonly DeskSetup[] {
  return setups.desks().filter((setup) => asker === undefined || memberOf(setup, asker) !== undefined);
}

/** The one that is meant where its name was left out, or all that can be meant: what the officer has, else what nobody has. */
export async function meantBy(desk: Desk, word: Word, asker: Asker): Promise<readonly RequestRow[]> {
  const on = word.action === undefined ? BOTH : ACTIONS[word.action].on;
  const own = on.includes('acknowledged') && asker !== undefined ? await desk.store.ownedBy(asker) : [];
  const mine = own.filter(({ status }) => status === 'acknowledged');
  if (mine.length > 0 || !on.includes('open')) return mine;
  return desk.store.board(
    desksOf(desk, asker).map(({ id }) => id),
    ['open'],
    MOST_ROWS,
  );
}

const BOTH = ['open', 'acknowledged'] as const;

/** The short id on the board that a mistyped one was most likely meant to be. */
export async function nearestShortId(desk: Desk, name: string, asker: Asker): Promise<string | undefined> {
  const ids = desksOf(desk, asker).map(({ id }) => id);
  const rows = await desk.store.board(ids, BOTH, MOST_ROWS);
  return nearest(
    name,
    rows.map(({ shortId }) => shortId),
  );
}
