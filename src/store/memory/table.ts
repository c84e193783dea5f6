import { TextRefused } from '../errors.ts';

/** One row as it was and as it is; undefined where there is none. */
export type RowChange = {
  readonly table: object;
  readonly before: object | undefined;
  readonly after: object | undefined;
};

type Done = { readonly change: RowChange; readonly undo: () => void };

/** What undoes the changes of the running transaction, newest last. */
export class Undo {
  #done: Done[] = [];

  add(change: RowChange, undo: () => void): void {
    this.#done.push({ change, undo });
  }

  /** What the running transaction has changed so far, oldest first. */
  changes(): readonly RowChange[] {
    return this.#done.map(({ change }) => change);
  }

  /** What was changed stays. */
  forget(): void {
    this.#done = [];
  }

  rollback(): void {
    for (const { undo } of this.#done.reverse()) undo();
    this.#done = [];
  }
}

type KeyOf<Row> = (row: Row) => string;

/** A table in memory: rows are frozen and replaced whole, indexes follow, and every change can be undone. */
export class Table<Row extends object, Index extends string = never> {
  readonly #undo: Undo;
  readonly #keyOf: KeyOf<Row>;
  readonly #indexes: readonly (readonly [Index, KeyOf<Row>])[];
  readonly #rows = new Map<string, Row>();
  /** Index and value → keys of rows. */
  readonly #found = new Map<string, Set<string>>();

  constructor(undo: Undo, keyOf: KeyOf<Row>, indexes: Readonly<Record<Index, KeyOf<Row>>>) {
    this.#undo = undo;
    this.#keyOf = keyOf;
    this.#indexes = Object.entries(indexes) as [Index, KeyOf<Row>][];
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  get size(): number {
    return this.#rows.size;
  }

  all(): Row[] {
    return [...this.#rows.values()];
  }

  /** Rows for which the index has this value, in no order. */
  by(index: Index, value: string): Row[] {
    const rows: Row[] = [];
    for (const key of this.#found.get(`${index}\n${value}`) ?? []) {
      const row = this.#rows.get(key);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** Inserts the row, or replaces the one with its key. Throws on a text that no database keeps. */
  put(row: Row): void {
    const key = this.#keyOf(row);
    if (Object.values(row).some((value) => typeof value === 'string' && value.includes('\0'))) throw new TextRefused();
    this.#replace(key, Object.freeze({ ...row }));
  }

  remove(key: string): void {
    this.#replace(key, undefined);
  }

  #replace(key: string, row: Row | undefined): void {
    const before = this.#rows.get(key);
    this.#undo.add({ table: this, before, after: row }, () => this.#set(key, row, before));
    this.#set(key, before, row);
  }

  #set(key: string, before: Row | undefined, after: Row | undefined): void {
    for (const [index, valueIn] of this.#indexes) {
      if (before !== undefined) this.#found.get(`${index}\n${valueIn(before)}`)?.delete(key);
      if (after !== undefined) this.#entryOf(`${index}\n${valueIn(after)}`).add(key);
    }
    if (after === undefined) this.#rows.delete(key);
    else this.#rows.set(key, after);
  }

  #entryOf(value: string): Set<string> {
    const known = this.#found.get(value);
    if (known !== undefined) return known;
    const fresh = new Set<string>();
    this.#found.set(value, fresh);
    return fresh;
  }
}
