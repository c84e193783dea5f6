import { resolve } from 'node:path';
import { type BackupPlan, Backups } from './desk/backups.ts';
import type { Checkpoints } from './desk/checkpoints.ts';
import type { Desk } from './desk/desk.ts';
import { Held } from './desk/held.ts';
import type { NoticeFor } from './desk/house-notices.ts';
import type { JournalReading } from './desk/journal-source.ts';
import type { AppliedRevisions } from './desk/revisions.ts';
import type { StandingJob } from './engine/standing-jobs.ts';
import type { HouseTeller } from './engine/tell-house.ts';
import { BackupRefused } from './ports/backup.ts';
import type { Store } from './ports/store.ts';
import { backupFolder } from './store/backup-folder.ts';
import type { CareParts } from './web/admin-care.ts';
import type { HealthParts } from './web/health.ts';
import type { Log } from './web/log.ts';
import type { HeldFacts } from './web/page-parts.ts';

const EACH_MINUTE = '* * * * *';

type Parts = {
  readonly desk: Desk;
  readonly store: Store;
  readonly setups: AppliedRevisions;
  readonly reading: JournalReading;
  readonly checkpoints: Checkpoints;
  readonly teller: HouseTeller;
  readonly nudge: () => void;
  readonly log: Log;
};

/** Backups, and the hold after a restore, as the rest of the process sees them. */
export type Care = {
  /** Before anything rings. */
  begin(): Promise<void>;
  /** Once people can be told; a backup that was missed while nothing ran is begun. */
  announce(): Promise<void>;
  stop(): void;
  readonly jobs: readonly StandingJob[];
  readonly admin: CareParts;
  readonly warnings: NonNullable<HealthParts['warnings']>;
  readonly held: HeldFacts;
  /** Age of the newest backup. */
  readonly backupAge: () => Promise<number | undefined>;
};

export function careOf(parts: Parts): Care {
  const { desk, store, setups, reading, checkpoints, teller, nudge, log } = parts;
  const tell = (notice: NoticeFor) => teller.tell(notice);
  const configured = () => setups.config()?.backup;
  let stopped = false;
  const onFault = (error: unknown) => {
    if (!stopped) log.error({ err: error, work: 'backup' }, `the backup failed: ${reasonIn(error)}`);
  };
  const backups = new Backups({
    desk,
    reading,
    copier: store.copier,
    folder: backupFolder,
    checkpoint: (actor) => checkpoints.take(actor),
    plan: () => planOf(configured()),
    tell,
    onFault,
  });
  const backupDue = alone(() => backups.makeDue().catch(onFault));
  const { epoch } = store.installation;
  const held = new Held({ desk, queue: store, reading, epoch, length: () => configured()?.hold, tell });
  const resume: CareParts['resume'] = async (actor) => {
    const isResumed = await held.resume(actor);
    nudge();
    return isResumed;
  };
  return {
    begin: () => held.begin(),
    announce: async () => {
      await held.announce();
      await backupDue();
    },
    stop: () => {
      stopped = true;
    },
    jobs: [
      { name: 'scheduled backup', when: EACH_MINUTE, run: backupDue },
      { name: 'end of a hold', when: EACH_MINUTE, run: () => held.noteEnd() },
    ],
    admin: { backup: (where, actor) => backups.make(where, actor), resume },
    warnings: async () => {
      const trouble = await backups.trouble();
      return [
        ...(trouble === undefined ? [] : [`backup_${trouble}`]),
        ...(held.current() === undefined ? [] : ['paging_held']),
      ];
    },
    held: { current: () => held.current(), requests: (desks) => held.requests(desks), resume },
    backupAge: () => backups.age(),
  };
}

function planOf(configured: BackupPlan | undefined): BackupPlan | undefined {
  if (configured?.folder === undefined) return configured;
  return { ...configured, folder: resolve(configured.folder) };
}

/** It may take minutes: other jobs do not wait for it, and it is not begun again meanwhile. */
function alone(work: () => Promise<unknown>): StandingJob['run'] {
  let running = false;
  return async () => {
    if (running) return;
    running = true;
    void work().finally(() => {
      running = false;
    });
  };
}

function reasonIn(error: unknown): string {
  return error instanceof BackupRefused ? error.message : 'see the fault';
}
