import { DatabaseSync } from 'node:sqlite';

/** What is printed of a store. `busy`: another process has it; `unreadable`: this user may not read it. */
export type Checked = {
  readonly outcome: 'sound' | 'damaged' | 'busy' | 'unreadable';
  /** Names of those that were applied, of a sound one. */
  readonly migrations: readonly string[];
};

/** Result codes of SQLite. */
const BUSY: readonly unknown[] = [5, 6];
const UNREADABLE: readonly unknown[] = [3, 8, 14];

const [, , path = ''] = process.argv;
console.log(JSON.stringify(checked(path)));

/** Opened to read only. A file that is no database is a damaged one. */
function checked(file: string): Checked {
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    const isSound = db
      .prepare('PRAGMA quick_check(1)')
      .all()
      .every((row) => Object.values(row)[0] === 'ok');
    const applied = isSound ? db.prepare('SELECT "name" FROM "_migration"').all() : [];
    db.close();
    return { outcome: isSound ? 'sound' : 'damaged', migrations: applied.map(({ name }) => String(name)) };
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
    return {
      outcome: BUSY.includes(code) ? 'busy' : UNREADABLE.includes(code) ? 'unreadable' : 'damaged',
      migrations: [],
    };
  }
}
