import type { StoredContent } from './content.ts';
import type { SealedEntry } from './entry.ts';
import { referencesIn } from './marks.ts';

/** A checkpoint's entry taken out of its chain, with the hash before it, to go with an export of single streams. */
export type LoneCheckpoint = Omit<SealedEntry, 'stream'> & { readonly previous: string };

/**
 * A journal, or a part of it, as it is verified and exported. First the header, then the stream `installation` (a whole
 * journal) or at most one checkpoint (single streams), then the streams one after the other; each piece of content that
 * was not erased once, before the first entry that refers to it.
 */
export type JournalItem =
  | { readonly kind: 'header'; readonly installation: string }
  | ({ readonly kind: 'checkpoint' } & LoneCheckpoint)
  | { readonly kind: 'content'; readonly id: string; readonly salt: Uint8Array; readonly bytes: Uint8Array }
  | ({ readonly kind: 'entry' } & SealedEntry);

/** What items are made of, read from a store. */
export type JournalSource = {
  readonly installation: string;
  /** The newest checkpoint that lists the stream, when a single stream is exported. */
  readonly checkpoint?: LoneCheckpoint;
  /**
   * In order, `installation` first. Read that stream before the others, then what is appended meanwhile cannot look
   * like a cut tail.
   */
  readonly entries: AsyncIterable<SealedEntry> | Iterable<SealedEntry>;
  /** The content kept under these ids; what is not in the map is missing. */
  readonly contents: (ids: readonly string[]) => Promise<ReadonlyMap<string, StoredContent>>;
};

/** The items of a journal in a store, to be verified or exported. */
export async function* journalItems(source: JournalSource): AsyncGenerator<JournalItem> {
  yield { kind: 'header', installation: source.installation };
  if (source.checkpoint !== undefined) yield { kind: 'checkpoint', ...source.checkpoint };
  const given = new Set<string>();
  for await (const { stream, n, body, hash } of source.entries) {
    const ids = new Set(referencesIn(body).map(({ content }) => content)).difference(given);
    const contents = ids.size === 0 ? new Map<string, StoredContent>() : await source.contents([...ids]);
    for (const id of ids) {
      const content = contents.get(id);
      if (content === undefined || 'erasedAt' in content) continue;
      given.add(id);
      yield { kind: 'content', id, salt: content.salt, bytes: content.bytes };
    }
    yield { kind: 'entry', stream, n, body, hash };
  }
}
