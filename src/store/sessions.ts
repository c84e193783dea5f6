import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Session, Sessions } from '../ports/sessions.ts';
import type { Database } from './database.ts';

export function makeSessions(db: Database): Sessions {
  return {
    addLink: async (link) => {
      const data = { ...link, expiresAt: BigInt(link.expiresAt) };
      await db.ask((prisma) => prisma.signInLink.create({ data }));
    },
    useLink: async (hash, now) => {
      const usable = { hash, usedAt: null, expiresAt: { gt: BigInt(now) } };
      // The condition and the change are one statement: of two at once only one finds the link unused.
      const used = await db.ask((prisma) =>
        prisma.signInLink.updateMany({ where: usable, data: { usedAt: BigInt(now) } }),
      );
      if (used.count !== 1) return undefined;
      return (await db.ask((prisma) => prisma.signInLink.findUnique({ where: { hash } })))?.officer;
    },
    open: async (session) => {
      const { createdAt, expiresAt } = session;
      const data = { ...session, createdAt: BigInt(createdAt), expiresAt: BigInt(expiresAt) };
      await db.ask((prisma) => prisma.session.create({ data }));
    },
    session: async (hash, now) => {
      const rows = await db.all<Session>(
        Prisma.sql`SELECT "hash", "officer", "csrf", "created_at" AS "createdAt", "expires_at" AS "expiresAt" FROM "session"
          WHERE "hash" = ${hash} AND "ended_at" IS NULL AND "expires_at" > ${now}`,
      );
      return rows[0];
    },
    end: async (hash, now) => {
      await db.ask((prisma) =>
        prisma.session.updateMany({ where: { hash, endedAt: null }, data: { endedAt: BigInt(now) } }),
      );
    },
  };
}
