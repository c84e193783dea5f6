import type { Notice } from '../../ports/channel.ts';

/** Something that open windows should know. It names things and says nothing of a case; `desks`: whose windows may hear it. */
export type News =
  | {
      readonly kind: 'changed';
      readonly desks: readonly string[];
      readonly requestId: string;
      readonly version: number;
    }
  | { readonly kind: 'notice'; readonly desks: readonly string[]; readonly notice: Notice }
  /** A pager of an officer of these desks has come to life: who can be reached is another question now. */
  | { readonly kind: 'pagers'; readonly desks: readonly string[] }
  /** Something that concerns the house and no request. */
  | { readonly kind: 'house' };

export type Listener = (news: News) => void;

/** The desks whose board somebody has before them. Asked each time: a new revision may have moved the officer. */
export type Reads = () => readonly string[];

type Kept = { readonly desks: readonly string[]; readonly notice: Notice };

const NOTICES_KEPT = 200;

/** Between the desk pages and the windows that are open: whatever is published goes to all who listen. */
export class Hub {
  readonly #listeners = new Map<Listener, Reads>();
  #notices: readonly Kept[] = [];

  publish(news: News): void {
    if (news.kind === 'notice') this.#keep(news);
    for (const listener of [...this.#listeners.keys()]) listener(news);
  }

  /** `reads`: the desks whose notices a person sees there; none for a listener that is no board. The answer ends it. */
  listen(listener: Listener, reads: Reads = () => []): () => void {
    this.#listeners.set(listener, reads);
    return () => this.#listeners.delete(listener);
  }

  /** Whether somebody has the board of one of these desks before them. */
  isRead(desks: readonly string[]): boolean {
    return [...this.#listeners.values()].some((reads) => share(reads(), desks));
  }

  /** The last notices to these desks, newest first. They are lost with the process: what they tell is in the journal. */
  notices(desks: readonly string[]): readonly Notice[] {
    return this.#notices.filter((kept) => share(kept.desks, desks)).map(({ notice }) => notice);
  }

  /** What is said again about the same (a repeated delivery, the next round) is kept once, as it was said last. */
  #keep({ desks, notice }: Kept): void {
    const about = subjectOf(notice);
    const isSame = (kept: Kept) => subjectOf(kept.notice) === about && kept.desks.join() === desks.join();
    this.#notices = [{ desks, notice }, ...this.#notices.filter((kept) => !isSame(kept))].slice(0, NOTICES_KEPT);
  }
}

/** Whether a desk is in both. */
export function share(some: readonly string[], others: readonly string[]): boolean {
  return some.some((desk) => others.includes(desk));
}

function subjectOf({ id, code, shortId }: Notice): string {
  return shortId === undefined ? id : `${code} ${shortId}`;
}
