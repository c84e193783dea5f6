import { createClient } from '@libsql/client';
import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openDatabase, storeOn } from '../../src/store/open.ts';
import { type BareDatabase, migrationContract } from '../contracts/migrations.ts';
import type { Bench } from '../contracts/store/bench.ts';
import { storeContract } from '../contracts/store.ts';
import { birth } from '../support/birth.ts';
import { freshFile } from '../support/sqlite.ts';

async function bench(): Promise<Bench> {
  const { url, remove } = freshFile();
  let db = await openDatabase(url, MIGRATIONS);
  const store = await storeOn(db, birth);
  return {
    store,
    another: async () => store,
    reopen: async () => {
      await db.close();
      db = await openDatabase(url, MIGRATIONS);
      return storeOn(db, birth);
    },
    tamper: async (how) => {
      await db.run(
        how === 'change'
          ? Prisma.sql`UPDATE "journal_entry" SET "body" = '{}'`
          : Prisma.sql`DELETE FROM "journal_entry"`,
      );
    },
    close: async () => {
      await db.close();
      remove();
    },
  };
}

async function bare(): Promise<BareDatabase> {
  const { url, remove } = freshFile();
  const query = async (sql: string) => {
    const client = createClient({ url });
    try {
      const { rows } = await client.execute(sql);
      return rows.map((row) => ({ ...row }));
    } finally {
      client.close();
    }
  };
  return { url, provider: 'sqlite', query, drop: async () => remove() };
}

storeContract('on SQLite', bench);
migrationContract('on SQLite', bare);
