import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openDatabase, storeOn } from '../../src/store/open.ts';
import type { Bench } from '../contracts/store/bench.ts';
import { storeContract } from '../contracts/store.ts';
import { birth } from '../support/birth.ts';

async function bench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-store-'));
  const url = `file:${join(folder, 'tocsin.db')}`;
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
      rmSync(folder, { recursive: true });
    },
  };
}

storeContract('on SQLite', bench);
