import { readEntry } from '../journal/entry.ts';
import type { ReadForSearch, SearchDue } from '../ports/search.ts';
import type { Desk } from './desk.ts';
import { type Place, placesIn, SEARCHED_TYPES, wordsIn, wordsOfNames } from './search-pieces.ts';

/** Of each request so many entries with content are read, the newest. Nobody writes a thousand notes. */
const MOST_ENTRIES = 1000;

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
  await store.takeIn(await read(store, due, onFault));
  return due.length;
}

/** All at once; where that fails, one by one. */
async function read(
  store: Desk['store'],
  due: readonly SearchDue[],
  onFault: (error: unknown, requestId: string) => void,
): Promise<readonly ReadForSearch[]> {
  try {
    return await readTogether(store, due);
  } catch (error) {
    const [one, ...others] = due;
    if (one === undefined) return [];
    if (others.length > 0) return (await Promise.all(due.map((each) => read(store, [each], onFault)))).flat();
    onFault(error, one.requestId);
    return [{ due: one, contents: [], words: [] }];
  }
}

async function readTogether(store: Desk['store'], due: readonly SearchDue[]): Promise<readonly ReadForSearch[]> {
  const ids = [...new Set(due.map(({ requestId }) => requestId))];
  const entries = await store.entriesOf(ids, SEARCHED_TYPES, MOST_ENTRIES);
  const places = entries.map(({ requestId, body }) => ({ requestId, n: readEntry(body).n, places: placesIn(body) }));
  const contents = await store.contents(places.flatMap((entry) => entry.places.map(({ content }) => content)));
  return Promise.all(
    due.map(async ({ requestId, n, last }) => {
      const own = places.filter((entry) => entry.requestId === requestId && entry.n >= n && entry.n <= last);
      const pieces = own.flatMap((entry) => entry.places.flatMap((place) => pieceAt(place, contents)));
      const request = await store.request(requestId);
      const names = request === undefined ? [] : wordsOfNames(request.reference, request.shortId);
      return {
        due: { requestId, n, last },
        contents: pieces.map(({ place }) => place.content),
        words: [...new Set([...names, ...pieces.flatMap(({ place, bytes }) => wordsIn(place, bytes))])],
      };
    }),
  );
}

function pieceAt(place: Place, contents: Awaited<ReturnType<Desk['store']['contents']>>) {
  const content = contents.get(place.content);
  return content !== undefined && 'bytes' in content ? [{ place, bytes: content.bytes }] : [];
}
