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
      const valid = { hash, endedAt: null, expiresAt: { gt: BigInt(now) } };
      const row = await db.ask((prisma) => prisma.session.findFirst({ where: valid }));
      return row === null ? undefined : sessionOf(row);
    },
    end: async (hash, now) => {
      await db.ask((prisma) =>
        prisma.session.updateMany({ where: { hash, endedAt: null }, data: { endedAt: BigInt(now) } }),
      );
    },
  };
}

type SessionRow = Omit<Session, 'createdAt' | 'expiresAt'> & { readonly createdAt: bigint; readonly expiresAt: bigint };

function sessionOf({ hash, officer, csrf, createdAt, expiresAt }: SessionRow): Session {
  return { hash, officer, csrf, createdAt: Number(createdAt), expiresAt: Number(expiresAt) };
}
