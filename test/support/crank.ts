import type { Instant } from '../../rota/instant.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { ringDue } from '../../src/engine/alarms.ts';
import { Dispatcher } from '../../src/engine/dispatcher.ts';
import { showDue } from '../../src/engine/views.ts';
import type { Channel } from '../../src/ports/channel.ts';
import type { Method } from '../../src/ports/method.ts';
import type { NodeBoot, Queue } from '../../src/ports/queue.ts';
import { drawShortIds } from '../../src/request/short-id.ts';

/** A clock that only moves when it is told to. */
export class SetClock {
  #now: Instant;
  constructor(now: Instant) {
    this.#now = now;
  }
  now(): Instant {
    return this.#now;
  }
  set(now: Instant): void {
    this.#now = Math.max(this.#now, now);
  }
}

export type CrankParts = {
  readonly desk: Desk;
  readonly queue: Queue;
  readonly clock: SetClock;
  readonly methods: ReadonlyMap<string, Method>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly by: NodeBoot;
  readonly onFault: (error: unknown, work: string) => void;
};

const BATCH = 100;

/** The real engine without its loops and timers: turned by hand from one due time to the next on a set clock. */
export class Crank {
  readonly #parts: CrankParts;
  readonly #dispatcher: Dispatcher;

  constructor(parts: CrankParts) {
    this.#parts = parts;
    const { desk, queue, methods, by, onFault } = parts;
    this.#dispatcher = new Dispatcher({
      desk,
      queue,
      methods,
      by,
      ids: { id: desk.chance.id, shortIds: () => drawShortIds(desk.chance.bytes, 0) },
      observe: {
        handedOver: () => undefined,
        failed: () => undefined,
        fault: (error, id) => onFault(error, `delivery ${id}`),
      },
      // Fake providers answer at once: nothing ever waits.
      timers: { wait: () => new Promise(() => undefined) },
    });
  }

  /** Does all that is due at this moment and what follows from it. */
  async settle(): Promise<void> {
    const { desk, queue, clock, channels, by, onFault } = this.#parts;
    const observe = { rang: () => undefined, fault: (error: unknown) => onFault(error, 'alarm') };
    for (let busy = true; busy; ) {
      const rung = await ringDue(desk, queue, clock.now(), BATCH, observe, () => undefined);
      const claimed = await this.#dispatcher.claim(clock.now(), BATCH);
      await this.#dispatcher.drain();
      busy = rung + claimed > 0;
    }
    await showDue(desk, queue, channels, by, clock.now(), BATCH, onFault);
  }

  /** Lets time pass until `until`, stopping wherever something is due. */
  async advance(until: Instant): Promise<void> {
    const { queue, clock } = this.#parts;
    await this.settle();
    for (let next = await queue.nextDue(); next !== undefined && next <= until; next = await queue.nextDue()) {
      if (next > clock.now()) clock.set(next);
      await this.settle();
    }
    clock.set(until);
  }
}
