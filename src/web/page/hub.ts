import type { Notice } from '../../ports/channel.ts';

/** Something that open windows should know. It names things and says nothing of a case. */
export type News =
  | { readonly kind: 'changed'; readonly channel: string; readonly requestId: string; readonly version: number }
  | { readonly kind: 'notice'; readonly channel: string; readonly notice: Notice }
  /** Something that concerns the house and no request. */
  | { readonly kind: 'house' }
  /** A pager has come to life: who can be reached is another question now. */
  | { readonly kind: 'pagers' };

export type Listener = (news: News) => void;

const NOTICES_KEPT = 200;

/** Between the channels of the desk page and the windows that are open: whatever is published goes to all who listen. */
export class Hub {
  /** Each with the channels whose notices somebody reads there. */
  readonly #listeners = new Map<Listener, readonly string[]>();
  #notices: readonly { readonly channel: string; readonly notice: Notice }[] = [];

  publish(news: News): void {
    if (news.kind === 'notice') this.#keep(news);
    for (const listener of [...this.#listeners.keys()]) listener(news);
  }

  /** `reads`: the channels whose notices a person sees there; none for a listener that is no window. The answer ends it. */
  listen(listener: Listener, reads: readonly string[] = []): () => void {
    this.#listeners.set(listener, reads);
    return () => this.#listeners.delete(listener);
  }

  /** Whether somebody has the board of this channel before them. */
  isRead(channel: string): boolean {
    return [...this.#listeners.values()].some((reads) => reads.includes(channel));
  }

  /** The last notices to these channels, newest first. They are lost with the process: what they tell is in the journal. */
  notices(channels: readonly string[]): readonly Notice[] {
    return this.#notices.filter(({ channel }) => channels.includes(channel)).map(({ notice }) => notice);
  }

  /** What is said again about the same (a repeated delivery, the next round) is kept once, as it was said last. */
  #keep({ channel, notice }: { readonly channel: string; readonly notice: Notice }): void {
    const about = subjectOf(notice);
    const others = this.#notices.filter((kept) => kept.channel !== channel || subjectOf(kept.notice) !== about);
    this.#notices = [{ channel, notice }, ...others].slice(0, NOTICES_KEPT);
  }
}

function subjectOf({ id, code, shortId }: Notice): string {
  return shortId === undefined ? id : `${code} ${shortId}`;
}
