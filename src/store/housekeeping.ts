import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Housekeeping } from '../ports/housekeeping.ts';
import type { Database } from './database.ts';

export function makeHousekeeping(db: Database): Housekeeping {
  return {
    forget: async (before) => {
      const keys = await db.run(Prisma.sql`DELETE FROM "idempotency" WHERE "at" < ${before}`);
      const links = await db.run(Prisma.sql`DELETE FROM "sign_in_link" WHERE "expires_at" < ${before}`);
      const sessions = await db.run(Prisma.sql`DELETE FROM "session" WHERE "expires_at" < ${before}`);
      return keys + links + sessions;
    },
  };
}
