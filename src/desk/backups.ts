import { type Duration, HOUR, type Instant } from '../../rota/instant.ts';
import type { Actor } from '../journal/actor.ts';
import { readBody } from '../journal/entry.ts';
import { INSTALLATION } from '../journal/stream.ts';
import {
  type BackupFolder,
  BackupRefused,
  type Copier,
  type CopyMade,
  type CopyOrder,
  RESTORED,
} from '../ports/backup.ts';
import { backupName, type KeepRule, superfluous } from './backup-keep.ts';
import { lastTimeOfDay } from './backup-times.ts';
import type { Desk } from './desk.ts';
import { backupNotice, type NoticeFor } from './house-notices.ts';
import { entriesOf, type JournalReading } from './journal-source.ts';
import { SYSTEM } from './settle.ts';

/** The type of the entry in the stream `installation` that tells of a backup. */
export const BACKUP_MADE = 'backup.made/1';

/** What the configuration says of backups. */
export type BackupPlan = {
  /** Where the scheduled ones go; absent: none is scheduled. */
  readonly folder?: string;
  /** Time of day at the first desk. */
  readonly at: string;
  readonly keep: KeepRule;
  readonly recipient?: string;
};

/** `overdue`: backups are scheduled, and for longer than a day and two hours there was none. */
export type BackupTrouble = 'failed' | 'overdue';

const OVERDUE: Duration = 26 * HOUR;
/** One that failed is tried again. */
const AGAIN: Duration = HOUR;

/** Where a backup goes, and to whom it is encrypted. */
export type Where = Pick<CopyOrder, 'file' | 'recipient'>;

export type BackupParts = {
  readonly desk: Pick<Desk, 'store' | 'clock' | 'chance' | 'setups'>;
  readonly reading: JournalReading;
  /** Undefined where the database has its own backups. */
  readonly copier: Copier | undefined;
  readonly folder: BackupFolder;
  /** Takes a checkpoint and answers its line. */
  readonly checkpoint: (actor: Actor) => Promise<string>;
  /** What the configuration in force says. */
  readonly plan: () => BackupPlan | undefined;
  readonly tell: (notice: NoticeFor) => void;
  readonly onFault: (error: unknown) => void;
};

type Known = {
  readonly last: Instant | undefined;
  readonly scheduled: Instant | undefined;
  /** The same, unless the store was restored since: what is to be kept then has another end. */
  readonly covered: Instant | undefined;
};

/** Makes backups, on demand and as they are scheduled, and knows how old the newest one is. */
export class Backups {
  readonly #parts: BackupParts;
  readonly #since: Instant;
  #read = 0;
  #known: Known = { last: undefined, scheduled: undefined, covered: undefined };
  #failedAt: Instant | undefined;
  #told: BackupTrouble | undefined;

  constructor(parts: BackupParts) {
    this.#parts = parts;
    this.#since = parts.desk.clock.now();
  }

  /**
   * Makes one, with a checkpoint before it, and journals it. Where the order names no recipient, that of the
   * configuration. Throws `BackupRefused`.
   */
  async make({ file, recipient }: Where, actor: Actor): Promise<CopyMade> {
    return this.#make({ file, ...sealedTo(recipient ?? this.#parts.plan()?.recipient) }, actor, false);
  }

  /** Makes the scheduled one, unless it was made, and removes what the keep rule lets go. To be asked each minute. */
  async makeDue(): Promise<void> {
    const { desk, plan, copier } = this.#parts;
    const { folder, at, keep, recipient } = plan() ?? {};
    if (copier === undefined || folder === undefined || at === undefined || keep === undefined) return;
    const now = desk.clock.now();
    const { covered } = await this.#catchUp();
    const zone = desk.setups.desks()[0]?.zone ?? 'UTC';
    const isMade = covered !== undefined && covered >= lastTimeOfDay(at, zone, now);
    const isTooSoon = this.#failedAt !== undefined && now - this.#failedAt < AGAIN;
    if (!isMade && !isTooSoon) await this.#makeIn(folder, keep, recipient, now);
    await this.#tellTrouble();
  }

