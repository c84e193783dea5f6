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
  /** Of each stream that has come; a lone checkpoint is not one. */
  readonly #chains = new Map<string, Chain>();
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
      streams: this.#chains.size,
      entries: this.#entries,
      contents: this.#pieces.count,
      erased: this.#pieces.erased(),
      notProved: this.#doubts(),
    };
  }

  #checkpoint({ n, previous, body, hash }: LoneCheckpoint): Finding | undefined {
    this.#comeInOrder(INSTALLATION);
    this.#lone = true;
    const outside = this.#outside?.n ?? n;
    if (outside !== n) throw new Unusable(`it goes with checkpoint ${n}, not with ${outside}: give the text of ${n}`);
    const chain = new Chain(this.#installation, INSTALLATION, { n: n - 1, hash: previous });
    return this.#next(chain, { stream: INSTALLATION, n, body, hash });
  }

  #entry(entry: SealedEntry): Finding | undefined {
    this.#comeInOrder(entry.stream);
    const chain = this.#chains.get(entry.stream) ?? new Chain(this.#installation, entry.stream);
    this.#chains.set(entry.stream, chain);
    this.#entries += 1;
    return this.#next(chain, entry);
  }

  /** What checkpoints saw has to be known before the entries that they saw come. */
  #comeInOrder(stream: string): void {
    if (stream === INSTALLATION && this.#chains.size > (this.#whole ? 1 : 0)) {
      throw new Unusable(`the stream ${INSTALLATION} comes first, or not at all`);
    }
  }

  #next(chain: Chain, entry: SealedEntry): Finding | undefined {
    const { stream } = entry;
    const n = chain.n + 1;
    const what = chain.next(entry) ?? (this.#claims.contradict(entry) ? 'head_mismatch' : undefined);
    if (what !== undefined) return { stream, n, what };
    if (!this.#pieces.match(stream, n, chain.at, entry.body)) return { stream, n, what: 'content_mismatch' };
    if (stream === INSTALLATION) this.#claims.addAll(entry.body);
    return undefined;
  }

  /** A part that comes with a checkpoint is judged by it as far as it goes; anything else has to have all streams. */
  #faultInEnds(): Finding | undefined {
    for (const { stream, n: seen } of this.#claims.entries()) {
      const n = this.#chains.get(stream)?.n;
      if (n !== undefined && n < seen) return { stream, n: n + 1, what: 'cut_tail' };
      if (n === undefined && (this.#whole || !this.#lone)) return { stream, n: 1, what: 'missing_stream' };
    }
    return undefined;
  }

  get #whole(): boolean {
    return this.#chains.has(INSTALLATION);
  }

  #doubts(): readonly Doubt[] {
    const doubts: Doubt[] = [{ what: this.#outside === undefined ? 'no_checkpoint' : 'after_checkpoint' }];
    const uncovered = [...this.#chains.keys()].filter((stream) => !this.#claims.has(stream));
    if (!this.#whole) doubts.push({ what: 'other_streams' });
    if (!this.#whole && uncovered.length > 0) doubts.push({ what: 'uncovered', streams: uncovered });
    if (this.#pieces.erased().length > 0) doubts.push({ what: 'erased' });
    return doubts;
  }
}
