import { SqliteConnection } from '../../src/store/sqlite-connection.ts';
import { type Figures, median, round } from './figures.ts';
import { handIn, openInProcess } from './in-process.ts';

const REQUESTS = 2000;
const WARM_UP = 500;

/** What the statements of the running request took, in milliseconds. */
type Spent = { statements: number; sql: number; begin: number; commit: number };

/**
 * Where the time of one intake goes, by running the use case alone in this process and timing every statement. What the
 * process takes for a request beyond that (`msEach`) is HTTP, parsing, checking, answering, logging and the engine.
 */
export async function whereTimeGoes(folder: string, msEach: number): Promise<Figures> {
  const spent: Spent = { statements: 0, sql: 0, begin: 0, commit: 0 };
  const restore = watch(spent);
  const { desk, store } = await openInProcess(folder);
  const all: (Spent & { readonly total: number })[] = [];
  try {
    for (let i = 0; i < WARM_UP + REQUESTS; i++) {
      Object.assign(spent, { statements: 0, sql: 0, begin: 0, commit: 0 });
      const begun = performance.now();
      await handIn(desk, 'routine', 'where', i);
      if (i >= WARM_UP) all.push({ ...spent, total: performance.now() - begun });
    }
  } finally {
    restore();
    await store.close();
  }
  const mean = (of: (one: (typeof all)[number]) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
  const inside = mean(({ total }) => total);
  return {
    msEach: round(msEach),
    httpAndEngine: round(msEach - inside),
    rulesAndJournal: round(inside - mean(({ sql, begin, commit }) => sql + begin + commit)),
    statements: round(mean(({ sql }) => sql)),
    commit: round(mean(({ begin, commit }) => begin + commit)),
    statementsEach: median(all.map(({ statements }) => statements)),
    medianCommit: round(median(all.map(({ commit }) => commit))),
  };
}

/** Times every statement of the store's connection; the answer puts things back. */
function watch(spent: Spent): () => void {
  const { execute } = SqliteConnection.prototype;
  SqliteConnection.prototype.execute = function (this: SqliteConnection, statement) {
    const text = typeof statement === 'string' ? statement : statement.sql;
    const begun = performance.now();
    try {
      return execute.call(this, statement);
    } finally {
      const took = performance.now() - begun;
      spent.statements += 1;
      spent[kindOf(text)] += took;
    }
  };
  return () => {
    SqliteConnection.prototype.execute = execute;
  };
}

function kindOf(sql: string): 'sql' | 'begin' | 'commit' {
  if (sql.startsWith('BEGIN')) return 'begin';
  return sql === 'COMMIT' ? 'commit' : 'sql';
}
