import type { Duration } from '../../rota/instant.ts';

/** Nothing sleeps longer than this: a lost wake-up costs a second, not a page. */
export const LONGEST_SLEEP: Duration = 1000;

/** What a round of work says: there is more, or nothing is due for so long. */
export type Rest = 'more' | Duration;

/**
 * Does one kind of work again and again: at once while there is more, after a rest otherwise, sooner when woken. A round
 * that throws is told to `onFault` and tried again after the longest sleep.
 */
export class Loop {
  readonly #work: () => Promise<Rest>;
  readonly #onFault: (error: unknown) => void;
  #wake: () => void = () => undefined;
  #woken = false;
  #stopping = false;
  #done: Promise<void> | undefined;

  constructor(work: () => Promise<Rest>, onFault: (error: unknown) => void) {
    this.#work = work;
    this.#onFault = onFault;
  }

  start(): void {
    this.#done ??= this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Ends after the round that is running. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false;
      const rest = await this.#work().catch((error: unknown) => {
        this.#onFault(error);
        return LONGEST_SLEEP;
      });
      // Others get the event loop even when there is always more: the store answers without ever leaving it.
      if (rest === 'more') await new Promise<void>((resolve) => setImmediate(resolve));
      else if (!this.#woken && !this.#stopping) await this.#sleep(Math.min(rest, LONGEST_SLEEP));
    }
  }

  #sleep(duration: Duration): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, duration));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
