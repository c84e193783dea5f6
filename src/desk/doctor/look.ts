import type { Instant } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import type { JournalReading } from '../journal-source.ts';
import type { DeskSetup } from '../setup.ts';

/** What the checks that need the store look at. */
export type Look = {
  readonly reading: JournalReading;
  /** As the revision in force has them. */
  readonly desks: readonly DeskSetup[];
  readonly now: Instant;
  /** Whether the store makes backups itself; PostgreSQL has its own. */
  readonly ownBackups: boolean;
  /** Backups are scheduled. */
  readonly scheduled: boolean;
  /** Types of methods that this release can ring. */
  readonly ringing: readonly string[];
  /** Only in a running process. */
  readonly reach?: Reach;
};

export type Reach = {
  /** A page on one of the officer's pagers would be noticed. */
  readonly pager: (officer: OfficerId) => boolean;
  /** Somebody has the board of the desk open. */
  readonly board: (desk: string) => boolean;
};
