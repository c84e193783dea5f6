import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { birth } from '../support/birth.ts';

/** An empty database, and a way to look into it while no store has it open. */
export type BareDatabase = {
  readonly url: string;
  readonly provider: 'sqlite' | 'postgresql';
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  drop(): Promise<void>;
};

type Migration = { readonly name: string; readonly sql: string };

const LATER = '29991231235959_later';

/** What must be true of migrations on every database. */
export function migrationContract(where: string, make: () => Promise<BareDatabase>, present = true): void {
  describe.skipIf(!present)(`migrations contract ${where}`, () => {
    const on = (work: (database: BareDatabase) => Promise<void>) => async () => {
      const database = await make();
      try {
        await work(database);
      } finally {
        await database.drop();
      }
    };
    const names = async ({ query }: BareDatabase) =>
      (await query('SELECT "name" FROM "_migration" ORDER BY "name"')).map(({ name }) => String(name));

    test(
      'of four processes that start at once one migrates, and each gets in or is told why not',
      { timeout: 60_000 },
      on(async (database) => {
        const outcomes = await Promise.all([1, 2, 3, 4].map(() => openElsewhere(database.url)));
        expect(outcomes.filter((one) => one === 'opened').length).toBeGreaterThan(0);
        expect(outcomes.filter((one) => one !== 'opened' && one !== 'StoreRefused')).toEqual([]);
        expect(await names(database)).toEqual(ofRelease(database));
        expect(await database.query('SELECT "id" FROM "installation"')).toHaveLength(1);
        expect(await database.query('SELECT "n" FROM "journal_entry"')).toHaveLength(1);
      }),
    );

    test(
      'a start with nothing new changes nothing',
      on(async (database) => {
        await openAndClose(database.url);
        const before = await database.query('SELECT * FROM "_migration"');
        await openAndClose(database.url);
        expect(await database.query('SELECT * FROM "_migration"')).toEqual(before);
      }),
    );

    test(
      'a script that breaks leaves nothing of itself nor of those before it, and the store is as it was',
      on(async (database) => {
        await openAndClose(database.url);
        const broken = withMigrations(database, [
          { name: '29990101000000_good', sql: 'CREATE TABLE "good" ("id" TEXT)' },
          { name: LATER, sql: 'CREATE TABLE "half" ("id" TEXT); INSERT INTO "nowhere" VALUES (1)' },
        ]);
        await expect(openAndClose(database.url, broken)).rejects.toThrow('was undone');
        expect(await names(database)).toEqual(ofRelease(database));
        for (const table of ['good', 'half'])
          await expect(database.query(`SELECT * FROM "${table}"`)).rejects.toThrow();
        const mended = withMigrations(database, [{ name: LATER, sql: 'CREATE TABLE "half" ("id" TEXT)' }]);
        await openAndClose(database.url, mended);
        expect(await names(database)).toEqual([...ofRelease(database), LATER]);
      }),
    );

    test(
      'a store that a newer release wrote is refused, and the message says what to do',
      on(async (database) => {
        await openAndClose(
          database.url,
          withMigrations(database, [{ name: LATER, sql: 'CREATE TABLE "later" ("id" TEXT)' }]),
        );
        await expect(openAndClose(database.url)).rejects.toThrow(`newer release (${LATER})`);
        await expect(openAndClose(database.url)).rejects.toMatchObject({ name: 'StoreRefused' });
      }),
    );

    test(
      'a script that is not the one that was applied is refused, but other line ends do not matter',
      on(async (database) => {
        const script = (sql: string) => withMigrations(database, [{ name: LATER, sql }]);
        await openAndClose(database.url, script('CREATE TABLE "later" (\n"id" TEXT)'));
        await openAndClose(database.url, script('CREATE TABLE "later" (\r\n"id" TEXT)'));
        await expect(openAndClose(database.url, script('CREATE TABLE "later" ("id" INTEGER)'))).rejects.toThrow(LATER);
      }),
    );

    test(
      'the journal is append-only also after a migration that makes its table anew',
      on(async (database) => {
        await openAndClose(database.url);
        const anew = `CREATE TABLE "journal_new" AS SELECT * FROM "journal_entry"; DROP TABLE "journal_entry";
          ALTER TABLE "journal_new" RENAME TO "journal_entry"`;
        await openAndClose(database.url, withMigrations(database, [{ name: LATER, sql: anew }]));
        expect(await database.query('SELECT "n" FROM "journal_entry"')).toHaveLength(1);
        await expect(database.query('UPDATE "journal_entry" SET "n" = 2')).rejects.toThrow('append-only');
        await expect(database.query('DELETE FROM "journal_entry"')).rejects.toThrow('append-only');
      }),
    );
  });
}

async function openAndClose(url: string, migrations = MIGRATIONS): Promise<void> {
  const store = await openStore({ url, migrations, ...birth });
  await store.close();
}

function ofRelease({ provider }: BareDatabase): readonly string[] {
  const entries = readdirSync(join(MIGRATIONS, provider), { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** The release's migrations and these. */
function withMigrations({ provider }: BareDatabase, more: readonly Migration[]): string {
  const root = mkdtempSync(join(tmpdir(), 'tocsin-migrations-'));
  folders.push(root);
  cpSync(MIGRATIONS, root, { recursive: true });
  for (const { name, sql } of more) {
    mkdirSync(join(root, provider, name));
    writeFileSync(join(root, provider, name, 'migration.sql'), sql);
  }
  return root;
}

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const OPEN = fileURLToPath(new URL('../support/open-store.ts', import.meta.url));

/** `opened`, or the name of what was thrown. */
export async function openElsewhere(url: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', OPEN, url]);
  return stdout.trim();
}
