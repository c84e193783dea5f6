import { type Duration, type Instant, SECOND } from '../../rota/instant.ts';
import type { Channel } from '../../src/ports/channel.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Method, PageMessage, SendResult } from '../../src/ports/method.ts';
import type { Agenda } from './agenda.ts';
import { METHOD_TYPES, type MethodType } from './desks.ts';
import type { Random } from './random.ts';
import { type Health, RoomDown, type Weather } from './weather.ts';

export type PagerParts = {
  readonly agenda: Agenda;
  readonly clock: Clock;
  readonly random: Random;
  readonly weather: Weather;
  /** A page really rings. */
  readonly ring: (page: PageMessage, methodType: MethodType) => void;
};

const TIMEOUTS: Readonly<Record<MethodType, Duration>> = { pager: 5 * SECOND, sms: 15 * SECOND, voice: 30 * SECOND };

/** The far side of all methods. It outlives the house: what it has taken it rings, whatever becomes of the sender. */
export class Pager {
  readonly #parts: PagerParts;
  readonly #taken = new Set<string>();

  constructor(parts: PagerParts) {
    this.#parts = parts;
  }

  methods(): readonly Method[] {
    return METHOD_TYPES.map((type) => ({
      type,
      timeout: TIMEOUTS[type],
      send: (page) => this.#send(type, page),
      // The pager is asked nothing: it confirms, or it does not.
      ...(type === 'pager' ? {} : { lookUp: async ({ id }: PageMessage) => this.#lookUp(type, id) }),
    }));
  }

  /** A room where the cards are shown; like a provider it is sometimes away. */
  room(id: string, disclosure: Channel['disclosure']): Channel {
    const reach = () => {
      const health = this.#health('room', id);
      if (health !== 'fine' && health !== 'lying' && health !== 'slow') throw new RoomDown();
    };
    return {
      id,
      disclosure,
      show: async ({ requestId }) => {
        reach();
        return { ref: requestId };
      },
      say: async () => reach(),
    };
  }

  async #send(type: MethodType, page: PageMessage): Promise<SendResult> {
    const { random } = this.#parts;
    switch (this.#health(type, page.address)) {
      case 'fine':
        this.#rings(type, page, random.between(0, 2 * SECOND));
        return this.#answers({ result: 'handed_over' }, random.happens(0.5) ? 0 : random.between(20, 900));
      case 'slow': {
        const late = random.between(SECOND, Math.round(1.6 * TIMEOUTS[type]));
        this.#rings(type, page, late);
        return this.#answers({ result: 'handed_over' }, late);
      }
      case 'lost':
        this.#rings(type, page, SECOND);
        return this.#answers({ result: 'unknown', code: 'answer_lost' }, random.between(100, 3 * SECOND));
      case 'lying':
        return { result: 'handed_over' };
      case 'down':
        return { result: 'temporary', code: 'down', ...(random.happens(0.3) ? { retryAfter: 30 * SECOND } : {}) };
      case 'refusing':
        return { result: 'permanent', code: 'wrong_number' };
      case 'crashing':
        throw new Error('the adapter has a fault');
    }
  }

  async #lookUp(type: MethodType, id: string): Promise<'taken' | 'not_taken' | 'unknown'> {
    if (this.#health(type, '') === 'down') return 'unknown';
    return this.#taken.has(id) ? 'taken' : 'not_taken';
  }

  #rings(type: MethodType, page: PageMessage, after: Duration): void {
    const { agenda, ring } = this.#parts;
    this.#taken.add(page.id);
    agenda.note(this.#now() + after, () => ring(page, type));
  }

  #answers(result: SendResult, after: Duration): Promise<SendResult> {
    if (after === 0) return Promise.resolve(result);
    return new Promise((resolve) => this.#parts.agenda.note(this.#now() + after, () => resolve(result)));
  }

  #health(type: string, address: string): Health {
    return this.#parts.weather.of(type, address, this.#now());
  }

  #now(): Instant {
    return this.#parts.clock.now();
  }
}
