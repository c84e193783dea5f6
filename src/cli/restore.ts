import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { rfc3339 } from '../../rota/instant.ts';
import { type CheckpointText, readCheckpointText } from '../journal/checkpoint.ts';
import { DOUBTS } from '../journal/finding.ts';
import { StoreRefused, StoreUnavailable } from '../ports/store.ts';
import { MIGRATIONS } from '../store/migrations.ts';
import { openDatabase } from '../store/open.ts';
import { type Restored, type RestoreFault, type RestoreOrder, RestoreRefused, restore } from '../store/restore.ts';
import { type Comparison, compareAll } from '../store/restore-check.ts';
import { type Renewed, renew } from '../store/restore-renew.ts';
import { AdminClient, NotRunning } from '../web/admin-client.ts';
import { EXIT_CONFIGURATION, environment, SOCKET, Stop } from './configuration.ts';
import { databaseHere, pathOf, withoutPassword } from './where.ts';

/** The backup is broken; it is none, or the command was used wrongly. As `journal verify` has them. */
const EXIT_BROKEN = 1;
const EXIT_UNUSABLE = 2;

export type RestoreOptions = {
  readonly identity?: string;
  readonly checkpoint?: string;
  readonly check?: boolean;
  readonly inPlace?: boolean;
};

const EXITS: Readonly<Record<RestoreFault, number>> = {
  no_file: EXIT_UNUSABLE,
  not_empty: EXIT_UNUSABLE,
  no_space: EXIT_UNUSABLE,
  needs_identity: EXIT_UNUSABLE,
  wrong_identity: EXIT_UNUSABLE,
  no_store: EXIT_UNUSABLE,
  damaged: EXIT_BROKEN,
  journal_broken: EXIT_BROKEN,
  newer: EXIT_CONFIGURATION,
};

/** Puts a backup in the place of the store, or with `--check` only tries it; see docs/manual/backup.md. */
export async function restoreBackup(file: string | undefined, options: RestoreOptions): Promise<void> {
  try {
    if (options.inPlace === true) return await renewInPlace(file);
    if (file === undefined) throw new Stop('Name the backup: npx tocsin restore FILE', EXIT_UNUSABLE);
    await (options.check === true ? drill(file, options) : putBack(file, options));
  } catch (error) {
    if (error instanceof RestoreRefused) throw new Stop(refusal(error, file ?? ''), EXITS[error.code]);
    if (error instanceof StoreRefused || error instanceof StoreUnavailable)
      throw new Stop(error.message, EXIT_CONFIGURATION);
    throw error;
  }
}

async function putBack(file: string, options: RestoreOptions): Promise<void> {
  const database = databaseHere(environment());
  const store = database === undefined ? undefined : pathOf(database);
  if (database === undefined)
    throw new Stop('The file does not tell where the store is: mend tocsin.yaml first.', EXIT_CONFIGURATION);
  if (store === undefined) throw new Stop(postgresql(database), EXIT_UNUSABLE);
  await refuseWhileRunning();
  mkdirSync(dirname(store), { recursive: true, mode: 0o700 });
  const restored = await restore(orderOf(file, store, options));
  console.log(`${store}: restored from ${file}.\n${told(restored)}\n${whatNext(restored)}`);
}

