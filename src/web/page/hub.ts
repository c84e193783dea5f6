import type { Notice } from '../../ports/channel.ts';

/** Something that open windows should know. It names things and says nothing of a case. */
export type News =
  | { readonly kind: 'changed'; readonly channel: string; readonly requestId: string; readonly version: number }
  | { readonly kind: 'notice'; readonly channel: string; readonly notice: Notice }
  /** Something that concerns the house and no request. */
  | { readonly kind: 'house' };

export type Listener = (news: News) => void;

const NOTICES_KEPT = 20;

/** Between the channels of the desk page and the windows that are open: whatever is published goes to all who listen. */
export class Hub {
  readonly #listeners = new Set<Listener>();
  #notices: readonly { readonly channel: string; readonly notice: Notice }[] = [];

  publish(news: News): void {
    if (news.kind === 'notice') this.#keep(news);
    for (const listener of [...this.#listeners]) listener(news);
  }

  /** The answer ends the listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The last notices to these channels, newest first. They are lost with the process: what they tell is in the journal. */
  notices(channels: readonly string[]): readonly Notice[] {
    return this.#notices.filter(({ channel }) => channels.includes(channel)).map(({ notice }) => notice);
  }

  /** A notice that is said twice (a repeated delivery) is kept once. */
  #keep({ channel, notice }: { readonly channel: string; readonly notice: Notice }): void {
    const others = this.#notices.filter((kept) => kept.notice.id !== notice.id);
    this.#notices = [{ channel, notice }, ...others].slice(0, NOTICES_KEPT);
  }
}
