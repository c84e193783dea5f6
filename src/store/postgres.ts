import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../../prisma/generated/postgresql/client.ts';
import type { PrismaClient as Client } from '../../prisma/generated/sqlite/client.ts';
import { StoreRefused } from '../ports/store.ts';
import { type Adapter, Database } from './database.ts';
import { toStoreError } from './errors.ts';
import { migratePostgres } from './migrations.ts';

/**
 * Opens the database and migrates it; of several nodes that start at once, one does it and the others wait. Throws
 * `StoreRefused` for a database that cannot keep every text, that answers before a commit is safe, or that a newer
 * release has written, and `StoreUnavailable` when it cannot be reached.
 */
export async function openPostgres(url: string, migrations: string): Promise<Database> {
  await migratePostgres(url, migrations);
  const factory = new PrismaPg(
    {
      connectionString: url,
      application_name: 'tocsin',
      max: 10,
      connectionTimeoutMillis: 5000,
      // A node that dies in the middle of a step must not hold a request's lock until somebody notices.
      idle_in_transaction_session_timeout: 10_000,
      lock_timeout: 5000,
      statement_timeout: 30_000,
      keepAlive: true,
    },
    // The pool mends itself; whatever ran on the connection fails by itself and says so.
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  const adapter = (await factory.connect()) as Adapter;
  try {
    await checkServer(adapter);
  } catch (error) {
    await adapter.dispose();
    throw error instanceof StoreRefused ? error : toStoreError(error);
  }
  const shared = { provider: adapter.provider, adapterName: adapter.adapterName, connect: async () => adapter };
  const prisma = new PrismaClient({ adapter: shared, errorFormat: 'minimal' });
  // Wider types, same shape: what compiles for SQLite is valid here.
  return new Database('postgresql', adapter, prisma as unknown as Client, async () => undefined);
}

async function checkServer(adapter: Adapter): Promise<void> {
  const sql = "SELECT current_setting('server_encoding'), current_setting('synchronous_commit')";
  const { rows } = await adapter.queryRaw({ sql, args: [], argTypes: [] });
  const [encoding, commit] = rows[0] ?? [];
  if (encoding !== 'UTF8') {
    throw new StoreRefused(`the database has the encoding ${String(encoding)}: make it anew with ENCODING 'UTF8'`);
  }
  if (commit === 'off') {
    throw new StoreRefused('the database has synchronous_commit off and may lose what it said it kept: set it to on');
  }
}
