import type { OfficerId } from '../../rota/rota.ts';
import type { Asked, SearchTerm } from '../ports/search.ts';
import type { RequestRow } from '../ports/steps.ts';
import { involvedDesks } from '../request/state.ts';
import { isConcerned } from './act.ts';
import type { Desk } from './desk.ts';
import { type Excerpt, excerptsOf } from './search-excerpt.ts';
import { type Passage, passagesOf, placesIn, SEARCHED_TYPES } from './search-pieces.ts';
import { type Misread, readQuery } from './search-query.ts';
import { type DeskSetup, memberOf } from './setup.ts';

/** What a question found. */
export type Found = {
  /** By name first, then those that are not closed, then the newest; at most 50. */
  readonly rows: readonly FoundRequest[];
  /** How many there are besides; with the rows 1,000 stand for that many or more. */
  readonly more: number;
  /** Not everything is taken in yet: what is missing is found by its reference or its short id alone. */
  readonly indexing: boolean;
  /** Conditions that were left out because nobody knows what they mean. */
  readonly misread: readonly Misread[];
};

export type FoundRequest = RequestRow & {
  /** The question is its reference, the sender's own, or its short id. */
  readonly exact: boolean;
  /** Where the words were met; nothing where no words were asked for. */
  readonly excerpts: readonly Excerpt[];
};

const MOST = 50;
/** Of each request: newer ones are looked at for excerpts. */
const MOST_ENTRIES = 50;
const MOST_EXCERPTS = 2;

const NOTHING: Found = { rows: [], more: 0, indexing: false, misread: [] };

/**
 * Finds what somebody typed (see docs/manual/find.md), closed requests too, among those that the officer may see: of his
 * desks, those that his desks or he were paged for, those that he has. Without an officer it is whoever runs the machine,
 * who sees them all. Never throws for what was typed; dates are of the zone of the officer's first desk.
 */
export async function findRequests(desk: Desk, text: string, officer: OfficerId | undefined): Promise<Found> {
  const { store, setups } = desk;
  const desks = setups.desks().filter((setup) => officer === undefined || memberOf(setup, officer) !== undefined);
  const query = readQuery(text, { officer, zone: (desks[0] ?? setups.desks()[0])?.zone ?? 'UTC' });
  const { terms, words, name, conditions, misread } = query;
  if (terms.length === 0 && Object.keys(conditions).length === 0) return { ...NOTHING, misread };
  const common = { ...conditions, ...seenBy(desks, officer) };
  const named = name === undefined ? [] : await byName(desk, words, name, common);
  const except = named.map(({ id }) => id);
  const { rows, total } = await store.findRequests({ ...common, terms, except }, MOST);
  const shown = [...named, ...rows].filter((row) => mayBeSeen(row, desks, officer)).slice(0, MOST);
  const passages = terms.length === 0 ? new Map() : await passagesFor(desk, shown);
  return {
    rows: shown.map((row) => ({
      ...row,
      exact: except.includes(row.id),
      excerpts: excerptsOf(passages.get(row.id) ?? [], terms, MOST_EXCERPTS),
    })),
    more: Math.max(0, total - rows.length) + Math.max(0, named.length + rows.length - MOST),
    indexing: (await store.searchDue(1)).length > 0,
    misread,
  };
}

/** Only a question that holds nothing but a name is one; what has just come in is found by it too. */
async function byName(
  { store }: Desk,
  typed: string,
  word: string,
  common: Omit<Asked, 'terms'>,
): Promise<readonly RequestRow[]> {
  const ids = [
    ...((await store.byShortId(typed))?.requests ?? []),
    ...[await store.byReference(typed.toUpperCase())].flatMap((row) => row?.id ?? []),
  ];
  const own: SearchTerm = { word, prefix: false };
  const unread = ids.length === 0 ? [] : (await store.findRequests({ ...common, terms: [], only: ids }, MOST)).rows;
  const read = (await store.findRequests({ ...common, terms: [own], except: ids }, MOST)).rows;
  return [...unread, ...read];
}

function seenBy(desks: readonly DeskSetup[], officer: OfficerId | undefined): Pick<Asked, 'seenBy'> {
  return officer === undefined ? {} : { seenBy: { desks: desks.map(({ id }) => id), officer } };
}

/** The same as the page of a request asks: what the store found by its tables is held against the state itself. */
function mayBeSeen({ state }: RequestRow, desks: readonly DeskSetup[], officer: OfficerId | undefined): boolean {
  if (officer === undefined || isConcerned(state, officer)) return true;
  const involved = involvedDesks(state);
  return desks.some(({ id }) => involved.includes(id));
}

/** The texts of these requests, by request, in the order in which they are looked at. */
async function passagesFor({ store }: Desk, rows: readonly RequestRow[]): Promise<Map<string, readonly Passage[]>> {
  const entries = await store.entriesOf(
    rows.map(({ id }) => id),
    SEARCHED_TYPES,
    MOST_ENTRIES,
  );
  const places = entries.flatMap(({ requestId, body }) => placesIn(body).map((place) => ({ requestId, place })));
  const contents = await store.contents(places.map(({ place }) => place.content));
  const found = new Map<string, Passage[]>(
    rows.map(({ id, reference, shortId }) => [id, [{ field: 'reference', text: `${reference} ${shortId}` }]]),
  );
  for (const { requestId, place } of places) {
    const content = contents.get(place.content);
    if (content !== undefined && 'bytes' in content) found.get(requestId)?.push(...passagesOf(place, content.bytes));
  }
  return found;
}
