import { Client } from 'pg';
import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openDatabase, openStore, storeOn } from '../../src/store/open.ts';
import { type BareDatabase, migrationContract } from '../contracts/migrations.ts';
import type { Bench } from '../contracts/store/bench.ts';
import { storeContract } from '../contracts/store.ts';
import { birth } from '../support/birth.ts';
import { freshDatabase, POSTGRES } from '../support/postgres.ts';

async function bench(server: string): Promise<Bench> {
  const { url, drop } = await freshDatabase(server);
  const db = await openDatabase(url, MIGRATIONS);
  const store = await storeOn(db, birth);
  const opened = [store];
  const open = async () => {
    const more = await openStore({ url, ...birth });
    opened.push(more);
    return more;
  };
  return {
    store,
    another: open,
    reopen: async () => {
      await store.close();
      return open();
    },
    tamper: async (how) => {
      await db.run(
        how === 'change'
          ? Prisma.sql`UPDATE "journal_entry" SET "body" = '{}'`
          : Prisma.sql`DELETE FROM "journal_entry"`,
      );
    },
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
      await drop();
    },
  };
}

async function bare(server: string): Promise<BareDatabase> {
  const { url, drop } = await freshDatabase(server);
  const query = async (sql: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  return { url, provider: 'postgresql', query, drop };
}

storeContract('on PostgreSQL', () => bench(POSTGRES ?? ''), POSTGRES !== undefined);
migrationContract('on PostgreSQL', () => bare(POSTGRES ?? ''), POSTGRES !== undefined);
