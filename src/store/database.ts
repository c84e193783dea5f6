import type { PrismaLibSql } from '@prisma/adapter-libsql';
import type { Prisma, PrismaClient } from '../../prisma/generated/sqlite/client.ts';
import type { Duration } from '../../rota/instant.ts';
import { SECOND } from '../../rota/instant.ts';
import { StoreUnavailable } from '../ports/store.ts';
import type { StoreFile } from './backup.ts';
import { toStoreError } from './errors.ts';
import { Inside } from './inside.ts';

export type Provider = 'sqlite' | 'postgresql';

/** Prisma's driver adapter. Both databases speak through it, with Prisma's client and beside it. */
export type Adapter = Awaited<ReturnType<PrismaLibSql['connect']>>;
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>;
type Queryable = Pick<Adapter, 'queryRaw' | 'executeRaw'>;

/** Statements on one connection. Errors are `StoreUnavailable` or `StoreFault`. */
export interface Sql {
  readonly provider: Provider;
  all<T>(query: Prisma.Sql): Promise<readonly T[]>;
  /** The number of rows that it changed. */
  run(query: Prisma.Sql): Promise<number>;
}

/** The statements of one transaction. What `fail` was told keeps it from being committed. */
export interface TransactionSql extends Sql {
  fail(error: unknown): void;
}

/** Longest wait for a turn (SQLite) or for a free connection (PostgreSQL). */
const MAX_WAIT: Duration = 5 * SECOND;
/** Longest time that a transaction may take. It does no network, so only a fault of ours takes longer. */
const MAX_TIME: Duration = 10 * SECOND;

/**
 * A database as the store uses it. What happens many times a second goes as raw SQL straight to the driver adapter, since
 * Prisma's client takes 0.5 ms for a transaction and 0.1 ms for a statement on top of the database's 0.03; the rest goes
 * through the client. Both use the same connections and wait for the same locks.
 */
export class Database implements Sql {
  readonly provider: Provider;
  readonly #adapter: Adapter;
  readonly #prisma: PrismaClient;
  readonly #letGo: () => Promise<void>;
  #closed = false;
  readonly #inside = new Inside<Session>();
  /** Undefined where the store is no file of ours. */
  readonly file: StoreFile | undefined;

  constructor(
    provider: Provider,
    adapter: Adapter,
    prisma: PrismaClient,
    letGo: () => Promise<void>,
    file?: StoreFile,
  ) {
    this.provider = provider;
    this.file = file;
    this.#adapter = adapter;
    this.#prisma = prisma;
    this.#letGo = letGo;
  }

