import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyLog } from '../../src/store/backup-log.ts';
import { freshFile } from '../support/sqlite.ts';

let folder: ReturnType<typeof freshFile>;
let db: DatabaseSync;
let log: string;
const copy = () => join(folder.path, '..', 'copy.db');

beforeEach(() => {
  folder = freshFile();
  log = `${folder.path}-wal`;
  db = new DatabaseSync(folder.path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (n INTEGER PRIMARY KEY, s TEXT)');
  write(1, 500);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
});
afterEach(() => {
  db.close();
  folder.remove();
});

function write(from: number, to: number, text = 'x'): void {
  for (let n = from; n <= to; n++) db.prepare('INSERT OR REPLACE INTO t VALUES (?, ?)').run(n, text.repeat(200));
}

/** What a copy comes to without its log. */
function rows(file: string): unknown {
  const other = new DatabaseSync(file);
  try {
    expect(other.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    return other.prepare("SELECT count(*) AS n, sum(s LIKE 'y%') AS y FROM t").get();
  } finally {
    other.close();
  }
}

describe('a write-ahead log put into a copy of its file', () => {
  it('gives what was committed, whenever the pages of the copy were read', async () => {
    const old = readFileSync(folder.path);
    write(400, 900, 'y');
    const first = join(folder.path, '..', 'first');
    copyFileSync(log, first);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const young = readFileSync(folder.path);
    write(901, 1000, 'y');
    // Of every second page the state before all of it, of the others the one in the middle; of the last one half.
    const mixed = Buffer.from(young.subarray(0, young.length - 2048));
    for (let at = 0; at + 4096 <= old.length; at += 8192) old.copy(mixed, at, at, at + 4096);
    writeFileSync(copy(), mixed);
    expect(await applyLog(first, copy())).toBeGreaterThan(10);
    expect(await applyLog(log, copy())).toBeGreaterThan(3);
    expect(rows(copy())).toEqual({ n: 1000, y: 601 });
  });

  it('leaves out what was not committed, and what another log left behind it', async () => {
    write(501, 900, 'y');
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    // The log begins anew over the old one, which is longer.
    write(901, 905, 'y');
    db.exec('PRAGMA cache_size = 5; BEGIN');
    write(906, 3000, 'y');
    db.exec('ROLLBACK');
    copyFileSync(folder.path, copy());
    await applyLog(log, copy());
    expect(rows(copy())).toEqual({ n: 905, y: 405 });
  });

  it('ends at the first frame that was changed or cut off', async () => {
    write(501, 501, 'y');
    const whole = readFileSync(log).length;
    write(502, 502, 'y');
    const changed = readFileSync(log);
    for (const bytes of [changed.subarray(0, -1), Buffer.from(changed).fill(7, whole + 500, whole + 501)]) {
      writeFileSync(`${log}.changed`, bytes);
      copyFileSync(folder.path, copy());
      await applyLog(`${log}.changed`, copy());
      expect(rows(copy())).toEqual({ n: 501, y: 1 });
    }
  });

  it('changes nothing when it is empty, and is refused when it is something else', async () => {
    writeFileSync(copy(), 'as it was');
    writeFileSync(`${log}.empty`, '');
    expect(await applyLog(`${log}.empty`, copy())).toBe(0);
    writeFileSync(`${log}.other`, 'no log of SQLite, whatever else it may be ...');
    await expect(applyLog(`${log}.other`, copy())).rejects.toThrow('expected a write-ahead log');
    expect(readFileSync(copy(), 'utf8')).toBe('as it was');
  });
});
