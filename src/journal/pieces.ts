import { digestOf, SALT_BYTES } from './content.ts';
import type { Erased, Finding } from './finding.ts';
import { Unusable } from './finding.ts';
import type { JournalItem } from './item.ts';
import { erasedIn, referencesIn } from './marks.ts';

/** The pieces of content that came so far, held against the entries that refer to them. */
export class Pieces {
  readonly #digests = new Map<string, string>();
  /** When entries say that content was erased, by stream and id. */
  readonly #erasures = new Map<string, string>();
  readonly #gone: Omit<Erased, 'erasedAt'>[] = [];

  add({ id, salt, bytes }: Extract<JournalItem, { kind: 'content' }>): void {
    if (this.#digests.has(id)) throw new Unusable('a piece of content comes twice');
    // With a salt of another length, bytes could move between salt and content and leave the digest as it was.
    this.#digests.set(id, salt.length === SALT_BYTES ? digestOf(salt, bytes) : '');
  }

  /** Holds an entry against its content; false when some is not what the entry says. */
  match(stream: string, n: number, at: string, body: string): boolean {
    for (const { content, sha256 } of referencesIn(body)) {
      const digest = this.#digests.get(content);
      if (digest === undefined) this.#gone.push({ stream, n, content });
      else if (digest !== sha256) return false;
    }
    for (const content of erasedIn(body)) this.#erasures.set(`${stream} ${content}`, at);
    return true;
  }

  /** At the end: the first entry whose content is gone though none of its stream says that it was erased. */
  missing(): Finding | undefined {
    const missing = this.#gone.find(({ stream, content }) => !this.#erasures.has(`${stream} ${content}`));
    return missing === undefined ? undefined : { stream: missing.stream, n: missing.n, what: 'content_missing' };
  }

  /** At the end: what is gone as it should be. */
  erased(): readonly Erased[] {
    return this.#gone.map((gone) => ({
      ...gone,
      erasedAt: this.#erasures.get(`${gone.stream} ${gone.content}`) ?? '',
    }));
  }

  get count(): number {
    return this.#digests.size;
  }
}
