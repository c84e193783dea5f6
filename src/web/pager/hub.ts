import { type Duration, type Instant, SECOND } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PageMessage } from '../../ports/method.ts';
import type { Timers } from '../../ports/timers.ts';
import type { Urgency } from '../../request/urgency.ts';

/** A pager that has not beaten for so long is not there. It beats every 10 s. */
const SILENT: Duration = 25 * SECOND;

/** What a pager shows: nothing of a case. `open`: how many of its requests still want an answer, once somebody looked. */
export type PagerPage = Pick<PageMessage, 'id' | 'shortId' | 'urgency' | 'reason' | 'requests' | 'at'> & {
  readonly open?: number;
};

/** Why a page need not be answered any more: these have it, or a newer page stands for all of it that is open. */
export type Settled = { readonly by: readonly OfficerId[]; readonly into?: string };

/** Pages that a pager shows as one card: so many that nobody could answer one by one. */
export type Fold = {
  /** Short ids of the pages, the most urgent first. */
  readonly pages: readonly string[];
  readonly urgency: Urgency;
  /** How many requests they stand for, each counted once. */
  readonly requests: number;
  readonly at: Instant;
};

/** What a connected pager is told. A page with an id that it knows is the same page with another number. */
export type PagerEvent =
  | { readonly type: 'page'; readonly page: PagerPage }
  | ({ readonly type: 'quiet'; readonly shortId: string } & Settled)
  /** Without a fold every page has its own card. */
  | { readonly type: 'fold'; readonly fold: Fold | undefined };

/** How a pager says that it can be noticed: it is seen, or it can be heard. */
export type Beat = { readonly visible: boolean; readonly sound: boolean };

/** Looks up what the officer's pages stand for: quiets those that nobody needs to answer, and counts the others anew. */
type Arrange = (officer: OfficerId, page?: PagerPage) => Promise<void>;

type Pager = { readonly tell: (event: PagerEvent) => void; beat: Beat; lastBeat: Instant };

