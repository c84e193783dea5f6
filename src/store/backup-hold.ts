import { copyFileSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { StoreUnavailable } from '../ports/store.ts';
import type { StoreFile } from './backup.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Longest wait for a moment without a transaction: none takes so long. */
const MOST_TURNS = 100_000;

/** The file of an open store, for whoever copies it. `goOn`: the statement by which its log is folded in as ever. */
export function heldFile(path: string, connection: SqliteConnection, goOn: string): StoreFile {
  const log = `${path}-wal`;
  /** SQLite answers without ever leaving the thread, so what is done in one go is done between two transactions. */
  const between = async (work: () => void) => {
    for (let turn = 0; connection.isBusy; turn++) {
      if (turn >= MOST_TURNS) throw new StoreUnavailable('no turn', false);
      await setImmediate();
    }
    work();
  };
  const fold = () => {
    const { rows } = connection.execute('PRAGMA wal_checkpoint(TRUNCATE)');
    // Whether somebody was in the way, and how much is left in the log.
    const left: readonly unknown[] = Object.values(rows[0] ?? [1]);
    if (left.some((value) => Number(value) !== 0)) throw new StoreUnavailable('SQLITE_BUSY', false);
  };
  return {
    path,
    logSize: () => statSync(log).size,
    hold: () =>
      between(() => {
        fold();
        connection.execute('PRAGMA wal_autocheckpoint = 0');
      }),
    cut: (to) =>
      between(() => {
        // A log is no file that SQLite locks, so closing it takes nothing away.
        copyFileSync(log, to);
        fold();
      }),
    release: () => between(() => connection.execute(goOn)),
  };
}
