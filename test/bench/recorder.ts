import type { Config } from '../../src/config/config.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { DueAlarm } from '../../src/ports/queue.ts';
import type { Change, NewDelivery, RequestRow, Step } from '../../src/ports/steps.ts';
import { openMemoryStore } from '../../src/store/memory/store.ts';
import { birth } from '../support/birth.ts';

/**
 * A store that keeps nothing but the changes of the steps: to let the use cases decide what stands in the rows of many
 * requests, without a transaction for each. It knows the officers' methods, and of requests only the last one.
 */
export class Recorder {
  readonly store: Desk['store'];
  /** Last number by desk and year. */
  readonly counters: Map<string, number>;
  readonly #shortIds: Set<string>;
  #changes: Change[] = [];
  #request: RequestRow | undefined;

  private constructor(
    memory: Desk['store'],
    shortIds: Iterable<string>,
    counters: Iterable<readonly [string, number]>,
  ) {
    this.#shortIds = new Set(shortIds);
    this.counters = new Map(counters);
    const step = this.#step(memory);
    this.store = { ...memory, step: async (_owner, work) => work(step) };
  }

  static async open(
    config: Config,
    shortIds: Iterable<string>,
    counters: Iterable<readonly [string, number]>,
  ): Promise<Recorder> {
    const memory = await openMemoryStore(birth);
    for (const { methods } of config.officers) {
      await memory.seedMethods(
        undefined,
        methods.map((method) => ({ ...method, verified: true })),
      );
    }
    return new Recorder(memory, shortIds, counters);
  }

  /** How many short ids were ever taken. */
  get taken(): number {
    return this.#shortIds.size;
  }

  /** Alarms that the last change armed. */
  get alarms(): readonly DueAlarm[] {
    const { stream = '', alarms = [] } = this.#changes.at(-1) ?? {};
    return alarms.map((alarm) => ({ ...alarm, stream, failures: 0 }));
  }

  /** What the changes so far would have sent. */
  newDeliveries(): readonly NewDelivery[] {
    return this.#changes.flatMap(({ deliveries = [] }) => deliveries);
  }

  /** The changes since it was asked last. */
  take(): readonly Change[] {
    const taken = this.#changes;
    this.#changes = [];
    this.#request = undefined;
    return taken;
  }

  #step(memory: Desk['store']): Step {
    return {
      ...memory,
      request: async () => this.#request,
      lock: async () => this.#request,
      armed: async () => undefined,
      nextNumber: async (desk, year) => {
        const number = (this.counters.get(`${desk} ${year}`) ?? 0) + 1;
        this.counters.set(`${desk} ${year}`, number);
        return number;
      },
      takeShortId: async (candidates) => {
        const shortId = candidates.find((one) => !this.#shortIds.has(one));
        if (shortId === undefined) throw new Error('all short ids that were drawn are taken');
        this.#shortIds.add(shortId);
        return shortId;
      },
      shortIdsTaken: async () => this.#shortIds.size,
      finishDelivery: async () => true,
      save: async (change) => {
        this.#changes.push(change);
        if (change.request !== undefined) this.#request = { ...change.request, version: 0 };
      },
    };
  }
}
