import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { makeBackup } from '../desk/backups.ts';
import { takeCheckpoint } from '../desk/checkpoint.ts';
import type { Actor } from '../journal/actor.ts';
import { type BackupFault, BackupRefused, type CopyMade, SIDECAR } from '../ports/backup.ts';
import { StoreRefused } from '../ports/store.ts';
import { openStore } from '../store/open.ts';
import { AdminClient, NotRunning, Refused } from '../web/admin-client.ts';
import { EXIT_CONFIGURATION, environment, readRevision, SOCKET, Stop } from './configuration.ts';
import { databaseHere, pathOf, withoutPassword } from './where.ts';

const EXIT_REFUSED = 1;

const WHY: Readonly<Record<Exclude<BackupFault, 'postgresql'>, string>> = {
  busy: 'Another backup is being made: wait for it.',
  exists: 'There is a file of that name already, and nothing is written over: give another name.',
  no_folder:
    'The folder of the file is not there, or Tocsin may not read it: make it, owned by the user that Tocsin runs as.',
  cannot_write: 'The file cannot be written there: the folder must belong to the user that Tocsin runs as.',
  no_space:
    'There is not enough room: beside the backup the folder of the store needs its own size once more while one is made, and some to spare. A store whose disk is full takes no requests.',
  recipient: 'That is no key of age to encrypt to: give what age-keygen prints as "Public key".',
  too_slow: 'Copying took too long and was given up: the disk of the store is busy or failing.',
  not_sound:
    'The copy did not pass its checks. Run "npx tocsin journal verify" now: if that finds a fault too, the store is damaged; keep all older backups.',
  failed: 'It failed for a reason that the log names.',
};

/**
 * Makes a backup: by the running process, or by itself where none runs. The store of PostgreSQL is backed up with its own
 * tools.
 */
export async function backup(file: string, { to }: { readonly to?: string }): Promise<void> {
  const wanted = { file: resolve(file), ...(to === undefined ? {} : { recipient: to }) };
  const database = databaseHere(environment());
  if (database !== undefined && pathOf(database) === undefined) throw postgresql(database, file);
  try {
    const made = await byWhoeverCan(wanted, database);
    console.log(made.checkpoint);
    console.error(
      `${wanted.file}: ${made.bytes} bytes, ${made.entries} entries in ${made.streams} streams verified, SHA-256 ${made.sha256}. The line above stands in ${wanted.file}${SIDECAR} too: keep it elsewhere.`,
    );
  } catch (error) {
    throw told(error, database, file);
  }
}

type Wanted = { readonly file: string; readonly recipient?: string };

async function byWhoeverCan(wanted: Wanted, database: string | undefined): Promise<CopyMade> {
  const { username: user } = userInfo();
  try {
    return await new AdminClient(SOCKET).backup({ ...wanted, user });
  } catch (error) {
    if (!(error instanceof NotRunning)) throw error;
    return byItself(wanted, database, { kind: 'shell', user });
  }
}

async function byItself(wanted: Wanted, database: string | undefined, actor: Actor): Promise<CopyMade> {
  const path = database === undefined ? undefined : pathOf(database);
  if (path === undefined || !existsSync(path)) {
    throw new Stop('No Tocsin runs here, and there is no store that could be backed up.', EXIT_REFUSED);
  }
  const never = () => {
    throw new StoreRefused(`${path} holds no Tocsin`);
  };
  const store = await openStore({ url: `file:${path}`, random: never, now: Date.now, newId: never });
  try {
    if (store.copier === undefined) throw new BackupRefused('postgresql');
    const desk = { store, clock: { now: Date.now } };
    const reading = { register: store, installation: store.installation.id, pause: () => setImmediate() };
    const text = (await store.revisions.latest())?.text;
    const configured = text === undefined ? undefined : readRevision(text).backup?.recipient;
    const recipient = wanted.recipient ?? configured;
    const order = {
      file: wanted.file,
      ...(recipient === undefined ? {} : { recipient }),
      checkpoint: () => takeCheckpoint(desk, reading, actor),
    };
    return await makeBackup(desk, store.copier, order, actor);
  } finally {
    await store.close();
  }
}

function told(error: unknown, database: string | undefined, file: string): unknown {
  if (error instanceof StoreRefused) return new Stop(error.message, EXIT_CONFIGURATION);
  const code =
    error instanceof BackupRefused ? error.code : error instanceof Refused ? error.code.replace('backup_', '') : '';
  if (code === 'postgresql') return postgresql(database, file);
  return Object.hasOwn(WHY, code)
    ? new Stop(`No backup was made. ${WHY[code as keyof typeof WHY]}`, EXIT_REFUSED)
    : error;
}

/** What does it there: one consistent state, whatever is written meanwhile, and by whichever node. */
function postgresql(database: string | undefined, file: string): Stop {
  const address = database === undefined ? 'postgresql://…' : withoutPassword(database);
  return new Stop(
    `The store is in PostgreSQL, which backs itself up. Use:
  pg_dump --format=custom --file=${quoted(file)} ${quoted(address)}
(its password from PGPASSWORD or ~/.pgpass), or a base backup with an archive of the log for no loss at all. After putting one back with pg_restore, and before the first start: npx tocsin restore --in-place`,
    EXIT_REFUSED,
  );
}

function quoted(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