/** The same into a folder of its own that goes away again, with every request folded from its journal. */
async function drill(file: string, options: RestoreOptions): Promise<void> {
  const database = databaseHere(environment()) ?? '';
  const beside = dirname(pathOf(database) ?? resolve(file));
  const folder = await mkdtemp(join(existsSync(beside) ? beside : '.', 'restore-check-'));
  let found: Comparison = { requests: 0, unequal: 0, lines: [] };
  try {
    const restored = await restore(orderOf(file, join(folder, 'tocsin.db'), options), async (db) => {
      found = await compareAll(db);
    });
    const { requests, unequal, lines } = found;
    const verdict =
      unequal === 0 ? 'all are what their journal comes to' : `${unequal} are not what their journal comes to`;
    console.log(`${file}: can be restored.\n${told(restored)}\n${requests} requests folded: ${verdict}.`);
    for (const line of lines) console.log(line);
    if (unequal > 0) process.exitCode = EXIT_BROKEN;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A store that was put back by other means: pg_restore, a snapshot of the machine. */
async function renewInPlace(file: string | undefined): Promise<void> {
  if (file !== undefined)
    throw new Stop('--in-place is for a store that is in its place already: name no file.', EXIT_UNUSABLE);
  const database = databaseHere(environment());
  if (database === undefined)
    throw new Stop('The file does not tell where the store is: mend tocsin.yaml first.', EXIT_CONFIGURATION);
  const path = pathOf(database);
  if (path !== undefined && !existsSync(path)) throw new Stop(`${path}: there is no such store.`, EXIT_UNUSABLE);
  await refuseWhileRunning();
  const db = await openDatabase(database, MIGRATIONS);
  try {
    const renewed = await renew(db, Date.now(), { kind: 'shell', user: userInfo().username });
    console.log(`${withoutPassword(database)}: taken as restored.\n${lossTold(renewed)}\n${whatNext(renewed)}`);
  } finally {
    await db.close();
  }
}

function orderOf(file: string, store: string, { identity, checkpoint }: RestoreOptions): RestoreOrder {
  return {
    file: resolve(file),
    store,
    ...(identity === undefined ? {} : { identities: textOf(identity) }),
    ...(checkpoint === undefined ? {} : { checkpoint: checkpointIn(checkpoint) }),
    now: Date.now,
    actor: { kind: 'shell', user: userInfo().username },
  };
}

function textOf(file: string): string {
  if (!existsSync(file))
    throw new Stop(`${file}: there is no such file; expected the identity file of age.`, EXIT_UNUSABLE);
  return readFileSync(file, 'utf8');
}

function checkpointIn(given: string): CheckpointText {
  const read = readCheckpointText(existsSync(given) ? readFileSync(given, 'utf8') : given);
  if (read !== undefined) return read;
  throw new Stop(
    '--checkpoint: expected a line that begins with tocsin-checkpoint/1, or a file with it',
    EXIT_UNUSABLE,
  );
}

async function refuseWhileRunning(): Promise<void> {
  try {
    await new AdminClient(SOCKET).status();
  } catch (error) {
    if (error instanceof NotRunning) return;
    throw error;
  }
  throw new Stop(
    'A Tocsin runs here. Stop it first: a restored store must not take the place of one that is in use.',
    EXIT_UNUSABLE,
  );
}

function told({ report, checkpointed, ...renewed }: Restored): string {
  const { streams, entries, contents } = report;
  const doubts = report.notProved.map(({ what }) => `not proved: ${DOUBTS[what]}`);
  return [
    `Verified: the database, and ${entries} entries in ${streams} streams with ${contents} pieces of content${checkpointed ? ', by the checkpoint' : ''}.`,
    ...doubts,
    lossTold(renewed),
  ].join('\n');
}

function lossTold({ epoch, last, lost, open, deliveries }: Renewed): string {
  return `Its last entry is of ${rfc3339(last)}: what happened in the ${lengthOf(lost)} since is lost. Epoch ${epoch}; ${open} requests open or acknowledged; ${deliveries} deliveries set aside as unknown.`;
}

function whatNext({ open }: Pick<Renewed, 'open'>): string {
  const held =
    open === 0
      ? ''
      : ' What was open waits for ten minutes (backup.hold), or until npx tocsin resume; new requests page at once.';
  return `Everybody has to sign in again, by npx tocsin link OFFICER. Now start it: npm start.${held}`;
}

function lengthOf(lost: number): string {
  const minutes = Math.round(lost / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

function refusal({ code, detail }: RestoreRefused, file: string): string {
  const texts: Readonly<Record<RestoreFault, string>> = {
    no_file: `${file}: there is no such file.`,
    not_empty: `${detail} is there, and no store is written over. Stop Tocsin and move the old one away, for example: mkdir var/old && mv ${dirname(detail)}/${basename(detail).replace(/-(wal|shm|journal)$/, '')}* var/old/`,
    no_space: 'There is not enough room for it where the store is to be.',
    needs_identity: `${file} is encrypted: give the key with --identity FILE.`,
    wrong_identity: `${file} cannot be decrypted: it was encrypted to another key, or was changed or cut off on its way.`,
    no_store: `${file} is no store of Tocsin: ${detail}`,
    damaged: `${file} is damaged (${detail}): take an older backup.`,
    journal_broken: `The journal in ${file} does not pass: ${detail}. Take another backup; this one is not put in place.`,
    newer: `${file} was made by a newer release: install that one, and restore with it. ${detail}`,
  };
  return `Nothing was restored. ${texts[code]}`;
}

function postgresql(database: string): string {
  return `The store is in PostgreSQL: put the backup back with pg_restore --clean --if-exists --dbname=${withoutPassword(database)} FILE, and before the first start: npx tocsin restore --in-place`;
}
