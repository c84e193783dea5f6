import type { Instant } from '../../rota/instant.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Timers } from '../../src/ports/timers.ts';
import { Heap } from './heap.ts';

type Appointment = { readonly at: Instant; readonly order: number; run: (() => unknown) | undefined };

/** What is going to happen outside of the house, on the set clock: first what is due first, then what was noted first. */
export class Agenda {
  readonly #appointments = new Heap<Appointment>((a, b) => a.at < b.at || (a.at === b.at && a.order < b.order));
  #noted = 0;

  /** Notes what is to happen; what it returns takes it off again. */
  note(at: Instant, run: () => unknown): () => void {
    const appointment: Appointment = { at, order: this.#noted++, run };
    this.#appointments.add(appointment);
    return () => {
      appointment.run = undefined;
    };
  }

  /** When the next thing happens; undefined when nothing will. */
  get next(): Instant | undefined {
    for (let { first } = this.#appointments; first !== undefined; { first } = this.#appointments) {
      if (first.run !== undefined) return first.at;
      this.#appointments.takeFirst();
    }
    return undefined;
  }

  /** Takes off, one after the other, what is due. */
  *due(now: Instant): Generator<() => unknown> {
    while ((this.next ?? Number.POSITIVE_INFINITY) <= now) {
      const run = this.#appointments.takeFirst()?.run;
      if (run !== undefined) yield run;
    }
  }
}

/** Waiting on the set clock. What waits when the process dies waits for ever. */
export function agendaTimers(agenda: Agenda, clock: Clock): Timers {
  return {
    wait: (duration, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const takeOff = agenda.note(clock.now() + duration, resolve);
        signal?.addEventListener(
          'abort',
          () => {
            takeOff();
            resolve();
          },
          { once: true },
        );
      }),
  };
}
