import { type Duration, SECOND } from '../../rota/instant.ts';
import type { NoticeFor } from '../desk/house-notices.ts';
import type { Channel, HouseNotice } from '../ports/channel.ts';
import type { Timers } from '../ports/timers.ts';

/** Waits before it is tried again; after the last one it is given up. */
const RETRY_AFTER: readonly Duration[] = [1, 5, 30, 120].map((seconds) => seconds * SECOND);

/**
 * Tells the channels what concerns the house. It is no delivery: nobody is paged by it, and what it tells is in the journal.
 * A channel that cannot take it is tried a few times more, in the background, so that nothing waits for it.
 */
export class HouseTeller {
  readonly #channels: ReadonlyMap<string, Channel>;
  readonly #timers: Timers;
  readonly #onFault: (error: unknown, channel: string) => void;
  readonly #stopped = new AbortController();

  constructor(
    channels: ReadonlyMap<string, Channel>,
    timers: Timers,
    onFault: (error: unknown, channel: string) => void,
  ) {
    this.#channels = channels;
    this.#timers = timers;
    this.#onFault = onFault;
  }

  /** Every channel there is now, each by itself. Never throws and does not wait. */
  tell(notice: NoticeFor): void {
    for (const id of this.#channels.keys()) void this.#say(id, notice(id));
  }

  /** What waits to be tried again is given up. */
  stop(): void {
    this.#stopped.abort();
  }

  async #say(id: string, notice: HouseNotice): Promise<void> {
    const { signal } = this.#stopped;
    for (const wait of [...RETRY_AFTER, undefined]) {
      try {
        // One that is not configured any more need not be told.
        await this.#channels.get(id)?.say(notice);
        return;
      } catch (error) {
        this.#onFault(error, id);
      }
      if (wait !== undefined) await this.#timers.wait(wait, signal);
      if (signal.aborted) return;
    }
  }
}
