import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Revision } from '../ports/revisions.ts';
import type { Alike, Idempotent, Reads, RecentPage } from '../ports/steps.ts';
import type { Sql } from './database.ts';
import { contentOf, methodOf, requestOf } from './rows.ts';
import { among, CONTENT, METHOD, OVERRIDE, REQUEST, REVISION, type Row } from './tables.ts';

/** So many of each officer, where nobody asks for another number. */
export const MOST_PAGES = 100;
/** Keys that one statement asks for: SQLite joins at most 500 selects. */
const MOST_KEYS = 100;

/** What steps ask most often, as single statements: inside of a step by its own `sql`, outside as committed last. */
export function makeReads(sql: Sql): Reads {
  return {
    request: async (id) => (await requests(sql, Prisma.sql`WHERE "id" = ${id}`))[0],

    bySourceReference: async (source, key) => {
      const newest = Prisma.sql`ORDER BY "received_at" DESC, "id" LIMIT 1`;
      return (
        await requests(sql, Prisma.sql`WHERE "source" = ${source} AND "own_reference_key" = ${key} ${newest}`)
      )[0];
    },

    contactMethods: async (officers, desk) => {
      const theirs = Prisma.sql`(${among('officer', officers)} OR ("officer" IS NULL AND "desk" = ${desk}))`;
      const rows = await sql.all<Row<Prisma.ContactMethodModel>>(
        Prisma.sql`SELECT ${METHOD.columns} FROM "contact_method" WHERE ${theirs} AND "removed_at" IS NULL ORDER BY "position", "id"`,
      );
      return rows.map(methodOf);
    },

    suspended: async (officers) => {
      const rows = await sql.all<{ id: string }>(
        Prisma.sql`SELECT "id" FROM "officer" WHERE ${among('id', officers)} AND "suspended_at" IS NOT NULL ORDER BY "id"`,
      );
      return rows.map(({ id }) => id);
    },

    overrides: async (desk) => {
      const rows = await sql.all<Row<Prisma.OverrideModel>>(
        Prisma.sql`SELECT ${OVERRIDE.columns} FROM "override" WHERE "desk" = ${desk} ORDER BY "made"`,
      );
      return rows.map(({ body }) => JSON.parse(body));
    },

    recentPages: async (officers, since, most = MOST_PAGES) => {
      if (officers.length === 0) return [];
      const rows = await sql.all<Omit<RecentPage, 'waiting'> & { waiting: number }>(recentPages(officers, since, most));
      return rows.map((page) => ({ ...page, waiting: page.waiting === 1 }));
    },

    alike: (desk, keys, limit) => alike(sql, desk, keys, limit),

    idempotent: async (source, key) => {
      const rows = await sql.all<Idempotent>(
        Prisma.sql`SELECT "request_id" AS "requestId", "body_sha256" AS "bodySha256", "at" FROM "idempotency"
          WHERE "source" = ${source} AND "key" = ${key}`,
      );
      return rows[0];
    },

    contents: async (ids) => {
      const rows = await sql.all<Row<Prisma.ContentModel>>(
        Prisma.sql`SELECT ${CONTENT.columns} FROM "content" WHERE ${among('id', ids)}`,
      );
      return new Map(rows.map((row) => [row.id, contentOf(row)]));
    },

    revision: async (number) => {
      const rows = await sql.all<Revision>(
        Prisma.sql`SELECT ${REVISION.columns} FROM "revision" WHERE "number" = ${number}`,
      );
      return rows[0];
    },
  };
}

export async function requests(sql: Sql, rest: Prisma.Sql) {
  const rows = await sql.all<Row<Prisma.RequestModel>>(Prisma.sql`SELECT ${REQUEST.columns} FROM "request" ${rest}`);
  return rows.map(requestOf);
}

/**
 * Of each officer the newest that were claimed and the next that are due. After a storm there are many more: the index
 * gives the time of the last one that counts, and the rest is not looked at.
 */
function recentPages(officers: readonly OfficerId[], since: Instant, most: number): Prisma.Sql {
  const each = Prisma.join(officers.map((officer) => Prisma.sql`(${officer})`));
  const page = Prisma.sql`"page"."request_id" AS "requestId", "page"."officer", "page"."method_id" AS "methodId",
    "page"."method_type" AS "methodType"`;
  return Prisma.sql`WITH "who"("officer") AS (VALUES ${each})
    SELECT ${page}, "page"."claimed_at" AS "at", 0 AS "waiting" FROM "who" JOIN "delivery" AS "page"
      ON "page"."officer" = "who"."officer" AND "page"."claimed_at" >= COALESCE((
        SELECT "claimed_at" FROM "delivery" WHERE "officer" = "who"."officer" AND "claimed_at" >= ${since}
        ORDER BY "claimed_at" DESC LIMIT 1 OFFSET ${most - 1}), ${since})
      WHERE "page"."kind" = 'page'
    UNION ALL SELECT ${page}, "page"."due_at" AS "at", 1 AS "waiting" FROM "who" JOIN "delivery" AS "page"
      ON "page"."officer" = "who"."officer" AND "page"."state" = 'pending' AND "page"."due_at" <= COALESCE((
        SELECT "due_at" FROM "delivery" WHERE "officer" = "who"."officer" AND "state" = 'pending'
        ORDER BY "due_at" LIMIT 1 OFFSET ${most - 1}), ${Number.MAX_SAFE_INTEGER})
      WHERE "page"."kind" = 'page' ORDER BY "at", "requestId"`;
}

type Found = Alike & { readonly at: bigint | number };

/**
 * The newest with each key, then the newest of all: a key that half of the requests share costs no more than another. A
 * message with hundreds of identifiers is asked for in parts, since no database takes that many at once.
 */
async function alike(sql: Sql, desk: string, keys: readonly string[], limit: number): Promise<readonly Alike[]> {
  const found: Found[] = [];
  for (let from = 0; from < keys.length; from += MOST_KEYS) {
    found.push(...(await sql.all<Found>(alikeBy(desk, keys.slice(from, from + MOST_KEYS), limit))));
  }
  return newestAlike(found, limit);
}

function alikeBy(desk: string, keys: readonly string[], limit: number): Prisma.Sql {
  const newest = keys.map(
    (key) => Prisma.sql`SELECT * FROM (SELECT "request_id", "type", "at" FROM "likeness"
      WHERE "desk" = ${desk} AND "key" = ${key} ORDER BY "at" DESC LIMIT ${limit}) AS "with_key"`,
  );
  return Prisma.sql`SELECT "l"."request_id" AS "requestId", min("l"."type") AS "type", "r"."short_id" AS "shortId", max("l"."at") AS "at"
    FROM (${Prisma.join(newest, ' UNION ALL ')}) AS "l" JOIN "request" AS "r" ON "r"."id" = "l"."request_id"
    GROUP BY "l"."request_id", "r"."short_id" ORDER BY "at" DESC, "l"."request_id" LIMIT ${limit}`;
}

/** One of each request, with the first of its types in the alphabet; the newest first. */
function newestAlike(found: readonly Found[], limit: number): readonly Alike[] {
  const each = [...Map.groupBy(found, ({ requestId }) => requestId).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const type = same.map((one) => one.type).sort()[0] ?? first.type;
    return [{ ...first, type, at: Math.max(...same.map((one) => Number(one.at))) }];
  });
  return each
    .sort((a, b) => b.at - a.at || (a.requestId < b.requestId ? -1 : 1))
    .slice(0, limit)
    .map(({ requestId, type, shortId }) => ({ requestId, type, shortId }));
}
