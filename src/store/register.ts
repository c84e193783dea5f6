import { setImmediate } from 'node:timers/promises';
import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { StreamHead } from '../journal/marks.ts';
import type { Register } from '../ports/register.ts';
import type { Database } from './database.ts';
import { isNoName } from './no-name.ts';
import { makeReads, requests } from './reads.ts';
import { deliveryOf, requestOf } from './rows.ts';
import { among, DELIVERY, REQUEST, type Row } from './tables.ts';
import { TO_THE_OWNER } from './wanted.ts';

/** Streams that are read at once: the thread is free again in between. */
const PAGE = 1000;

export function makeRegister(db: Database): Register {
  return {
    ...makeReads(db),
    byReference: async (reference) => {
      if (isNoName(reference)) return undefined;
      return (
        await requests(db, Prisma.sql`WHERE "reference" = ${reference} ORDER BY "received_at" DESC, "id" LIMIT 1`)
      )[0];
    },

    byShortId: async (shortId) => {
      if (isNoName(shortId)) return undefined;
      const found = await db.ask((prisma) => prisma.shortId.findUnique({ where: { shortId: shortId.toUpperCase() } }));
      if (found === null) return undefined;
      if (found.kind === 'request') return { requests: [found.target], bundle: false };
      const bundle = await db.ask((prisma) => prisma.bundle.findUnique({ where: { id: found.target } }));
      return { requests: bundle === null ? [] : JSON.parse(bundle.requests), bundle: true };
    },

    board: async (desks, statuses, limit) => {
      if (desks.length === 0 || statuses.length === 0) return [];
      const parts = statuses.flatMap((status) => [
        ...desks.map((desk) => boardPart(Prisma.sql`"desk" = ${desk}`, status, limit)),
        boardPart(pagedFor(desks), status, limit),
      ]);
      const rows = await db.all<Row<Prisma.RequestModel>>(
        Prisma.sql`${Prisma.join(parts, ' UNION ALL ')} ORDER BY "rank", "receivedAt", "id" LIMIT ${limit}`,
      );
      return rows.map(requestOf);
    },

    count: async (desks, statuses) => {
      const rows = await db.all<{ count: number }>(
        Prisma.sql`SELECT count(*) AS "count" FROM "request" WHERE ${among('desk', desks)} AND ${among('status', statuses)}`,
      );
      return Number(rows[0]?.count ?? 0);
    },

    ownedBy: async (officer) =>
      requests(
        db,
        Prisma.sql`WHERE "owner" = ${officer} AND "status" IN ('open', 'acknowledged') ORDER BY "rank", "received_at", "id"`,
      ),

    entries: async (stream, from, limit) => {
      const where = { stream, n: { gte: from } };
      const rows = await db.ask((prisma) =>
        prisma.journalEntry.findMany({ where, orderBy: { n: 'asc' }, take: limit }),
      );
      return rows.map((row) => ({ ...row, at: Number(row.at) }));
    },

    heads: async () => allHeads(db),

    attachments: async (requestId) =>
      db.ask((prisma) => prisma.attachment.findMany({ where: { requestId }, orderBy: { id: 'asc' } })),

    deliveries: async (requestId, most) => {
      const rows = await db.all<Row<Prisma.DeliveryModel>>(
        Prisma.sql`SELECT * FROM (SELECT ${DELIVERY.columns} FROM "delivery" WHERE "request_id" = ${requestId}
            ORDER BY coalesce("claimed_at", 0) DESC, "created_at" DESC, "due_at" DESC, "id" LIMIT ${most}) AS "newest"
          ORDER BY "createdAt", "dueAt", "id"`,
      );
      return rows.map(deliveryOf);
    },

    ringing: async (officer, methodType, most) => {
      const rows = await db.all<Row<Prisma.DeliveryModel>>(
        Prisma.sql`SELECT * FROM (SELECT ${DELIVERY.columns} FROM "delivery"
            WHERE "officer" = ${officer} AND "claimed_at" IS NOT NULL ORDER BY "claimed_at" DESC LIMIT ${most}) AS "page"
          WHERE "state" = 'handed_over' AND "kind" = 'page' AND "methodType" = ${methodType}
            AND EXISTS (SELECT 1 FROM "request" WHERE "request"."id" = "page"."requestId" AND ("request"."wants_pages"
              OR ("page"."reason" IN (${Prisma.join([...TO_THE_OWNER])}) AND "request"."owner" = "page"."officer"
                AND "request"."status" = 'acknowledged') OR "page"."reason" = 'clock'))
          ORDER BY "claimedAt", "dueAt", "id"`,
      );
      return newestOfEach(rows).map(deliveryOf);
    },

    bundlesOf: async (requestId) => {
      const rows = await db.all<{ id: string; shortId: string; requests: string }>(
        Prisma.sql`SELECT "id", "short_id" AS "shortId", "requests" FROM "bundle" WHERE "id" IN (SELECT "bundle_id" FROM "delivery"
          WHERE "request_id" = ${requestId}) ORDER BY "claimed_at", "id"`,
      );
      return rows.map((row) => ({ ...row, requests: JSON.parse(row.requests) }));
    },
  };
}

/** Of each request its last one. */
export function newestOfEach<Page extends { readonly id: string; readonly requestId: string }>(
  pages: readonly Page[],
): readonly Page[] {
  const newest = new Map(pages.map(({ requestId, id }) => [requestId, id]));
  return pages.filter(({ id, requestId }) => newest.get(requestId) === id);
}

/** The index gives the first of one desk in one state without a look at the rest. */
function boardPart(whose: Prisma.Sql, status: string, limit: number): Prisma.Sql {
  return Prisma.sql`SELECT * FROM (SELECT ${REQUEST.columns} FROM "request"
    WHERE ${whose} AND "status" = ${status} ORDER BY "rank", "received_at", "id" LIMIT ${limit}) AS "part"`;
}

/** Requests of other desks. Each is found once, also where several of `desks` were paged for it. */
function pagedFor(desks: readonly string[]): Prisma.Sql {
  return Prisma.sql`"id" IN (SELECT "request_id" FROM "paged_desk" WHERE ${among('desk', desks)}) AND NOT ${among('desk', desks)}`;
}

async function allHeads(db: Database): Promise<readonly StreamHead[]> {
  const heads: StreamHead[] = [];
  for (;;) {
    const after = heads.at(-1)?.stream ?? '';
    const where = { name: { gt: after } };
    const rows = await db.ask((prisma) => prisma.stream.findMany({ where, orderBy: { name: 'asc' }, take: PAGE }));
    heads.push(...rows.map(({ name, n, hash }) => ({ stream: name, n, hash })));
    if (rows.length < PAGE) return heads;
    await setImmediate();
  }
}
