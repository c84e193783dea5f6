import type { OfficerId } from '../../../rota/rota.ts';
import { isRaisedOut } from '../../desk/acknowledge-all.ts';
import type { Desk } from '../../desk/desk.ts';
import { rank } from '../../request/urgency.ts';
import type { Fold, PagerHub, PagerPage } from './hub.ts';
import { isPlain, lookOnce, type Standing, settledAs, standingOf } from './standing.ts';

/** So many pages below an emergency have a card each; more of them fold into one. */
const MOST_CARDS = 3;

/**
 * Keeps the pages that ring for an officer in order, whatever came in while they rang: a page of which nothing is open
 * goes, an older one goes once newer ones stand for all of it that is open, the others say how much of them is open.
 */
export class Cards {
  readonly #desk: Desk;
  readonly #hub: PagerHub;
  /** For whom they are being arranged. What comes meanwhile is looked at in one more go. */
  readonly #running = new Map<OfficerId, { again: boolean; readonly done: Promise<void> }>();

  constructor(desk: Desk, hub: PagerHub) {
    this.#desk = desk;
    this.#hub = hub;
  }

  /** Resolves when everything that is true now has been looked at. Rejects when the store cannot answer: all rings on. */
  arrange(officer: OfficerId): Promise<void> {
    const running = this.#running.get(officer);
    if (running !== undefined) {
      running.again = true;
      return running.done;
    }
    const done = this.#arrangeUntilCalm(officer).finally(() => this.#running.delete(officer));
    this.#running.set(officer, { again: false, done });
    return done;
  }

  /**
   * A page came in. An emergency alone is part of no other card: it is looked at, since it may be answered by now, and nothing
   * else is, however much rings, unless it was raised out of a bundle that rings.
   */
  async came(officer: OfficerId, page: PagerPage): Promise<void> {
    if (page.urgency !== 'emergency' || page.requests > 1) return this.arrange(officer);
    const [requestId] = (await this.#desk.store.byShortId(page.shortId))?.requests ?? [];
    if (requestId !== undefined && (await this.#bundlesWith(requestId, [officer])).length > 0)
      return this.arrange(officer);
    const standing = await standingOf(this.#desk, page, lookOnce(this.#desk));
    if (standing?.open.length === 0 && this.#hub.isRinging(officer, page)) {
      this.#hub.quiet(officer, page.shortId, settledAs(standing));
    }
  }

  /** A request changed: what rings for it, or for a bundle that it is in, may look otherwise now. */
  async changed(requestId: string): Promise<void> {
    const officers = this.#hub.rung();
    if (officers.length === 0) return;
    const { store } = this.#desk;
    const row = await store.request(requestId);
    if (row === undefined || (row.status === 'open' && !isRaisedOut(row.state))) return;
    // An open emergency rings on, but it may have been raised out of a bundle just now.
    const own = row.status === 'open' ? [] : [row.shortId];
    const shortIds = [...own, ...(await this.#bundlesWith(requestId, officers))];
    for (const officer of officers) {
      if (this.#hub.ringing(officer).some(({ shortId }) => shortIds.includes(shortId))) await this.arrange(officer);
    }
  }

  /** Short ids of bundles with the request; not looked up where nothing rings but emergencies, which are in none. */
  async #bundlesWith(requestId: string, officers: readonly OfficerId[]): Promise<readonly string[]> {
    const ringing = officers.flatMap((officer) => this.#hub.ringing(officer));
    if (ringing.every(({ urgency }) => urgency === 'emergency')) return [];
    const rung = new Set(ringing.map(({ shortId }) => shortId));
    const bundles = await this.#desk.store.bundlesOf(requestId);
    return bundles.map(({ shortId }) => shortId).filter((shortId) => rung.has(shortId));
  }

  async #arrangeUntilCalm(officer: OfficerId): Promise<void> {
    // Not before `arrange` has noted that it runs.
    await Promise.resolve();
    for (;;) {
      const running = this.#running.get(officer);
      if (running !== undefined) running.again = false;
      await this.#arrangeOnce(officer);
      if (running?.again !== true) return;
    }
  }

  async #arrangeOnce(officer: OfficerId): Promise<void> {
    const look = lookOnce(this.#desk);
    const looked: Looked[] = [];
    for (const page of this.#hub.ringing(officer)) {
      const standing = await standingOf(this.#desk, page, look);
      if (standing !== undefined) looked.push({ page, ...standing });
    }
    // Meanwhile another page may ring under the same short id.
    const kept = this.#settle(
      officer,
      looked.filter(({ page }) => this.#hub.isRinging(officer, page)),
    );
    this.#hub.fold(officer, foldOf(kept));
    for (const { page, open, requests } of kept) this.#hub.count(officer, page, { open: open.length, requests });
  }

  /** Quiets what need not be answered; the rest, in the order in which it began. */
  #settle(officer: OfficerId, looked: readonly Looked[]): readonly Looked[] {
    const kept: Looked[] = [];
    const newest = new Map<string, string>();
    for (const one of looked.toReversed()) {
      const { page, open } = one;
      const { shortId } = page;
      const into = isPlain(page) ? open.map((id) => newest.get(id)) : [undefined];
      if (open.length === 0) this.#hub.quiet(officer, shortId, settledAs(one));
      else if (into.every(isKnown)) this.#hub.quiet(officer, shortId, { by: [], into: [...new Set(into)].join(', ') });
      else {
        kept.unshift(one);
        if (isPlain(page)) for (const id of open) if (!newest.has(id)) newest.set(id, shortId);
      }
    }
    return kept;
  }
}

type Looked = Standing & { readonly page: PagerPage };

const isKnown = (shortId: string | undefined) => shortId !== undefined;

/** An emergency is never folded away, nor is what is asked of this officer by name. */
function foldOf(kept: readonly Looked[]): Fold | undefined {
  const many = kept.filter(({ page }) => isPlain(page) && page.urgency !== 'emergency').sort(byUrgency);
  const [first] = many;
  if (first === undefined || (many.length <= MOST_CARDS && !doOverlap(many))) return undefined;
  return {
    pages: many.map(({ page }) => page.shortId),
    urgency: first.page.urgency,
    requests: new Set(many.flatMap(({ open }) => open)).size,
    at: Math.min(...many.map(({ page }) => page.at)),
  };
}

/** Two cards that share a request would count it twice, and one answer would change both. */
function doOverlap(pages: readonly Looked[]): boolean {
  const all = pages.flatMap(({ open }) => open);
  return new Set(all).size < all.length;
}

function byUrgency(a: Looked, b: Looked): number {
  return rank(a.page.urgency) - rank(b.page.urgency) || a.page.at - b.page.at;
}
