import { type Duration, type Instant, SECOND } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PageMessage } from '../../ports/method.ts';
import type { Timers } from '../../ports/timers.ts';

/** A pager that has not beaten for so long is not there. It beats every 10 s. */
const SILENT: Duration = 25 * SECOND;

/** What a pager shows: nothing of a case. */
export type PagerPage = Pick<PageMessage, 'id' | 'shortId' | 'urgency' | 'reason' | 'requests' | 'at'>;

/** What a connected pager is told. `quiet`: this page need not be answered any more; `by` those who have it. */
export type PagerEvent =
  | { readonly type: 'page'; readonly page: PagerPage }
  | { readonly type: 'quiet'; readonly shortId: string; readonly by: readonly OfficerId[] };

/** How a pager says that it can be noticed: it is seen, or it can be heard. */
export type Beat = { readonly visible: boolean; readonly sound: boolean };

/** Looks up who has what a page stands for, and quiets it with their names. */
type Explain = (officer: OfficerId, page: PagerPage) => Promise<void>;

type Pager = { readonly tell: (event: PagerEvent) => void; beat: Beat; lastBeat: Instant };

/** The pagers that are open on officers' phones, and what rings on them. */
export class PagerHub {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #pagers = new Map<OfficerId, Map<string, Pager>>();
  /** What rings for an officer, by short id: a newer page takes the place of an older one for the same. */
  readonly #ringing = new Map<OfficerId, Map<string, PagerPage>>();
  #explain: Explain = async () => undefined;
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
   * Rings on every pager of the officer that listens. True as soon as one of them confirms that it shows this page, false
   * when none did `within` so long, or when `signal` was aborted before.
   */
  async ring(officer: OfficerId, page: PagerPage, within: Duration, signal: AbortSignal): Promise<boolean> {
    const ringing = this.#ringing.get(officer) ?? new Map<string, PagerPage>();
    this.#ringing.set(officer, ringing.set(page.shortId, page));
    const waited = new AbortController();
    const key = keyOf(officer, page.id);
    const waiting = this.#confirming.get(key) ?? new Set();
    let confirm = () => {};
    const confirmed = new Promise<boolean>((resolve) => {
      confirm = () => resolve(true);
    });
    this.#confirming.set(key, waiting.add(confirm));
    for (const { tell } of this.#listening(officer)) tell({ type: 'page', page });
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
  quiet(officer: OfficerId, shortId: string, by: readonly OfficerId[]): void {
    this.#ringing.get(officer)?.delete(shortId);
    for (const { tell } of this.#pagers.get(officer)?.values() ?? []) tell({ type: 'quiet', shortId, by });
  }

  /** Asked before a page is taken back, so that the officer hears who has it rather than that it is over. */
  explainBy(explain: Explain): void {
    this.#explain = explain;
  }

  /** Told when an officer who could not be rung can be: his first pager is there, or has come back to life. */
  whenReachable(tell: (officer: OfficerId) => void): void {
    this.#reachable = tell;
  }

  /** Takes back the page with this id, if it still rings. */
  async recall(officer: OfficerId, id: string): Promise<void> {
    const page = this.ringing(officer).find((one) => one.id === id);
    if (page === undefined) return;
    await this.#explain(officer, page).catch(() => undefined);
    if (this.ringing(officer).includes(page)) this.quiet(officer, page.shortId, []);
  }

  ringing(officer: OfficerId): readonly PagerPage[] {
    return [...(this.#ringing.get(officer)?.values() ?? [])];
  }

  /** Officers for whom something rings. */
  rung(): readonly OfficerId[] {
    return [...this.#ringing].filter(([, pages]) => pages.size > 0).map(([officer]) => officer);
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
