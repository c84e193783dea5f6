import type { InStatement, ResultSet } from '@libsql/client';
import Database from 'libsql';
import { TextRefused } from './errors.ts';

type Prepared = ReturnType<Database.Database['prepare']>;
type Known = { readonly prepared: Prepared; readonly columns: readonly Database.ColumnDefinition[] | undefined };

/** The texts of statements depend on how many rows they write, so there is no end to them. */
const MOST_KNOWN = 500;

/**
 * The one connection to a file. It keeps its statements prepared, where the stock client prepares each anew and finds
 * out by an exception which of them give rows: half of the time of a step.
 */
export class SqliteConnection {
  readonly #db: Database.Database;
  readonly #known = new Map<string, Known>();

  constructor(path: string) {
    this.#db = new Database(path);
  }

  execute(statement: InStatement): ResultSet {
    const { sql, args = [] } = typeof statement === 'string' ? { sql: statement } : statement;
    const { prepared, columns } = this.#prepare(sql);
    const values = Object.values(args).map(toSql);
    if (columns === undefined) return resultOf([], [], prepared.run(values).changes);
    return resultOf(columns, prepared.all(values) as unknown[][], 0);
  }

  /** Several statements without parameters. Where one fails, a transaction that they began is undone. */
  script(sql: string): void {
    try {
      this.#db.exec(sql);
    } finally {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    }
  }

  /** Whether somebody is in a transaction now. */
  get isBusy(): boolean {
    return this.#db.inTransaction;
  }

  close(): void {
    this.#known.clear();
    if (this.#db.open) this.#db.close();
  }

  #prepare(sql: string): Known {
    const known = this.#known.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#db.prepare(sql);
    const columns = prepared.reader ? prepared.raw(true).safeIntegers(true).columns() : undefined;
    const fresh = { prepared, columns };
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= MOST_KNOWN) this.#known.delete(oldest);
    this.#known.set(sql, fresh);
    return fresh;
  }
}

/** What Prisma's adapter reads of a result: rows may be plain lists. */
function resultOf(
  columns: readonly Database.ColumnDefinition[],
  rows: readonly unknown[][],
  rowsAffected: number,
): ResultSet {
  return {
    columns: columns.map(({ name }) => name),
    columnTypes: columns.map(({ type }) => type ?? ''),
    rows: rows.map((row) => row.map(fromSql)) as unknown as ResultSet['rows'],
    rowsAffected,
    lastInsertRowid: undefined,
    toJSON: () => rows,
  };
}

/** The driver ends the process for a type that it does not know, and cuts a text at U+0000. */
function toSql(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      if (value.includes('\0')) throw new TextRefused();
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError(`expected a finite number, got ${value}`);
      return value;
    case 'bigint':
      return value;
    default:
      if (value === null) return null;
      if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      throw new TypeError(`a value of the type ${typeof value} cannot be stored`);
  }
}

/** Bytes as the adapter expects them: in a buffer that holds nothing else. */
function fromSql(value: unknown): unknown {
  return Buffer.isBuffer(value) ? Uint8Array.from(value).buffer : value;
}
