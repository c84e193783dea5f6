import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { round } from './figures.ts';

const REQUESTS = 3000;

/** The tables that one request writes to, and the condition by which its rows are found. */
const ROWS: Readonly<Record<string, string>> = {
  stream: `name = 'request/' || :id`,
  journal_entry: `stream = 'request/' || :id`,
  content: `stream = 'request/' || :id`,
  request: 'id = :id',
  alarm: `stream = 'request/' || :id`,
  delivery: 'request_id = :id',
  view: 'request_id = :id',
  likeness: 'request_id = :id',
  idempotency: 'request_id = :id',
  short_id: 'target = :id',
};

type Row = { readonly table: string; readonly values: readonly SQLInputValue[] };

/**
 * The same rows that Tocsin has written, written once more by bare SQL in a loop: prepared statements, one transaction a
 * request, the same pragmas and indexes. What intake could do at best if nothing had to be decided, checked or answered.
 */
export function rawRate(file: string, copy: string): { aSecond: number; rowsEach: number; requests: number } {
  const from = new DatabaseSync(file, { readOnly: true });
  const requests = rowsOfRequests(from);
  const to = new DatabaseSync(copy);
  for (const pragma of ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) {
    to.exec(`PRAGMA ${pragma}`);
  }
  const schema = from.prepare(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'`).all();
  for (const { sql } of schema) to.exec(String(sql));
  from.close();
  to.exec(`INSERT INTO counter (desk, year, last) VALUES ('bench', 2026, 0)`);
  const count = to.prepare(`UPDATE counter SET last = last + 1 WHERE desk = 'bench' AND year = 2026`);
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const insert = ({ table, values }: Row) => {
    const known = statements.get(table);
    const statement = known ?? to.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`);
    statements.set(table, statement);
    statement.run(...values);
  };
  const begun = performance.now();
  for (const rows of requests) {
    to.exec('BEGIN IMMEDIATE');
    count.run();
    for (const row of rows) insert(row);
    to.exec('COMMIT');
  }
  const seconds = (performance.now() - begun) / 1000;
  to.close();
  const rows = requests.reduce((sum, each) => sum + each.length + 1, 0);
  return {
    aSecond: round(requests.length / seconds),
    rowsEach: round(rows / requests.length),
    requests: requests.length,
  };
}

/** In the order in which they were received. */
function rowsOfRequests(db: DatabaseSync): readonly (readonly Row[])[] {
  const ids = db.prepare('SELECT id FROM request ORDER BY received_at, id LIMIT ?').all(REQUESTS);
  const selects = Object.entries(ROWS).map(
    ([table, where]) => [table, db.prepare(`SELECT * FROM ${table} WHERE ${where}`)] as const,
  );
  // The short ids of a few requests are found by a scan otherwise.
  const targets = new Map(
    db
      .prepare('SELECT short_id, kind, target FROM short_id')
      .all()
      .map((row) => [row['target'], row]),
  );
  return ids.map(({ id = '' }) =>
    selects.flatMap(([table, select]) => {
      const rows = table === 'short_id' ? [targets.get(id) ?? {}] : select.all({ id });
      return rows.map((row) => ({ table, values: Object.values(row) }));
    }),
  );
}
