import { type Duration, type Instant, instant, MINUTE, rfc3339 } from '../../rota/instant.ts';
import type { Actor } from '../journal/actor.ts';
import { type EntryDraft, readBody } from '../journal/entry.ts';
import { INSTALLATION } from '../journal/stream.ts';
import { RESTORED } from '../ports/backup.ts';
import type { Queue } from '../ports/queue.ts';
import type { StoredEntry } from '../ports/register.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { Desk } from './desk.ts';
import type { NoticeFor } from './house-notices.ts';
import { entriesOf, type JournalReading } from './journal-source.ts';
import { SYSTEM } from './settle.ts';

/** After a restore, unless the configuration says otherwise. */
export const USUAL_HOLD: Duration = 10 * MINUTE;
const HELD = 'paging.held/1';
const RESUMED = 'paging.resumed/1';
/** More than anybody reads in ten minutes. */
const MOST_LISTED = 200;

/** Paging is held: what was there at `since`, when the store was restored, does not ring before `until`. */
export type Hold = { readonly since: Instant; readonly until: Instant };

export type HeldParts = {
  readonly desk: Pick<Desk, 'store' | 'clock' | 'chance' | 'setups'>;
  readonly queue: Pick<Queue, 'holdAlarms' | 'freeAlarms'>;
  readonly reading: JournalReading;
  /** Of the installation: 1 was never restored. */
  readonly epoch: number;
  readonly length: () => Duration | undefined;
  readonly tell: (notice: NoticeFor) => void;
};

/**
 * After a restore nobody is woken for what others may have done in the time that was lost: what was open waits until
 * somebody has looked, but never for long. It stays armed, only its ringing waits; what comes in anew pages as ever. All of
 * it is in the store, so that it survives this process.
 */
export class Held {
  readonly #parts: HeldParts;
  #hold: Hold | undefined;

  constructor(parts: HeldParts) {
    this.#parts = parts;
  }

  /** To be called before anything rings. The first start after a restore begins the hold, a later one goes on with it. */
  async begin(): Promise<void> {
    const { epoch, queue, desk, length } = this.#parts;
    if (epoch === 1) return;
    const { restored, hold } = await this.#read();
    this.#hold = hold;
    if (restored === undefined) return;
    const now = desk.clock.now();
    const until = now + (length() ?? USUAL_HOLD);
    // Held first: cut short in between, the next start holds them anew.
    await queue.holdAlarms(until);
    await this.#write({ type: HELD, actor: SYSTEM, data: { until: rfc3339(until) } });
    this.#hold = { since: restored, until };
  }

  /** Says in the channels that paging is held, if it is. */
  async announce(): Promise<void> {
    const { desk, tell } = this.#parts;
    const hold = this.current();
    if (hold === undefined) return;
    const rows = await this.requests(desk.setups.desks().map(({ id }) => id));
    const shortIds = rows.map(({ shortId }) => shortId);
    const notice = {
      id: desk.chance.id(),
      at: desk.clock.now(),
      code: 'paging_held',
      shortIds,
      until: hold.until,
    } as const;
    tell(() => notice);
  }

  /** Undefined when nothing is held (any more). */
  current(): Hold | undefined {
    const hold = this.#hold;
    return hold !== undefined && this.#parts.desk.clock.now() < hold.until ? hold : undefined;
  }

  /** What is held on these desks: open or acknowledged since before the restore; most urgent first. */
  async requests(desks: readonly string[]): Promise<readonly RequestRow[]> {
    const hold = this.current();
    if (hold === undefined) return [];
    const rows = await this.#parts.desk.store.board(desks, ['open', 'acknowledged'], MOST_LISTED);
    return rows.filter(({ receivedAt }) => receivedAt < hold.since);
  }

  /** Paging goes on at once, most urgent first. False when nothing was held. */
  async resume(actor: Actor): Promise<boolean> {
    const hold = this.current();
    if (hold === undefined) return false;
    await this.#parts.queue.freeAlarms(hold.until);
    await this.#end(actor);
    return true;
  }

  /** Notes that the time is over; what was held rings by itself then. To be asked each minute. */
  async noteEnd(): Promise<void> {
    if (this.#hold !== undefined && this.current() === undefined) await this.#end(SYSTEM);
  }

  async #end(actor: Actor): Promise<void> {
    if (this.#hold === undefined) return;
    this.#hold = undefined;
    await this.#write({ type: RESUMED, actor, data: {} });
    const { desk, tell } = this.#parts;
    const notice = { id: desk.chance.id(), at: desk.clock.now(), code: 'paging_resumed' } as const;
    tell(() => notice);
  }

  async #write(entry: EntryDraft): Promise<void> {
    const { store, clock } = this.#parts.desk;
    const at = clock.now();
    await store.step(INSTALLATION, (step) => step.save({ stream: INSTALLATION, at, entries: [entry] }));
  }

  /** `restored`: when, if no start has followed that restore yet. */
  async #read(): Promise<{ readonly restored?: Instant; readonly hold?: Hold }> {
    let restored: Instant | undefined;
    let held: StoredEntry | undefined;
    let isOver = false;
    for await (const entry of entriesOf(this.#parts.reading, INSTALLATION)) {
      if (entry.type === RESTORED) [restored, held, isOver] = [entry.at, undefined, false];
      if (entry.type === HELD) held = entry;
      if (entry.type === RESUMED) isOver = true;
    }
    if (restored === undefined || isOver) return {};
    return held === undefined ? { restored } : { hold: { since: restored, until: untilIn(held) } };
  }
}

function untilIn({ body }: StoredEntry): Instant {
  return instant(String(readBody(body)?.data['until']));
}
