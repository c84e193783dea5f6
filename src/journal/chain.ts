import { chainHash, firstHead, outlineOf, readBody, type SealedEntry } from './entry.ts';
import { type FindingKind, Unusable } from './finding.ts';
import type { Head } from './marks.ts';

/** The checks that the entries of one stream need of each other, one entry at a time. */
export class Chain {
  readonly installation: string;
  readonly stream: string;
  #head: Head;
  #epoch = 1;
  #at = '';

  /** `head` is that of the entry before the first one to be checked; without it the stream begins at its beginning. */
  constructor(installation: string, stream: string, head: Head = firstHead(installation, stream)) {
    this.installation = installation;
    this.stream = stream;
    this.#head = head;
  }

  /** Number of the last entry that was right. */
  get n(): number {
    return this.#head.n;
  }

  /** When the last entry that was right was written. */
  get at(): string {
    return this.#at;
  }

  /**
   * The first thing wrong with the entry that comes next; undefined, and one step on, when nothing is. Throws
   * `Unusable` for a body that has its hash and is not JSON, which nobody can have sealed.
   */
  next({ n, body, hash }: SealedEntry): FindingKind | undefined {
    if (n !== this.n + 1) return 'wrong_number';
    const read = outlineOf(body);
    const { installation, stream } = this;
    if (read?.installation !== installation || read.stream !== stream || read.n !== n) return 'wrong_body';
    if (read.epoch < this.#epoch) return 'epoch_went_back';
    if (chainHash(this.#head.hash, body) !== hash) return 'hash_mismatch';
    if (readBody(body) === undefined) throw new Unusable(`the body of entry ${n} of ${stream} is not JSON`);
    this.#head = { n, hash };
    this.#epoch = read.epoch;
    this.#at = read.at;
    return undefined;
  }
}