  /** For how long there was no backup; undefined when there never was one. */
  async age(): Promise<Duration | undefined> {
    const { last } = await this.#catchUp();
    return last === undefined ? undefined : Math.max(0, this.#parts.desk.clock.now() - last);
  }

  /** What somebody should look at; undefined where none is scheduled, or all is well. */
  async trouble(): Promise<BackupTrouble | undefined> {
    const { plan, copier, desk } = this.#parts;
    if (copier === undefined || plan()?.folder === undefined) return undefined;
    const { scheduled } = await this.#catchUp();
    // A desk that has just begun to make backups, or comes back after days, first has time to make one.
    if (desk.clock.now() - Math.max(scheduled ?? 0, this.#since) >= OVERDUE) return 'overdue';
    return this.#failedAt === undefined ? undefined : 'failed';
  }

  async #makeIn(folder: string, keep: KeepRule, recipient: string | undefined, now: Instant): Promise<void> {
    const { folder: files, reading, onFault } = this.#parts;
    try {
      await files.names(folder);
      const file = `${folder}/${backupName(reading.installation, now, recipient !== undefined)}`;
      await this.#make({ file, ...sealedTo(recipient) }, SYSTEM, true);
      this.#failedAt = undefined;
      for (const name of superfluous(await files.names(folder), reading.installation, keep)) {
        await files.remove(folder, name);
      }
    } catch (error) {
      this.#failedAt = now;
      onFault(error);
    }
  }

  async #make(where: Where, actor: Actor, scheduled: boolean): Promise<CopyMade> {
    const { copier, checkpoint, desk } = this.#parts;
    if (copier === undefined) throw new BackupRefused('postgresql');
    return makeBackup(desk, copier, { ...where, checkpoint: () => checkpoint(actor) }, actor, scheduled);
  }

  /** Once, until it is well again or something else is wrong. */
  async #tellTrouble(): Promise<void> {
    const { desk, tell } = this.#parts;
    const trouble = await this.trouble();
    if (trouble !== undefined && trouble !== this.#told) {
      tell(backupNotice(desk.chance.id(), desk.clock.now(), trouble, desk.setups));
    }
    this.#told = trouble;
  }

  /** Each entry is read once. */
  async #catchUp(): Promise<Known> {
    let read = this.#read;
    let known = this.#known;
    for await (const { n, type, at, body } of entriesOf(this.#parts.reading, INSTALLATION, read + 1)) {
      read = n;
      if (type === BACKUP_MADE) known = isScheduled(body) ? all(at) : { ...known, last: at };
      if (type === RESTORED) known = { ...known, covered: undefined };
    }
    // Several may ask at a time: who has come less far must not take back what another has found.
    if (read > this.#read) {
      this.#read = read;
      this.#known = known;
    }
    return this.#known;
  }
}

const all = (at: Instant): Known => ({ last: at, scheduled: at, covered: at });

function isScheduled(body: string): boolean {
  return readBody(body)?.data['scheduled'] === true;
}

function sealedTo(recipient: string | undefined): Pick<CopyOrder, 'recipient'> {
  return recipient === undefined ? {} : { recipient };
}

/** One backup, journalled. */
export async function makeBackup(
  { store, clock }: Pick<Desk, 'store' | 'clock'>,
  copier: Copier,
  order: CopyOrder,
  actor: Actor,
  scheduled = false,
): Promise<CopyMade> {
  const made = await copier.copy(order);
  const { bytes, sha256, entries } = made;
  const data = { bytes, sha256, entries, sealed: order.recipient !== undefined, scheduled };
  const entry = { type: BACKUP_MADE, actor, data };
  await store.step(INSTALLATION, (step) => step.save({ stream: INSTALLATION, at: clock.now(), entries: [entry] }));
  return made;
}
