import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { readCheckpointText } from '../journal/checkpoint.ts';
import type { BackupFault } from '../ports/backup.ts';
import { type Answer, type CopyJob, type Fault, type FinishJob, logName, removeWork } from './backup-jobs.ts';
import { applyLog } from './backup-log.ts';
import { isRecipient, sealed, shrink, slicesOf, type Written, writeSlices } from './backup-seal.ts';
import { damageIn, verifyStore } from './backup-verify.ts';
import { MIGRATIONS } from './migrations.ts';
import { openDatabase } from './open.ts';

/** What it works on and what it has written, to be removed when whoever asked is gone. */
let work: string | undefined;
let partial: string | undefined;

process.on('message', (job: CopyJob | FinishJob) => {
  work = job.work;
  if (job.job === 'finish') partial = job.partial;
  (job.job === 'copy' ? copy(job) : finish(job)).then(
    (answer) => process.send?.(answer, () => undefined),
    (error: unknown) => process.send?.({ fault: faultOf(error, 'failed') } satisfies Answer, () => undefined),
  );
});
process.on('disconnect', () => {
  removeAll();
  // What was just being opened when that came is there by then.
  setTimeout(() => {
    removeAll();
    process.exit();
  }, 100);
});
// A Ctrl-C at a terminal goes to every process in front; when this one ends is for its parent to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// The pages come first.
setPriority(19);

/**
 * The file is read here and not in the process that has the store: to close it there would take SQLite's locks away from
 * that process.
 */
async function copy({ store, work, recipient }: CopyJob): Promise<Answer> {
  removeWork(work);
  if (recipient !== undefined && !isRecipient(recipient)) return { fault: { code: 'recipient' } };
  await writeSlices(work, slicesOf(store));
  return {};
}

async function finish(job: FinishJob): Promise<Answer> {
  const { work, logs, partial, checkpoint, recipient } = job;
  try {
    for (let number = 1; number <= logs; number++) {
      await applyLog(logName(work, number), work);
      await rm(logName(work, number));
    }
    const found = await soundness(work, checkpoint);
    if (typeof found === 'string') return { fault: { code: 'not_sound', detail: found } };
    const written = await put(work, partial, recipient);
    await shrink(work);
    return 'bytes' in written ? { made: { ...written, ...found } } : written;
  } finally {
    removeWork(work);
  }
}

/** Opens the copy and verifies it: by SQLite's own check, and its journal by the checkpoint. A text says what is wrong. */
async function soundness(
  file: string,
  checkpoint: string,
): Promise<{ readonly entries: number; readonly streams: number } | string> {
  const db = await openDatabase(`file:${file}`, MIGRATIONS);
  try {
    if ((await damageIn(db)).length > 0) return 'integrity_check';
    const report = await verifyStore(db, readCheckpointText(checkpoint));
    if (report.outcome === 'ok') return { entries: report.entries, streams: report.streams };
    return report.outcome === 'broken' ? report.finding.what : report.outcome;
  } finally {
    await db.close();
  }
}

function removeAll(): void {
  if (work !== undefined) removeWork(work);
  if (partial !== undefined) rmSync(partial, { force: true });
}

/** Written again rather than moved: the folder may lie on another disk, or in a network where SQLite could not work. */
async function put(work: string, partial: string, recipient: string | undefined): Promise<Written | Answer> {
  try {
    // SQLite never let go of the thread: only now can be known whether somebody still waits.
    await setImmediate();
    if (!process.connected) return { fault: { code: 'failed', detail: 'nobody waits' } };
    const slices = slicesOf(work);
    return await writeSlices(partial, recipient === undefined ? slices : await sealed(slices, recipient));
  } catch (error) {
    return { fault: faultOf(error, 'cannot_write') };
  }
}

function faultOf(error: unknown, otherwise: BackupFault): Fault {
  const detail = error instanceof Error ? ('code' in error ? String(error.code) : error.name) : typeof error;
  return { code: FULL.has(detail) ? 'no_space' : otherwise, detail };
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
