import type { Instant } from '../../rota/instant.ts';
import { acknowledgeAll, passAll } from '../../src/desk/acknowledge-all.ts';
import { act } from '../../src/desk/act.ts';
import { changeDuty, type WantedDuty } from '../../src/desk/change-duty.ts';
import type { Said } from '../../src/desk/command-of.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { Incoming, Origin, Received } from '../../src/desk/incoming.ts';
import { receive } from '../../src/desk/receive.ts';
import { armRota } from '../../src/desk/rota-event.ts';
import type { Setups } from '../../src/desk/setup.ts';
import { ringDue } from '../../src/engine/alarms.ts';
import { channelMethod } from '../../src/engine/channel-method.ts';
import { Dispatcher } from '../../src/engine/dispatcher.ts';
import { showDue } from '../../src/engine/views.ts';
import type { Chance } from '../../src/ports/chance.ts';
import type { Channel } from '../../src/ports/channel.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Method } from '../../src/ports/method.ts';
import type { NodeBoot } from '../../src/ports/queue.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Timers } from '../../src/ports/timers.ts';
import type { CommandType } from '../../src/request/command.ts';
import { drawShortIds } from '../../src/request/short-id.ts';
import { Crash, type Gate } from './gate.ts';
import { RoomDown } from './weather.ts';

export type HouseParts = {
  readonly store: Store;
  readonly setups: Setups;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly timers: Timers;
  readonly methods: readonly Method[];
  readonly channels: ReadonlyMap<string, Channel>;
  readonly by: NodeBoot;
  readonly gate: Gate;
  /** An error that nobody expected. */
  readonly onFault: (error: unknown, work: string) => void;
};

const BATCH = 50;
/** More rounds of work in one moment than any storm needs. */
const MOST_ROUNDS = 2000;

/** One running process: the real use cases and engine, turned by the set clock. It dies at its gate. */
export class House {
  readonly #parts: HouseParts;
  readonly #desk: Desk;
  readonly #queue: Store;
  readonly #dispatcher: Dispatcher;

  constructor(parts: HouseParts) {
    this.#parts = parts;
    const { store, setups, clock, chance, timers, methods, channels, by, gate } = parts;
    this.#desk = { store, setups, clock, chance, key: store.installation.key };
    this.#queue = {
      ...store,
      claimDeliveries: async (...claiming) => {
        const claims = await store.claimDeliveries(...claiming);
        if (claims.length > 0) gate.pass('claimed');
        return claims;
      },
    };
    const ways = [...methods, channelMethod(channels)].map((method) => throughGate(method, gate));
    this.#dispatcher = new Dispatcher({
      desk: this.#desk,
      queue: this.#queue,
      methods: new Map(ways.map((method) => [method.type, method])),
      by,
      ids: { id: chance.id, shortIds: () => drawShortIds(chance.bytes, 0) },
      observe: {
        handedOver: () => undefined,
        failed: () => undefined,
        fault: (error, id) => this.#fault(error, `delivery ${id}`),
      },
      timers,
    });
  }

  /** As the engine starts, and with the rota's alarms armed. */
  async start(): Promise<void> {
    const { by, clock, setups } = this.#parts;
    await this.#queue.beat(by, clock.now(), setups.newest());
    await this.#queue.releaseStale(by, clock.now());
    for (const setup of setups.desks()) await armRota(this.#desk, setup);
  }

  /** Does all that is due at this moment and what follows from it, until everything waits; when the next thing is due. */
  async work(): Promise<Instant | undefined> {
    const { clock } = this.#parts;
    try {
      for (let round = 0; round < MOST_ROUNDS; round++) {
        const due = await this.#queue.nextDue();
        if (due === undefined || due > clock.now()) return due;
        const done = await this.#workOnce();
        await rest();
        if (done === 0 && (await this.#show()) === 0) return due;
      }
      throw new Error('the engine does not come to rest');
    } catch (error) {
      this.#fault(error, 'engine');
      return undefined;
    }
  }

  async #workOnce(): Promise<number> {
    const { clock } = this.#parts;
    const observe = { rang: () => undefined, fault: (error: unknown) => this.#fault(error, 'alarm') };
    const rung = await ringDue(this.#desk, this.#queue, clock.now(), BATCH, observe, () => undefined);
    return rung + (await this.#dispatcher.claim(clock.now(), BATCH));
  }

  #show(): Promise<number> {
    const { channels, by, clock } = this.#parts;
    // A room that is down throws as a vendor's adapter may: the card stays due.
    return showDue(this.#desk, this.#queue, channels, by, clock.now(), BATCH, (error) => {
      if (!(error instanceof RoomDown)) this.#fault(error, 'card');
    });
  }

  /** The sender hears of it only when the process lives until it has answered. */
  async receive(origin: Origin, incoming: Incoming): Promise<Received> {
    const received = await receive(this.#desk, origin, incoming);
    this.#parts.gate.pass('answer');
    return received;
  }

  act(requestId: string, type: CommandType, said: Said, by: string) {
    return act(this.#desk, requestId, type, said, by);
  }

  async requestsOf(shortId: string): Promise<readonly string[]> {
    return (await this.#desk.store.byShortId(shortId))?.requests ?? [];
  }

  acknowledgeAll(shortId: string, by: string) {
    return acknowledgeAll(this.#desk, shortId, by);
  }

  passAll(shortId: string, by: string) {
    return passAll(this.#desk, shortId, by);
  }

  changeDuty(desk: string, wanted: WantedDuty, by: string) {
    return changeDuty(this.#desk, desk, wanted, by);
  }

  /** Nothing of it goes on; what is in flight is given up. */
  die(): void {
    this.#dispatcher.abort();
  }

  #fault(error: unknown, work: string): void {
    if (!(error instanceof Crash) && !this.#parts.gate.isDead) this.#parts.onFault(error, work);
  }
}

/** Lets everything run that waits neither for the clock nor for somebody outside. */
export function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A dead process hands nothing over and hears of nothing. */
function throughGate(method: Method, gate: Gate): Method {
  return {
    ...method,
    send: async (page, signal) => {
      gate.pass('send');
      const result = await method.send(page, signal);
      gate.pass('sent');
      return result;
    },
  };
}
