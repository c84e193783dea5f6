import { type Instant, instant } from '../../../rota/instant.ts';
import type { PolicyBounds } from './bounds.ts';
import { BrokenPromise } from './broken-promise.ts';
import { checkContents, checkProjection, checkSeal, checkUnchanged } from './chain.ts';
import { Lateness } from './lateness.ts';
import type { Changed, Commit, DeliveryRow, JournalRow, Ledger } from './ledger.ts';
import { checkAlarms, checkRound } from './never-silent.ts';
import { checkHandedOver, checkOnce } from './one-truth.ts';
import { checkQuiet } from './quiet.ts';
import { fold, newStory, type Story } from './story.ts';
import { toldBy } from './told.ts';

/** What raises the first page of a request anew. */
const WAKES: ReadonlySet<string> = new Set(['request.received/1', 'urgency.raised/1']);

/**
 * Reads journal and rows by itself and holds them against the promises. It knows nothing of the rules: only what the
 * entries say, how long policies may wait, and when the process was up. Every question throws `BrokenPromise`.
 */
export class Checker {
  readonly #ledger: Ledger;
  readonly #bounds: ReadonlyMap<string, PolicyBounds>;
  readonly #lateness: Lateness;
  /** Requests by their stream. */
  readonly #stories = new Map<string, Story>();
  /** Rows of all streams as they were read first. */
  readonly #journal = new Map<string, JournalRow[]>();
  readonly #answered: string[] = [];
  #checks = 0;

  constructor(ledger: Ledger, bounds: ReadonlyMap<string, PolicyBounds>) {
    this.#ledger = ledger;
    this.#bounds = bounds;
    this.#lateness = new Lateness(ledger);
    // What the installation began with.
    for (const { name, n } of ledger.streams()) this.#readOn(name, n);
  }

  get checks(): number {
    return this.#checks + this.#lateness.checks;
  }

  /** A transaction is committed. */
  committed(commit: Commit): void {
    for (const { before } of commit.entries) if (before !== undefined) this.#checkUnchanged(before);
    for (const stream of commit.streams) {
      const read = this.#journal.get(stream) ?? [];
      for (const row of read) this.#checkUnchanged(row);
      this.#checks += read.length;
      const added = commit.entries.flatMap(({ after }) => (after?.stream === stream ? [after.n] : []));
      this.#readOn(stream, Math.max(read.length, ...added));
      this.#checkRows(stream, commit.at);
    }
    for (const changed of commit.deliveries) this.#checkDelivery(changed);
  }

  /** Somebody outside was told that the request is received. */
  answered(request: string): void {
    this.#answered.push(request);
    this.#checkAnswered(request);
  }

  cameUp(at: Instant): void {
    this.#lateness.cameUp(at);
    for (const request of this.#answered) this.#checkAnswered(request);
  }

  wentDown(): void {
    this.#lateness.wentDown();
  }

  /** Time goes on to `now`. */
  passed(now: Instant): void {
    this.#lateness.passed(now);
  }

  /** Looks at everything, touched or not. */
  sweep(at: Instant): void {
    for (const { name, n } of this.#ledger.streams()) {
      const read = this.#journal.get(name) ?? [];
      if (read.length !== n)
        throw new BrokenPromise(10, undefined, `${name} ends with ${n}, ${read.length} were committed`);
      for (const row of read) this.#checkUnchanged(row);
      this.#checks += read.length;
      this.#checkRows(name, at);
    }
    for (const request of this.#answered) this.#checkAnswered(request);
  }

  #readOn(stream: string, until: number): void {
    const read = this.#journal.get(stream) ?? [];
    this.#journal.set(stream, read);
    while (read.length < until) {
      const n = read.length + 1;
      const row = this.#ledger.entry(stream, n);
      const shortId = this.#stories.get(stream)?.shortId;
      if (row === undefined) throw new BrokenPromise(2, shortId, `entry ${n} of ${stream} is missing`);
      this.#read(row, read.at(-1));
      read.push(row);
    }
  }

  #read(row: JournalRow, previous: JournalRow | undefined): void {
    this.#checks++;
    const told = toldBy(row);
    const story = row.stream.startsWith('request/') ? (this.#stories.get(row.stream) ?? newStory(told)) : undefined;
    checkSeal(row, previous, told, story?.shortId);
    checkContents(row, this.#ledger, story?.shortId);
    if (story === undefined) return;
    this.#stories.set(row.stream, story);
    if (row.n > 1) {
      checkRound(story, told, this.#bounds);
      checkOnce(story, told);
    }
    fold(story, told);
    if (story.status !== 'open') this.#lateness.quiet(story);
    else if (WAKES.has(row.type)) this.#lateness.received(story, instant(told.at));
  }

  #checkUnchanged(row: JournalRow): void {
    checkUnchanged(row, this.#ledger, this.#stories.get(row.stream)?.shortId);
  }

  #checkRows(stream: string, at: Instant): void {
    const story = this.#stories.get(stream);
    const alarms = this.#ledger.alarms(stream);
    for (const alarm of alarms) this.#lateness.alarm(alarm, story?.shortId);
    if (story === undefined) return;
    this.#checks += 2;
    checkProjection(story, this.#ledger.request(story.id));
    checkAlarms(story, alarms, at, this.#bounds);
  }

  #checkDelivery(changed: Changed<DeliveryRow>): void {
    this.#checks++;
    checkHandedOver(changed);
    const { before, after } = changed;
    if (after === undefined) return;
    const story = this.#stories.get(`request/${after.requestId}`);
    if (after.state === 'claimed' && before?.state !== 'claimed') {
      if (story !== undefined) checkQuiet(story, after);
      this.#lateness.claimed(after, story);
    }
    this.#lateness.delivery(after, story);
  }

  #checkAnswered(request: string): void {
    this.#checks++;
    if (this.#ledger.entry(`request/${request}`, 1) !== undefined && this.#ledger.request(request) !== undefined)
      return;
    const shortId = this.#stories.get(`request/${request}`)?.shortId;
    throw new BrokenPromise(2, shortId, `its sender was told "received", and ${request} is not in the journal`);
  }
}
