import { chmodSync, closeSync, existsSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client, InStatement, Transaction } from '@libsql/client';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaClient } from '../../prisma/generated/sqlite/client.ts';
import { StoreRefused, StoreUnavailable } from '../ports/store.ts';
import type { StoreFile } from './backup.ts';
import { heldFile } from './backup-hold.ts';
import { type Adapter, Database } from './database.ts';
import { toStoreError } from './errors.ts';
import { migrateSqlite } from './migrations.ts';
import { networkFileSystemOf } from './network-file-system.ts';
import { SqliteConnection } from './sqlite-connection.ts';

/**
 * Opens the file, which from now on belongs to this process alone, and migrates it. It is made with mode 0600, and so
 * are the files that SQLite puts beside it. Throws `StoreRefused` for a network file system, for a file that another
 * process has open, and for one that a newer release has written.
 */
export async function openSqlite(url: string, migrations: string): Promise<Database> {
  const path = ownFile(url);
  const factory = new SqliteFile(path);
  const adapter = await factory.connect();
  try {
    await lockWhole(adapter, path);
    await migrateSqlite(adapter, migrations);
  } catch (error) {
    await letGo(adapter);
    await adapter.dispose();
    throw error instanceof StoreRefused ? error : refusedOr(toStoreError(error), path);
  }
  const shared = { provider: adapter.provider, adapterName: adapter.adapterName, connect: async () => adapter };
  const prisma = new PrismaClient({ adapter: shared, errorFormat: 'minimal' });
  return new Database('sqlite', adapter, prisma, () => letGo(adapter), factory.file());
}

/** What only a person can help with: the file is no database, or a broken one. */
function refusedOr(fault: Error, path: string): Error {
  const { code } = fault as { code?: string };
  if (code !== NOT_A_DATABASE && code !== 'SQLITE_CORRUPT') return fault;
  return new StoreRefused(`${path} is no database, or is damaged (${code}): move it away, and restore a backup of it`);
}

const NOT_A_DATABASE = 'SQLITE_26';

function ownFile(url: string): string {
  const path = url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length));
  makeFile(path);
  const real = realpathSync(path);
  const kind = existsSync(MOUNTS) ? networkFileSystemOf(real, readFileSync(MOUNTS, 'utf8')) : undefined;
  if (kind === undefined) return real;
  throw new StoreRefused(
    `${real} lies on a network file system (${kind}), where SQLite cannot keep its word: put it on a local disk, or use PostgreSQL`,
  );
}

/** A file that is there is not opened: closing it again would take the locks of a store that this process has open. */
function makeFile(path: string): void {
  try {
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StoreRefused(
      `${path} cannot be made or is not ours (${code}): its folder must be there and belong to us`,
    );
  }
}

const MOUNTS = '/proc/self/mountinfo';

/**
 * SQLite's own exclusive lock, held until the connection closes: no other process can even read. It is asked for before
 * anything touches the file, so that the index of the write-ahead log lives in this process and not in a shared file.
 */
async function lockWhole(adapter: Adapter, path: string): Promise<void> {
  try {
    for (const pragma of PRAGMAS) await adapter.executeScript(`PRAGMA ${pragma}`);
    await adapter.executeScript('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    const fault = toStoreError(error);
    if (!(fault instanceof StoreUnavailable) || !BUSY.test(fault.code)) throw fault;
    throw new StoreRefused(`${path} is open in another process, probably Tocsin: stop that one, or talk to it`);
  }
}

/** 16 MB instead of 4: the pages that every step writes are then carried over to the file a quarter as often. */
const CHECKPOINTS = 'wal_autocheckpoint = 4000';

const PRAGMAS = [
  'locking_mode = EXCLUSIVE',
  'journal_mode = WAL',
  // In WAL mode the default would not wait for the disk at a commit.
  'synchronous = FULL',
  // What is erased is overwritten.
  'secure_delete = ON',
  CHECKPOINTS,
  'cache_size = -32000',
];

/**
 * Gives the file back at once. Closing alone does not: the driver keeps the connection until its statements have been
 * collected as garbage, and with it the lock. It can be given up only outside of WAL mode.
 */
async function letGo(adapter: Adapter): Promise<void> {
  try {
    await adapter.executeScript(
      'PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM sqlite_schema',
    );
  } catch {
    // Not ours to begin with, or a disk that takes nothing: then the end of the process frees it.
  }
}

const BUSY = /^(SQLITE_BUSY|SQLITE_LOCKED|SocketTimeout)/;

/**
 * The stock adapter gives its connection away with each transaction, opens a new one and never closes the old: two file
 * handles each time, and here the second connection would find the file locked. The adapter's own lock keeps everybody
 * else out while a transaction is open, so one connection serves both.
 */
class SqliteFile extends PrismaLibSql {
  readonly #path: string;
  #connection: SqliteConnection | undefined;

  constructor(path: string) {
    super({ url: ':memory:' });
    this.#path = path;
  }

  /** For backups; undefined before it is connected. */
  file(): StoreFile | undefined {
    return this.#connection && heldFile(this.#path, this.#connection, `PRAGMA ${CHECKPOINTS}`);
  }

  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const connection = new SqliteConnection(this.#path);
    this.#connection = connection;
    const client = super.createClient(config);
    client.execute = async (statement: InStatement) => connection.execute(statement);
    client.executeMultiple = async (sql) => connection.script(sql);
    client.close = () => connection.close();
    client.transaction = async () => {
      // SQLite answers at once and never lets go of the thread: without this, steps in a row would starve the sockets.
      await setImmediate();
      connection.execute('BEGIN IMMEDIATE');
      return transactionOn(client);
    };
    return client;
  }
}

function transactionOn(client: Client): Transaction {
  let open = true;
  const rollback = async () => {
    if (!open) return;
    open = false;
    await client.execute('ROLLBACK');
  };
  const commit = async () => {
    try {
      await client.execute('COMMIT');
      open = false;
    } catch (error) {
      // A full disk may have rolled back by itself.
      await rollback().catch(() => undefined);
      throw error;
    }
  };
  return {
    execute: client.execute.bind(client),
    batch: client.batch.bind(client),
    executeMultiple: client.executeMultiple.bind(client),
    commit,
    rollback,
    close: () => undefined,
    get closed() {
      return !open;
    },
  };
}
