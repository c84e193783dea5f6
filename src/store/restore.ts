import { closeSync, existsSync, fsyncSync, openSync, statfsSync, statSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Actor } from '../journal/actor.ts';
import { type CheckpointText, readCheckpointText } from '../journal/checkpoint.ts';
import type { Report } from '../journal/finding.ts';
import { SIDECAR } from '../ports/backup.ts';
import { StoreRefused } from '../ports/store.ts';
import { isSealed, slicesOf, unsealed, writeSlices } from './backup-seal.ts';
import { damageIn, verifyStore } from './backup-verify.ts';
import type { Database } from './database.ts';
import { MIGRATIONS } from './migrations.ts';
import { openDatabase } from './open.ts';
import { type Renewed, renew } from './restore-renew.ts';

export type RestoreOrder = {
  /** The backup. */
  readonly file: string;
  /** Where the store is to be; nothing is there. */
  readonly store: string;
  /** What decrypts it: the text of an identity file of age. */
  readonly identities?: string;
  /** A checkpoint that was kept elsewhere; else the one beside the backup, if any. */
  readonly checkpoint?: CheckpointText;
  readonly now: () => number;
  readonly actor: Actor;
};

export type RestoreFault =
  | 'no_file'
  | 'not_empty'
  | 'no_space'
  | 'needs_identity'
  | 'wrong_identity'
  | 'no_store'
  | 'damaged'
  | 'journal_broken'
  | 'newer';

/** There is no restored store; `detail` says what was found, in words that hold nothing of a case. */
export class RestoreRefused extends Error {
  readonly code: RestoreFault;
  readonly detail: string;
  constructor(code: RestoreFault, detail = '') {
    super(`nothing was restored (${code}) ${detail}`);
    this.name = 'RestoreRefused';
    this.code = code;
    this.detail = detail;
  }
}

export type Restored = Renewed & {
  readonly report: Extract<Report, { readonly outcome: 'ok' }>;
  /** Whether its journal was held against a checkpoint. */
  readonly checkpointed: boolean;
};

/**
 * Makes a store of a backup, or throws `RestoreRefused` and leaves nothing. It is made beside its place and moved there at
 * the end. `look` may judge it before.
 */
export async function restore(order: RestoreOrder, look?: (db: Database) => Promise<void>): Promise<Restored> {
  const { file, store } = order;
  if (!existsSync(file)) throw new RestoreRefused('no_file');
  for (const path of filesOf(store)) if (existsSync(path)) throw new RestoreRefused('not_empty', path);
  const { bavail, bsize } = statfsSync(dirname(store));
  if (bavail * bsize < statSync(file).size * 1.25) throw new RestoreRefused('no_space');
  const work = `${store}.restoring`;
  try {
    await unpack(order, work);
    const restored = await judgeAndRenew(order, work, look);
    await rename(work, store);
    syncFolder(dirname(store));
    return restored;
  } finally {
    for (const path of filesOf(work)) await rm(path, { force: true });
  }
}

const filesOf = (store: string) => ['', '-wal', '-shm', '-journal'].map((end) => `${store}${end}`);

async function unpack({ file, identities }: RestoreOrder, work: string): Promise<void> {
  for (const path of filesOf(work)) await rm(path, { force: true });
  if (!(await isSealed(file))) {
    await writeSlices(work, slicesOf(file));
    return;
  }
  if (identities === undefined) throw new RestoreRefused('needs_identity');
  try {
    await writeSlices(work, await unsealed(slicesOf(file), identities));
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error;
    throw new RestoreRefused('wrong_identity');
  }
}

async function judgeAndRenew(
  order: RestoreOrder,
  work: string,
  look: (db: Database) => Promise<void> = async () => undefined,
): Promise<Restored> {
  const outside = order.checkpoint ?? (await checkpointBeside(order.file));
  const db = await open(work);
  try {
    const damage = await damageIn(db);
    if (damage.length > 0) throw new RestoreRefused('damaged', damage[0]);
    const report = await verifyStore(db, outside).catch(refuse);
    if (report.outcome === 'unusable') throw new RestoreRefused('journal_broken', report.why);
    if (report.outcome === 'broken') {
      const { stream, n, what } = report.finding;
      throw new RestoreRefused('journal_broken', `${stream} ${n}: ${what}`);
    }
    const renewed = await renew(db, order.now(), order.actor);
    await look(db);
    return { ...renewed, report, checkpointed: outside !== undefined };
  } finally {
    await db.close();
  }
}

/** Migrates it, where the backup is of an older release. */
async function open(work: string): Promise<Database> {
  try {
    return await openDatabase(`file:${work}`, MIGRATIONS);
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  if (!(error instanceof StoreRefused)) throw error;
  throw new RestoreRefused(/newer release/.test(error.message) ? 'newer' : 'no_store', error.message);
}

async function checkpointBeside(file: string): Promise<CheckpointText | undefined> {
  const text = await readFile(`${file}${SIDECAR}`, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : readCheckpointText(text);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
