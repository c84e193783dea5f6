import { type Duration, type Instant, SECOND } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Channel } from '../ports/channel.ts';
import type { Nodes } from '../ports/nodes.ts';
import type { Queue } from '../ports/queue.ts';
import { type AlarmObserver, ringDue } from './alarms.ts';
import { Dispatcher, type DispatcherParts } from './dispatcher.ts';
import { LONGEST_SLEEP, Loop, type Rest } from './loop.ts';
import { showDue } from './views.ts';

/** A node silent for so long has lost its claims and leases. */
const SILENT: Duration = 3 * SECOND;
const BATCH = 50;
/** At most so many attempts are on their way at once. */
const MOST_IN_FLIGHT = 200;

export type EngineParts = Omit<DispatcherParts, 'queue'> & {
  readonly queue: Queue & Nodes;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly alarms: AlarmObserver;
  readonly onFault: (error: unknown, work: string) => void;
};

/** What happens without a person: alarms ring, pages leave, cards follow, the node beats. */
export class Engine {
  readonly #parts: EngineParts;
  readonly #dispatcher: Dispatcher;
  readonly #loops: Readonly<Record<'alarms' | 'deliveries' | 'views' | 'beat', Loop>>;
  #lastBeat: Instant | undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#dispatcher = new Dispatcher(parts);
    const loop = (name: string, work: () => Promise<Rest>) => new Loop(work, (error) => parts.onFault(error, name));
    this.#loops = {
      beat: loop('beat', () => this.#beat()),
      alarms: loop('alarms', () => this.#ringAlarms()),
      deliveries: loop('deliveries', () => this.#deliver()),
      views: loop('views', () => this.#showViews()),
    };
  }

  /** Frees what an earlier boot of this node left claimed, then starts all loops. */
  async start(): Promise<void> {
    const { queue, by, desk } = this.#parts;
    await this.#beat();
    await queue.releaseStale(by, desk.clock.now() - SILENT);
    for (const loop of Object.values(this.#loops)) loop.start();
  }

  /** Something was committed: there may be work. */
  nudge(): void {
    this.#loops.deliveries.wake();
    this.#loops.views.wake();
    this.#loops.alarms.wake();
  }

  /** A request was answered: what is still ringing for it is taken back. */
  recall(requestId: string): void {
    this.#dispatcher.recall(requestId).catch((error: unknown) => this.#parts.onFault(error, 'recall'));
  }

  /** The officer can be reached this way again: what waits to be tried there once more goes now. */
  reachable(officer: OfficerId, methodType: string): void {
    const { queue, desk, onFault } = this.#parts;
    queue.hasten(officer, methodType, desk.clock.now()).then(
      (pages) => (pages > 0 ? this.#loops.deliveries.wake() : undefined),
      (error: unknown) => onFault(error, 'hasten'),
    );
  }

  /** When the node last beat, for /readyz. */
  get lastBeat(): Instant | undefined {
    return this.#lastBeat;
  }

  /** Takes on nothing more and waits for what is in flight, at most `grace`. */
  async stop(grace: Duration): Promise<void> {
    await Promise.all(Object.values(this.#loops).map((loop) => loop.stop()));
    const giveUp = setTimeout(() => this.#dispatcher.abort(), grace);
    await this.#dispatcher.drain();
    clearTimeout(giveUp);
  }

  async #ringAlarms(): Promise<Rest> {
    const { desk, queue, alarms } = this.#parts;
    const rung = await ringDue(desk, queue, desk.clock.now(), BATCH, alarms, () => this.#loops.deliveries.wake());
    if (rung > 0) this.#loops.views.wake();
    return rung === BATCH ? 'more' : this.#rest();
  }

  async #deliver(): Promise<Rest> {
    if (this.#dispatcher.inFlight >= MOST_IN_FLIGHT) return LONGEST_SLEEP / 10;
    const claims = await this.#dispatcher.claim(this.#parts.desk.clock.now(), BATCH);
    return claims >= BATCH ? 'more' : this.#rest();
  }

  /** Messages before views: cards wait while pages are still to be claimed. */
  async #showViews(): Promise<Rest> {
    const { desk, queue, channels, by, onFault } = this.#parts;
    const fault = (error: unknown, channel: string) => onFault(error, `channel ${channel}`);
    const shown = await showDue(desk, queue, channels, by, desk.clock.now(), BATCH, fault);
    return shown >= BATCH ? 'more' : LONGEST_SLEEP;
  }

  async #rest(): Promise<Duration> {
    const next = await this.#parts.queue.nextDue();
    return next === undefined ? LONGEST_SLEEP : Math.max(0, next - this.#parts.desk.clock.now());
  }

  async #beat(): Promise<Rest> {
    const { queue, by, desk } = this.#parts;
    const now = desk.clock.now();
    await queue.beat(by, now, desk.setups.newest());
    this.#lastBeat = now;
    return LONGEST_SLEEP;
  }
}