  async all<T>(query: Prisma.Sql): Promise<readonly T[]> {
    this.#refuse();
    return readRows<T>(this.#adapter, this.provider, query);
  }

  async run(query: Prisma.Sql): Promise<number> {
    this.#refuse();
    return changeRows(this.#adapter, this.provider, query);
  }

  /** One question or one statement to Prisma's client. Never inside a transaction. */
  async ask<T>(question: (prisma: PrismaClient) => Promise<T>): Promise<T> {
    this.#refuse();
    try {
      return await question(this.#prisma);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /** Commits when `work` returns, keeps nothing when it throws. Every statement of it must go through its own `Sql`. */
  async transaction<T>(work: (sql: TransactionSql) => Promise<T>): Promise<T> {
    this.#refuse();
    const session = new Session(this.provider, await this.#begin());
    try {
      const result = await this.#inside.run(session, () => within(MAX_TIME, 'too long', work(session)));
      await session.commit();
      return result;
    } catch (error) {
      await session.rollback();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#letGo();
    await this.#prisma.$disconnect();
    // Where Prisma has never connected it has left the adapter alone; a second time is refused, and does not matter.
    await this.#adapter.dispose().catch(() => undefined);
  }

  async #begin(): Promise<Transaction> {
    // Whatever the server's default is: the lock on the owner is what makes a step right, not the isolation.
    const begun = this.#adapter.startTransaction(this.provider === 'postgresql' ? 'READ COMMITTED' : undefined);
    try {
      return await within(MAX_WAIT, 'no turn', begun);
    } catch (error) {
      void begun.then((late) => new Session(this.provider, late).rollback()).catch(() => undefined);
      throw toStoreError(error);
    }
  }

  #refuse(): void {
    if (this.#closed) throw new StoreUnavailable('closed', false);
    this.#inside.refuse();
  }
}

/** One transaction. After its first failed statement it takes no further one: the database may have ended it already. */
class Session implements TransactionSql {
  readonly provider: Provider;
  readonly #tx: Transaction;
  #failure: Error | undefined;
  open = true;

  constructor(provider: Provider, tx: Transaction) {
    this.provider = provider;
    this.#tx = tx;
  }

  async all<T>(query: Prisma.Sql): Promise<readonly T[]> {
    return this.#guarded(() => readRows<T>(this.#tx, this.provider, query));
  }

  async run(query: Prisma.Sql): Promise<number> {
    return this.#guarded(() => changeRows(this.#tx, this.provider, query));
  }

  fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
  }

  async commit(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    this.open = false;
    try {
      if (!this.#tx.options.usePhantomQuery) await this.#tx.executeRaw({ sql: 'COMMIT', args: [], argTypes: [] });
    } catch (error) {
      await this.#tx.rollback().catch(() => undefined);
      throw toStoreError(error, true);
    }
    // Where the query is a phantom, this is what commits; else it only gives the connection back.
    await this.#tx.commit().catch((error: unknown) => {
      throw toStoreError(error, true);
    });
  }

  /** Undoes a transaction that was not committed; nothing to do after an attempt to commit. */
  async rollback(): Promise<void> {
    if (!this.open) return;
    this.open = false;
    if (!this.#tx.options.usePhantomQuery) {
      await this.#tx.executeRaw({ sql: 'ROLLBACK', args: [], argTypes: [] }).catch(() => undefined);
    }
    await this.#tx.rollback().catch(() => undefined);
  }

  async #guarded<T>(statement: () => Promise<T>): Promise<T> {
    if (!this.open) throw new StoreUnavailable('the transaction is over', false);
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await statement();
    } catch (error) {
      this.fail(error);
      throw error;
    }
  }
}

async function readRows<T>(from: Queryable, provider: Provider, query: Prisma.Sql): Promise<readonly T[]> {
  try {
    const { columnNames, columnTypes, rows } = await from.queryRaw(statement(provider, query));
    return rows.map((row) => {
      const entries = row.map((value, i) => [columnNames[i], plain(value, columnTypes[i])]);
      return Object.fromEntries(entries) as T;
    });
  } catch (error) {
    throw toStoreError(error);
  }
}

async function changeRows(on: Queryable, provider: Provider, query: Prisma.Sql): Promise<number> {
  try {
    return await on.executeRaw(statement(provider, query));
  } catch (error) {
    throw toStoreError(error);
  }
}

const UNTYPED = { scalarType: 'unknown', arity: 'scalar' } as const;

function statement(provider: Provider, query: Prisma.Sql): Parameters<Queryable['queryRaw']>[0] {
  const args = query.values;
  return { sql: provider === 'sqlite' ? query.sql : query.text, args, argTypes: args.map(() => UNTYPED) };
}

/** Column types of the driver adapters (`ColumnTypeEnum`): whole numbers come as text there, and SQLite's booleans too. */
const INT32 = 0;
const INT64 = 1;
const BOOLEAN = 5;

function plain(value: unknown, type: number | undefined): unknown {
  if (type === INT64 || type === INT32) return value === null ? null : Number(value);
  if (type === BOOLEAN) return value === null ? null : value === true || value === 1 || value === '1';
  // PostgreSQL's driver gives a Buffer.
  return Buffer.isBuffer(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
}

/** The promise, or `StoreUnavailable` when it takes longer. */
async function within<T>(limit: Duration, code: string, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new StoreUnavailable(code, false)), limit);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
