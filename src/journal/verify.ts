import { Chain } from './chain.ts';
import type { CheckpointText } from './checkpoint.ts';
import { Claims } from './claims.ts';
import type { SealedEntry } from './entry.ts';
import { type Doubt, type Finding, type Report, Unusable } from './finding.ts';
import type { JournalItem, LoneCheckpoint } from './item.ts';
import { Pieces } from './pieces.ts';
import { INSTALLATION } from './stream.ts';

/**
 * Verifies the items of a journal or of a part of it (see `item.ts`), up to the first broken entry. `outside` is a
 * checkpoint that was kept where nobody who can write the store can reach it. Letting other work run in between is up
 * to whoever supplies the items. Never throws for what is in them.
 */
export async function verifyJournal(
  items: AsyncIterable<JournalItem> | Iterable<JournalItem>,
  outside?: CheckpointText,
): Promise<Report> {
  try {
    let verifier: JournalVerifier | undefined;
    for await (const item of items) {
      if (item.kind === 'header') verifier = new JournalVerifier(item.installation, outside);
      const finding = verifier?.feed(item);
      if (finding !== undefined) return { outcome: 'broken', finding };
    }
    if (verifier === undefined) throw new Unusable('it is empty: expected a header line');
    return verifier.end();
  } catch (error) {
    if (error instanceof Unusable) return { outcome: 'unusable', why: error.message };
    throw error;
  }
}

/** The same, one item at a time. `feed` and `end` throw `Unusable` for what is no journal at all. */
export class JournalVerifier {
  readonly #installation: string;
  readonly #outside: CheckpointText | undefined;
  readonly #claims = new Claims();
  readonly #pieces = new Pieces();
  /** Of each stream that has come, the number of its last entry. */
  readonly #ends = new Map<string, number>();
  #chain: Chain | undefined;
  #lone = false;
  #entries = 0;

  constructor(installation: string, outside?: CheckpointText) {
    if (outside !== undefined && outside.installation !== installation) {
      throw new Unusable(
        `the checkpoint is of the installation ${outside.installation}, and the journal of another one`,
      );
    }
    this.#installation = installation;
    this.#outside = outside;
    if (outside !== undefined) this.#claims.add({ stream: INSTALLATION, n: outside.n, hash: outside.hash });
  }

  /** The first broken entry, as soon as it is known; there is no use in going on then. */
  feed(item: JournalItem): Finding | undefined {
    if (item.kind === 'entry') return this.#entry(item);
    if (item.kind === 'checkpoint') return this.#checkpoint(item);
    if (item.kind === 'content') this.#pieces.add(item);
    return undefined;
  }

  /** The result, when `feed` has found nothing. */
  end(): Report {
    const finding = this.#faultInEnds() ?? this.#pieces.missing();
    if (finding !== undefined) return { outcome: 'broken', finding };
    return {
      outcome: 'ok',
      streams: this.#ends.size,
      entries: this.#entries,
      contents: this.#pieces.count,
      erased: this.#pieces.erased(),
      notProved: this.#doubts(),
    };
  }

  #checkpoint({ n, previous, body, hash }: LoneCheckpoint): Finding | undefined {
    if (this.#lone || this.#ends.size > 0) throw new Unusable('a checkpoint comes once, before all entries');
    this.#lone = true;
    const outside = this.#outside?.n ?? n;
    if (outside !== n) throw new Unusable(`it goes with checkpoint ${n}, not with ${outside}: give the text of ${n}`);
    const chain = new Chain(this.#installation, INSTALLATION, { n: n - 1, hash: previous });
    return this.#next(chain, { stream: INSTALLATION, n, body, hash });
  }

  #entry(entry: SealedEntry): Finding | undefined {
    const chain = this.#chain?.stream === entry.stream ? this.#chain : this.#beginStream(entry.stream);
    const finding = this.#next(chain, entry);
    if (finding !== undefined) return finding;
    this.#ends.set(entry.stream, chain.n);
    this.#entries += 1;
    const right = this.#pieces.match(entry.stream, chain.n, chain.at, entry.body);
    return right ? undefined : { stream: entry.stream, n: chain.n, what: 'content_mismatch' };
  }

  #beginStream(stream: string): Chain {
    if (this.#ends.has(stream)) throw new Unusable(`the stream ${stream} comes twice`);
    if (stream === INSTALLATION && (this.#lone || this.#ends.size > 0)) {
      throw new Unusable(`the stream ${INSTALLATION} comes first, or not at all`);
    }
    this.#chain = new Chain(this.#installation, stream);
    return this.#chain;
  }

  #next(chain: Chain, entry: SealedEntry): Finding | undefined {
    const { stream } = entry;
    const n = chain.n + 1;
    const what = chain.next(entry) ?? (this.#claims.contradict(entry) ? 'head_mismatch' : undefined);
    if (what !== undefined) return { stream, n, what };
    if (stream === INSTALLATION) this.#claims.addAll(entry.body);
    return undefined;
  }

  /** In a whole journal every stream that a checkpoint saw has to be there; in a part, what the part is judged by. */
  #faultInEnds(): Finding | undefined {
    const unjudged = this.#outside !== undefined && !this.#lone;
    for (const { stream, n: seen } of this.#claims.ends()) {
      const n = this.#ends.get(stream);
      if (n !== undefined && n < seen) return { stream, n: n + 1, what: 'cut_tail' };
      if (n === undefined && (this.#whole || unjudged)) return { stream, n: 1, what: 'missing_stream' };
    }
    return undefined;
  }

  get #whole(): boolean {
    return this.#ends.has(INSTALLATION);
  }

  #doubts(): readonly Doubt[] {
    const doubts: Doubt[] = [{ what: this.#outside === undefined ? 'no_checkpoint' : 'after_checkpoint' }];
    const uncovered = [...this.#ends.keys()].filter((stream) => !this.#claims.has(stream));
    if (!this.#whole) doubts.push({ what: 'other_streams' });
    if (!this.#whole && uncovered.length > 0) doubts.push({ what: 'uncovered', streams: uncovered });
    if (this.#pieces.erased().length > 0) doubts.push({ what: 'erased' });
    return doubts;
  }
}
