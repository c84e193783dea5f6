import { existsSync } from 'node:fs';
import { open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MINUTE } from '../../rota/instant.ts';
import { BackupRefused, type Copier, type CopyMade, type CopyOrder, SIDECAR } from '../ports/backup.ts';
import { type CopyJob, logName, removeWork } from './backup-jobs.ts';
import { BackupProcess } from './backup-process.ts';
import { writeSlices } from './backup-seal.ts';

/** The store's file, as far as a backup has to do with it. */
export type StoreFile = {
  readonly path: string;
  /** Folds the write-ahead log into the file and empties it; from then on it grows, until `release`. */
  hold(): Promise<void>;
  logSize(): number;
  /** Copies the log, folds it in and empties it, in one go: the copies of all logs together hold all that was written. */
  cut(to: string): Promise<void>;
  /** The log is folded in as ever. */
  release(): Promise<void>;
};

export interface ClosableCopier extends Copier {
  /** Gives up the copy that is under way and waits for it to be gone. */
  close(): Promise<void>;
}

/** A disk that takes longer than this is none for a store. */
const LONGEST_COPYING = 30 * MINUTE;
const LONGEST_VERIFYING = 120 * MINUTE;
/** What must stay free for the store itself, beside a quarter of its size for what comes in meanwhile. */
const RESERVE = 64 * 1024 * 1024;
/** Folding in so much of the log holds up nobody for long; how often it is looked at, in milliseconds. */
const LONGEST_LOG = 8 * 1024 * 1024;
const LOOK_EACH = 20;

export function makeCopier(file: StoreFile): ClosableCopier {
  let running: { readonly child: BackupProcess; readonly done: Promise<unknown> } | undefined;
  let closed = false;
  return {
    copy: async (order) => {
      if (running !== undefined || closed) throw new BackupRefused('busy');
      const child = new BackupProcess();
      const done = copyWith(child, file, order).finally(() => {
        running = undefined;
      });
      running = { child, done };
      return done;
    },
    close: async () => {
      closed = true;
      await running?.child.end();
      await running?.done.catch(() => undefined);
    },
  };
}

async function copyWith(child: BackupProcess, file: StoreFile, order: CopyOrder): Promise<CopyMade> {
  const work = `${file.path}.copy`;
  const partial = `${order.file}.partial`;
  try {
    await checkPlace(file.path, order.file);
    const checkpoint = await order.checkpoint();
    const recipient = order.recipient === undefined ? {} : { recipient: order.recipient };
    const logs = await copyFile(child, file, { job: 'copy', store: file.path, work, ...recipient });
    const { made } = await child.do(
      { job: 'finish', work, logs, partial, checkpoint, ...recipient },
      LONGEST_VERIFYING,
      'failed',
    );
    if (made === undefined) throw new BackupRefused('failed');
    await putInPlace(order.file, partial, checkpoint);
    return { ...made, checkpoint };
  } finally {
    await child.end();
    removeWork(work);
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

/**
 * Copies the file while it is written to, and all that is written meanwhile: a page that was read too early, too late or
 * half is in one of the logs. They are cut off whenever one would take long to fold in. How many there are, in their order.
 */
async function copyFile(child: BackupProcess, file: StoreFile, job: CopyJob): Promise<number> {
  let logs = 0;
  await file.hold();
  try {
    const copying = child.do(job, LONGEST_COPYING, 'too_slow');
    let isDone = false;
    copying.then(
      () => (isDone = true),
      () => (isDone = true),
    );
    while (!isDone) {
      if (file.logSize() >= LONGEST_LOG) await file.cut(logName(job.work, ++logs));
      await Promise.race([copying, setTimeout(LOOK_EACH)]);
    }
    await copying;
    await file.cut(logName(job.work, ++logs));
    return logs;
  } finally {
    await file.release();
  }
}

/** Never over something that is there; and a store whose disk is full takes no requests, so a backup leaves it room. */
async function checkPlace(store: string, file: string): Promise<void> {
  if (!isAbsolute(file)) throw new BackupRefused('no_folder');
  const folder = await stat(dirname(file)).catch(() => undefined);
  if (folder?.isDirectory() !== true) throw new BackupRefused('no_folder');
  if (existsSync(file)) throw new BackupRefused('exists');
  const { size, dev } = await stat(store);
  const copies = folder.dev === dev ? 2 : 1;
  if ((await freeAt(dirname(store))) < copies * size + size / 4 + RESERVE) throw new BackupRefused('no_space');
  if (copies === 1 && (await freeAt(dirname(file))) < size) throw new BackupRefused('no_space');
}

async function freeAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** What stands beside it first: a backup is never without it. */
async function putInPlace(file: string, partial: string, checkpoint: string): Promise<void> {
  try {
    if (existsSync(file)) throw new BackupRefused('exists');
    await writeSlices(`${file}${SIDECAR}`, lines(checkpoint));
    await rename(partial, file);
    const folder = await open(dirname(file), 'r');
    // Some network file systems cannot do this for a folder.
    await folder.sync().catch(() => undefined);
    await folder.close();
  } catch (error) {
    throw error instanceof BackupRefused ? error : new BackupRefused('cannot_write');
  }
}

async function* lines(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${text}\n`);
}