/** The pagers that are open on officers' phones, and what rings on them. */
export class PagerHub {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #pagers = new Map<OfficerId, Map<string, Pager>>();
  /**
   * What rings for an officer, by short id, in the order in which it began: a newer page takes the place of an older one
   * for the same.
   */
  readonly #ringing = new Map<OfficerId, Map<string, PagerPage>>();
  readonly #folds = new Map<OfficerId, Fold>();
  #arrange: Arrange = async () => undefined;
  #reachable: (officer: OfficerId) => void = () => undefined;
  /** Who waits for the confirmation of which page. */
  readonly #confirming = new Map<string, Set<() => void>>();

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** A pager is there from now on; what already rings for its officer rings on it too. The answer takes it away. */
  connect(officer: OfficerId, pager: string, tell: Pager['tell']): () => void {
    const own = this.#pagers.get(officer) ?? new Map<string, Pager>();
    const lastBeat = this.#clock.now();
    this.#listens(officer, () => {
      this.#pagers.set(officer, own.set(pager, { tell, beat: { visible: true, sound: true }, lastBeat }));
    });
    for (const page of this.ringing(officer)) tell({ type: 'page', page });
    const fold = this.#folds.get(officer);
    if (fold !== undefined) tell({ type: 'fold', fold });
    return () => own.delete(pager);
  }

  /** False for a pager that is not connected: it has to come back. */
  beat(officer: OfficerId, pager: string, beat: Beat): boolean {
    const known = this.#pagers.get(officer)?.get(pager);
    if (known === undefined) return false;
    this.#listens(officer, () => {
      known.beat = beat;
      known.lastBeat = this.#clock.now();
    });
    return true;
  }

  /** Whether a page would be noticed: some pager of the officer is connected, beats, and can be seen or heard. */
  isListening(officer: OfficerId): boolean {
    return this.#listening(officer).length > 0;
  }

  /**
   * Rings on every pager of the officer, also on one that may not be noticed: it must not show older pages only. True as
   * soon as one of them confirms that it shows this page, false when none did `within` so long, or when `signal` was aborted
   * before.
   */
  async ring(officer: OfficerId, page: PagerPage, within: Duration, signal: AbortSignal): Promise<boolean> {
    this.#keep(officer, page);
    const waited = new AbortController();
    const key = keyOf(officer, page.id);
    const waiting = this.#confirming.get(key) ?? new Set();
    let confirm = () => {};
    const confirmed = new Promise<boolean>((resolve) => {
      confirm = () => resolve(true);
    });
    this.#confirming.set(key, waiting.add(confirm));
    this.#tell(officer, { type: 'page', page });
    // It rings first and is looked at afterwards: a store that cannot answer must not hold it up.
    void this.#arrange(officer, page).catch(() => undefined);
    const late = this.#timers.wait(within, AbortSignal.any([signal, waited.signal])).then(() => false);
    const inTime = await Promise.race([confirmed, late]);
    waited.abort();
    waiting.delete(confirm);
    if (waiting.size === 0) this.#confirming.delete(key);
    return inTime;
  }

  /** A pager of the officer shows the page with this id. */
  confirm(officer: OfficerId, id: string): void {
    for (const confirmed of this.#confirming.get(keyOf(officer, id)) ?? []) confirmed();
  }

  /** Stops the ringing for this short id on every pager of the officer. */
  quiet(officer: OfficerId, shortId: string, settled: Settled): void {
    this.#ringing.get(officer)?.delete(shortId);
    this.#tell(officer, { type: 'quiet', shortId, ...settled });
    if (this.#folds.get(officer)?.pages.includes(shortId) === true) void this.#arrange(officer).catch(() => undefined);
  }

  /** The page is for so many requests by now, of which so many are still open. */
  count(officer: OfficerId, page: PagerPage, { open, requests }: Required<Pick<PagerPage, 'open' | 'requests'>>): void {
    const same = page.requests === requests && (page.open ?? page.requests) === open;
    if (!this.isRinging(officer, page) || same) return;
    const counted = { ...page, open, requests };
    this.#ringing.get(officer)?.set(page.shortId, counted);
    this.#tell(officer, { type: 'page', page: counted });
  }

  /** These pages are one card from now on; undefined: each is one of its own. */
  fold(officer: OfficerId, fold: Fold | undefined): void {
    if (JSON.stringify(fold) === JSON.stringify(this.#folds.get(officer))) return;
    if (fold === undefined) this.#folds.delete(officer);
    else this.#folds.set(officer, fold);
    this.#tell(officer, { type: 'fold', fold });
  }

  /** Pages that were handed over and are not remembered here ring again, on pagers that come from now on. */
  restore(officer: OfficerId, pages: readonly PagerPage[]): void {
    const known = this.#ringing.get(officer);
    for (const page of pages) if (known?.has(page.shortId) !== true) this.#keep(officer, page);
  }

  /** Asked after each page, and before one is taken back, so that the officer hears who has it rather than that it is over. */
  arrangeBy(arrange: Arrange): void {
    this.#arrange = arrange;
  }

  /** Told when an officer who could not be rung can be: his first pager is there, or has come back to life. */
  whenReachable(tell: (officer: OfficerId) => void): void {
    this.#reachable = tell;
  }

  /** Takes back the page with this id, if it still rings. */
  async recall(officer: OfficerId, id: string): Promise<void> {
    const page = this.ringing(officer).find((one) => one.id === id);
    if (page === undefined) return;
    await this.#arrange(officer).catch(() => undefined);
    if (this.isRinging(officer, page)) this.quiet(officer, page.shortId, { by: [] });
  }

  /** Whether this very page rings; meanwhile another may have the same short id. */
  isRinging(officer: OfficerId, { id, shortId }: Pick<PagerPage, 'id' | 'shortId'>): boolean {
    return this.#ringing.get(officer)?.get(shortId)?.id === id;
  }

  /** What rings for the officer, in the order in which it began. */
  ringing(officer: OfficerId): readonly PagerPage[] {
    return [...(this.#ringing.get(officer)?.values() ?? [])];
  }

  /** Officers for whom something rings. */
  rung(): readonly OfficerId[] {
    return [...this.#ringing].filter(([, pages]) => pages.size > 0).map(([officer]) => officer);
  }

  #keep(officer: OfficerId, page: PagerPage): void {
    const ringing = this.#ringing.get(officer) ?? new Map<string, PagerPage>();
    // Sent again, a page keeps its place: it is no newer.
    if (ringing.get(page.shortId)?.id !== page.id) ringing.delete(page.shortId);
    this.#ringing.set(officer, ringing.set(page.shortId, page));
  }

  #tell(officer: OfficerId, event: PagerEvent): void {
    for (const { tell } of this.#pagers.get(officer)?.values() ?? []) tell(event);
  }

  #listens(officer: OfficerId, change: () => void): void {
    const before = this.isListening(officer);
    change();
    if (!before && this.isListening(officer)) this.#reachable(officer);
  }

  #listening(officer: OfficerId): readonly Pager[] {
    const now = this.#clock.now();
    const pagers = [...(this.#pagers.get(officer)?.values() ?? [])];
    return pagers.filter(({ beat, lastBeat }) => now - lastBeat <= SILENT && (beat.visible || beat.sound));
  }
}

function keyOf(officer: OfficerId, page: string): string {
  return `${officer} ${page}`;
}
