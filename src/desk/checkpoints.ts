import type { Instant } from '../../rota/instant.ts';
import type { Actor } from '../journal/actor.ts';
import { CHECKPOINT_TAKEN, checkpointText } from '../journal/checkpoint.ts';
import { INSTALLATION } from '../journal/stream.ts';
import { takeCheckpoint } from './checkpoint.ts';
import type { Desk } from './desk.ts';
import { checkpointNotice, type NoticeFor } from './house-notices.ts';
import { entriesOf, type JournalReading } from './journal-source.ts';
import { SYSTEM } from './settle.ts';

/** A checkpoint that was taken: its line, and when. */
export type Taken = { readonly line: string; readonly at: Instant };

/** Takes checkpoints, on demand and after a closing, and tells everybody their lines. */
export class Checkpoints {
  readonly #desk: Desk;
  readonly #reading: JournalReading;
  readonly #tell: (notice: NoticeFor) => void;
  #isDue = false;
  #read = 0;
  #last: Taken | undefined;

  constructor(desk: Desk, reading: JournalReading, tell: (notice: NoticeFor) => void) {
    this.#desk = desk;
    this.#reading = reading;
    this.#tell = tell;
  }

  /** Takes one and answers its line; the channels are told it. */
  async take(actor: Actor): Promise<string> {
    const line = await takeCheckpoint(this.#desk, this.#reading, actor);
    this.#tell(checkpointNotice(this.#desk.chance.id(), this.#desk.clock.now(), line));
    return line;
  }

  /**
   * A request was closed: a checkpoint is to follow soon, one for all that are closed until then. Kept in memory only: after
   * a crash the daily one covers it.
   */
  closed(): void {
    this.#isDue = true;
  }

  /** Takes the one that is to follow. Costs nothing when nothing was closed; one that cannot be taken stays due. */
  async takeDue(): Promise<void> {
    if (!this.#isDue) return;
    this.#isDue = false;
    try {
      await this.take(SYSTEM);
    } catch (error) {
      this.#isDue = true;
      throw error;
    }
  }

  /** The newest one in the journal, whoever took it; undefined before the first. Each entry is read once. */
  async last(): Promise<Taken | undefined> {
    let read = this.#read;
    let last = this.#last;
    for await (const entry of entriesOf(this.#reading, INSTALLATION, read + 1)) {
      read = entry.n;
      if (entry.type === CHECKPOINT_TAKEN) last = { line: checkpointText(entry), at: entry.at };
    }
    // Several pages may ask at a time: who has come less far must not take back what another has found.
    if (read > this.#read) {
      this.#read = read;
      this.#last = last;
    }
    return this.#last;
  }
}
