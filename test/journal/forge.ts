import { chainHash, firstHead, readBody, seal } from '../../src/journal/entry.ts';
import type { JournalItem } from '../../src/journal/item.ts';
import { INSTALLATION } from '../../src/journal/stream.ts';

/** What somebody does to a journal who can write the store. */
export type Forge = (items: readonly JournalItem[]) => JournalItem[];

type Entry = Extract<JournalItem, { kind: 'entry' }>;
type Content = Extract<JournalItem, { kind: 'content' }>;

export function isEntry(item: JournalItem, stream: string, n?: number): boolean {
  return item.kind === 'entry' && item.stream === stream && (n === undefined || item.n === n);
}

export function isContent(item: JournalItem, ...ids: readonly string[]): boolean {
  return item.kind === 'content' && ids.includes(item.id);
}

export function changed(stream: string, n: number, change: (entry: Entry) => Partial<Entry>): Forge {
  return (items) => {
    return items.map((item) =>
      item.kind === 'entry' && isEntry(item, stream, n) ? { ...item, ...change(item) } : item,
    );
  };
}

/** Changes the text of a body and leaves its hash. */
export function rewritten(stream: string, n: number, from: string | RegExp, to: string): Forge {
  return changed(stream, n, ({ body }) => {
    if (body.replace(from, to) === body) throw new Error(`there is no ${from} to be replaced in ${body}`);
    return { body: body.replace(from, to) };
  });
}

export function changedContent(id: string, change: (content: Content) => Partial<Content>): Forge {
  return (items) => {
    return items.map((item) => (item.kind === 'content' && item.id === id ? { ...item, ...change(item) } : item));
  };
}

export function without(unwanted: (item: JournalItem) => boolean): Forge {
  return (items) => items.filter((item) => !unwanted(item));
}

export function doubled(wanted: (item: JournalItem) => boolean): Forge {
  return (items) => items.flatMap((item) => (wanted(item) ? [item, item] : [item]));
}

/** Two items change places; with `renumber` each takes the name of the place, as when rows of a table are exchanged. */
export function swapped(
  a: (item: JournalItem) => boolean,
  b: (item: JournalItem) => boolean,
  renumber: boolean,
): Forge {
  return (items) => {
    const first = items.find(a);
    const second = items.find(b);
    const put = (other: JournalItem, place: JournalItem) => {
      if (!renumber) return other;
      if (other.kind === 'content' && place.kind === 'content') return { ...other, id: place.id };
      if (other.kind === 'entry' && place.kind === 'entry') return { ...other, stream: place.stream, n: place.n };
      return other;
    };
    if (first === undefined || second === undefined) throw new Error('there is nothing to exchange');
    return items.map((item) => (item === first ? put(second, item) : item === second ? put(first, item) : item));
  };
}

/** One more stream with one entry, which is as right as can be. */
export function withStream(stream: string): Forge {
  return (items) => {
    const installation = items.flatMap((item) => (item.kind === 'header' ? [item.installation] : []))[0] ?? '';
    const place = { installation, epoch: 1, stream };
    const draft = { type: 'rota.made/1', actor: { kind: 'system' }, data: {} } as const;
    return [...items, { kind: 'entry', ...seal(place, firstHead(installation, stream), 0, draft) }];
  };
}

/** Then makes all hashes of a stream anew. */
export function hashedAnew(forge: Forge, stream: string): Forge {
  return (items) => {
    let previous: string | undefined;
    return forge(items).map((item) => {
      if (item.kind !== 'entry' || item.stream !== stream) return item;
      previous ??= firstHead(readBody(item.body)?.installation ?? '', stream).hash;
      previous = chainHash(previous, item.body);
      return { ...item, hash: previous };
    });
  };
}

/** Then makes all hashes of a stream anew, and appends a checkpoint of the new ones to the others, which stay. */
export function coveredUp(forge: Forge, stream: string): Forge {
  return (items) => {
    const forged = hashedAnew(forge, stream)(items);
    const heads = forged.flatMap((item) =>
      item.kind === 'entry' && item.stream === stream ? [{ stream, n: item.n, hash: item.hash }] : [],
    );
    const last = forged.findLastIndex((item) => isEntry(item, INSTALLATION));
    const head = forged[last];
    if (head?.kind !== 'entry') throw new Error('there is no checkpoint');
    const place = { installation: readBody(head.body)?.installation ?? '', epoch: 2, stream: INSTALLATION };
    const draft = { type: 'checkpoint.taken/1', actor: { kind: 'system' }, data: { streams: 4, heads } } as const;
    return forged.toSpliced(last + 1, 0, { kind: 'entry', ...seal(place, head, 0, draft) });
  };
}

/** Then makes all hashes of a stream anew, puts its new heads into the checkpoints, and makes their hashes anew too. */
export function hashedAnewThroughout(forge: Forge, stream: string): Forge {
  return hashedAnew((items) => {
    const forged = hashedAnew(forge, stream)(items);
    const entries = forged.filter((item) => item.kind === 'entry' && item.stream === stream);
    const hashes = entries.map((item) => (item.kind === 'entry' ? item.hash : ''));
    const head = new RegExp(`\\{"stream":"${stream}","n":(\\d+),"hash":"\\w+"\\}`, 'g');
    return forged.map((item) => {
      if (item.kind !== 'entry' || item.stream !== INSTALLATION) return item;
      const body = item.body.replaceAll(head, (_, was: string) => {
        const n = Math.min(Number(was), hashes.length);
        return JSON.stringify({ stream, n, hash: hashes[n - 1] });
      });
      return { ...item, body };
    });
  }, INSTALLATION);
}
