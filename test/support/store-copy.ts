import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

type Row = Readonly<Record<string, string | number | null>>;

/**
 * The rows of a store whose process has ended, however it ended: a copy is opened, with what its write-ahead log holds,
 * so that the store itself stays as the process left it.
 */
export class StoreCopy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tocsin-copy-'));
  readonly #db: DatabaseSync;

  constructor(database: string) {
    const copy = join(this.#folder, 'copy.db');
    copyFileSync(database, copy);
    if (existsSync(`${database}-wal`)) copyFileSync(`${database}-wal`, `${copy}-wal`);
    this.#db = new DatabaseSync(copy);
  }

  all<T extends Row>(sql: string): readonly T[] {
    return this.#db.prepare(sql).all() as T[];
  }

  [Symbol.dispose](): void {
    this.#db.close();
    rmSync(this.#folder, { recursive: true });
  }
}
