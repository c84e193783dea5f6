import { requestStream } from '../journal/stream.ts';
import type { ReadForSearch, SearchDue } from '../ports/search.ts';
import type { Desk } from './desk.ts';
import { type Place, placesIn, SEARCHED_TYPES, wordsIn, wordsOfNames } from './search-pieces.ts';

/** Entries are read so many at once; a request that rang for days has thousands. */
const ENTRIES = 500;

/**
 * Reads what is due, at most `most` of it, and takes it in; how many it was. What cannot be read is told to `onFault` and
 * taken in without its words: it must not keep the rest from being found.
 */
export async function takeInDue(
  { store }: Pick<Desk, 'store'>,
  most: number,
  onFault: (error: unknown, requestId: string) => void,
): Promise<number> {
  const due = await store.searchDue(most);
  const read: ReadForSearch[] = [];
  for (const one of due) {
    try {
      read.push(await readDue(store, one));
    } catch (error) {
      onFault(error, one.requestId);
      read.push({ due: one, contents: [], words: [] });
    }
  }
  await store.takeIn(read);
  return due.length;
}

async function readDue(store: Desk['store'], due: SearchDue): Promise<ReadForSearch> {
  const places = await placesOf(store, due);
  const stored = await store.contents(places.map(({ content }) => content));
  const request = await store.request(due.requestId);
  const names = request === undefined ? [] : wordsOfNames(request.reference, request.shortId);
  const pieces = places.flatMap((place) => {
    const content = stored.get(place.content);
    return content !== undefined && 'bytes' in content ? [{ place, bytes: content.bytes }] : [];
  });
  return {
    due,
    contents: pieces.map(({ place }) => place.content),
    words: [...new Set([...names, ...pieces.flatMap(({ place, bytes }) => wordsIn(place, bytes))])],
  };
}

async function placesOf(store: Desk['store'], { requestId, n, last }: SearchDue): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (let from = n; from <= last; from += ENTRIES) {
    const entries = await store.entries(requestStream(requestId), from, Math.min(ENTRIES, last - from + 1));
    for (const { type, body } of entries) if (SEARCHED_TYPES.includes(type)) places.push(...placesIn(body));
  }
  return places;
}
