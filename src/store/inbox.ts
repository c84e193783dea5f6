import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Database } from './database.ts';

export function makeInbox(db: Database): Inbox {
  return {
    keep: async (row) => {
      const data = { ...row, receivedAt: BigInt(row.receivedAt), bytes: Uint8Array.from(row.bytes) };
      await db.ask((prisma) => prisma.inbox.create({ data, select: { id: true } }));
    },
    waiting: async (limit) =>
      db.all(
        Prisma.sql`SELECT "id", "source", "received_at" AS "receivedAt", "media" FROM "inbox"
          ORDER BY "received_at", "id" LIMIT ${limit}`,
      ),
    bytes: async (id) =>
      (await db.ask((prisma) => prisma.inbox.findUnique({ where: { id }, select: { bytes: true } })))?.bytes,
  };
}
