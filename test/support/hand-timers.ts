import type { Duration } from '../../rota/instant.ts';
import type { Timers } from '../../src/ports/timers.ts';
import type { SetClock } from './crank.ts';

type Waiting = { readonly until: number; readonly done: () => void };

/** Timers on a set clock: they run out when the clock is moved by `pass`, in order, and each one's work goes first. */
export class HandTimers implements Timers {
  readonly #clock: SetClock;
  #waiting: Waiting[] = [];

  constructor(clock: SetClock) {
    this.#clock = clock;
  }

  async wait(duration: Duration, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    await new Promise<void>((done) => {
      this.#waiting.push({ until: this.#clock.now() + duration, done });
      signal?.addEventListener('abort', () => done(), { once: true });
    });
  }

  /** Lets so much time pass. */
  async pass(duration: Duration): Promise<void> {
    const end = this.#clock.now() + duration;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#waiting = this.#waiting.filter((one) => one !== next);
      this.#clock.set(next.until);
      next.done();
      await settled();
    }
    this.#clock.set(end);
  }

  #next(end: number): Waiting | undefined {
    return this.#waiting.filter(({ until }) => until <= end).sort((a, b) => a.until - b.until)[0];
  }
}

/** Until what follows from a promise without the outside world has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
