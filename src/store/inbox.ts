import type { Inbox } from '../ports/inbox.ts';
import type { Database } from './database.ts';

export function makeInbox(db: Database): Inbox {
  return {
    keep: async (row) => {
      const data = { ...row, receivedAt: BigInt(row.receivedAt), bytes: Uint8Array.from(row.bytes) };
      await db.ask((prisma) => prisma.inbox.create({ data, select: { id: true } }));
    },
    waiting: async (limit) => {
      const select = { id: true, source: true, receivedAt: true, media: true };
      const rows = await db.ask((prisma) =>
        prisma.inbox.findMany({ select, orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }], take: limit }),
      );
      return rows.map((row) => ({ ...row, receivedAt: Number(row.receivedAt) }));
    },
    bytes: async (id) =>
      (await db.ask((prisma) => prisma.inbox.findUnique({ where: { id }, select: { bytes: true } })))?.bytes,
  };
}
