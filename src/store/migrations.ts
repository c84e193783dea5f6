import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { StoreRefused } from '../ports/store.ts';
import type { Adapter, Provider } from './database.ts';
import { toStoreError } from './errors.ts';

export const MIGRATIONS = resolve(import.meta.dirname, '../../prisma/migrations');

type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };
type Applied = { readonly name: string; readonly checksum: string };

const TABLE =
  'CREATE TABLE IF NOT EXISTS "_migration" ("name" TEXT PRIMARY KEY, "checksum" TEXT NOT NULL, "applied_at" TEXT NOT NULL)';
const READ = 'SELECT "name", "checksum" FROM "_migration" ORDER BY "name"';

/**
 * Applies what is new, all or nothing, and then `always.sql`: a table that SQLite must make anew for a change loses its
 * triggers without a word. The connection holds the whole file already, so no other process can be at it.
 */
export async function migrateSqlite(adapter: Adapter, root: string): Promise<void> {
  // Inside of a transaction it would do nothing; what a script leaves without its parent is found before the commit.
  await adapter.executeScript('PRAGMA foreign_keys = OFF');
  await adapter.executeScript(TABLE);
  const { rows } = await adapter.queryRaw({ sql: READ, args: [], argTypes: [] });
  const applied = rows.map(([name, checksum]) => ({ name: String(name), checksum: String(checksum) }));
  const fresh = freshMigrations(root, 'sqlite', applied);
  const script = ['BEGIN EXCLUSIVE', ...fresh.map(withRecord), always(root, 'sqlite'), ORPHANS, 'COMMIT'].join(';\n');
  await adapter.executeScript(script).catch((error: unknown) => failed(fresh, error));
  await adapter.executeScript('PRAGMA foreign_keys = ON');
}

/** Fails when a row has lost its parent: then the script around it is undone. */
const ORPHANS = `CREATE TEMP TABLE "orphans" ("rows" INTEGER CHECK ("rows" = 0));
INSERT INTO "orphans" SELECT count(*) FROM pragma_foreign_key_check;
DROP TABLE "orphans"`;

/** The same on PostgreSQL; of several nodes that start at once, the others wait and find nothing to do. */
export async function migratePostgres(url: string, root: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: 'tocsin' });
  // A connection that breaks also fails the query that runs on it, and that is where it is told.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${LOCK}); ${TABLE}`);
    const { rows } = await client.query<Applied>(READ);
    const fresh = freshMigrations(root, 'postgresql', rows);
    const script = [...fresh.map(withRecord), always(root, 'postgresql')].join(';\n');
    await client.query(script).catch((error: unknown) => failed(fresh, error));
    await client.query('COMMIT');
  } catch (error) {
    throw error instanceof StoreRefused ? error : toStoreError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Any number that nothing else in the database uses. */
const LOCK = 72707369;

/** What is still to be applied. Throws `StoreRefused` when the database and this release do not fit together. */
function freshMigrations(root: string, provider: Provider, applied: readonly Applied[]): readonly Migration[] {
  const all = migrationsIn(resolve(root, provider));
  const known = new Map(all.map((migration) => [migration.name, migration]));
  const foreign = applied.filter(({ name }) => !known.has(name));
  if (foreign.length > 0) {
    const names = foreign.map(({ name }) => name).join(', ');
    throw new StoreRefused(
      `the store was written by a newer release (${names}): start that release, or restore a backup`,
    );
  }
  const changed = applied.find(({ name, checksum }) => known.get(name)?.checksum !== checksum);
  if (changed !== undefined) {
    throw new StoreRefused(
      `the migration ${changed.name} is not the one that made this store: install the release anew`,
    );
  }
  return all.filter(({ name }) => !applied.some((one) => one.name === name));
}

function migrationsIn(folder: string): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => migrationOf(name, readFileSync(resolve(folder, name, 'migration.sql'), 'utf8')))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Line ends are no difference: git may have changed them. */
function migrationOf(name: string, text: string): Migration {
  const sql = text.replaceAll('\r\n', '\n');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

function withRecord({ name, sql, checksum }: Migration): string {
  const at = new Date().toISOString();
  return `${sql};\nINSERT INTO "_migration" VALUES ('${name}', '${checksum}', '${at}')`;
}

function always(root: string, provider: Provider): string {
  const file = resolve(root, provider, 'always.sql');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The code only: the text of a database may quote a row. */
function failed(fresh: readonly Migration[], error: unknown): never {
  const fault = toStoreError(error);
  const names = fresh.map(({ name }) => name).join(', ') || 'always.sql';
  const code = 'code' in fault ? fault.code : fault.name;
  throw new StoreRefused(
    `migrating the store failed and was undone (${names}: ${code}): report it, the store is as it was`,
  );
}
