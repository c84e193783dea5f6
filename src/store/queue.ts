import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { NodeBoot, Queue, ShownView } from '../ports/queue.ts';
import { byRank, skipLocked } from './by-rank.ts';
import { claimDeliveries } from './claim.ts';
import type { Database, Provider } from './database.ts';
import { alarmOf, viewOf } from './rows.ts';
import type { ShortIds } from './short-ids.ts';
import { ALARM, type Row, VIEW } from './tables.ts';
import { byUrgency } from './travel.ts';
import { WANTED } from './wanted.ts';

/** The engine's work list. Everything that is due is found rank by rank, with as many steps into an index as are due. */
export function makeQueue(db: Database, shortIds: ShortIds): Queue {
  return {
    dueAlarms: async (now, limit) => {
      const due = (rank: number) => Prisma.sql`SELECT ${ALARM.columns} FROM "alarm"
        WHERE "rank" = ${rank} AND "not_before" <= ${now} ORDER BY "not_before" LIMIT ${limit}`;
      const rows = await db.all<Row<Prisma.AlarmModel>>(
        Prisma.sql`${byRank(due)} ORDER BY "rank", "notBefore", "stream", "kind" LIMIT ${limit}`,
      );
      return rows.map(alarmOf);
    },

    alarmFailed: async ({ stream, kind, dueAt }, notBefore) => {
      await db.run(
        Prisma.sql`UPDATE "alarm" SET "failures" = "failures" + 1, "not_before" = ${notBefore}
          WHERE "stream" = ${stream} AND "kind" = ${kind} AND "due_at" = ${dueAt}`,
      );
    },

    holdAlarms: async (until) => {
      await db.run(Prisma.sql`UPDATE "alarm" SET "not_before" = ${until} WHERE "not_before" < ${until}`);
    },

    freeAlarms: async (heldUntil) => {
      await db.run(Prisma.sql`UPDATE "alarm" SET "not_before" = "due_at" WHERE "not_before" = ${heldUntil}`);
    },

    nextDue: async () => {
      const rows = await db.all<{ due: number | null }>(
        Prisma.sql`SELECT min("due") AS "due" FROM (${NEXT}) AS "next"`,
      );
      return rows[0]?.due ?? undefined;
    },

    claimDeliveries: async (by, now, limit, ids) => claimDeliveries(db, shortIds, { by, now, limit, ids }),

    hasten: async (officer, methodType, now) =>
      db.run(
        Prisma.sql`UPDATE "delivery" SET "due_at" = ${now} WHERE "officer" = ${officer} AND "state" = 'pending'
          AND "due_at" > ${now} AND "attempts" > 0 AND "method_type" = ${methodType}`,
      ),

    stillClaimed: async ({ deliveries }) => {
      const pairs = deliveries.map(({ id, fence }) => Prisma.sql`("id" = ${id} AND "fence" = ${fence})`);
      const rows = await db.all<{ id: string }>(
        Prisma.sql`SELECT "id" FROM "delivery" WHERE "state" = 'claimed' AND (${Prisma.join(pairs, ' OR ')})`,
      );
      return rows.length === deliveries.length;
    },

    releaseStale: async (by, silentSince) => {
      const deliveries = await db.run(
        Prisma.sql`UPDATE "delivery" SET "state" = 'pending', "node" = NULL, "boot" = NULL, "unknowns" = "unknowns" + 1,
          "code" = 'unknown' WHERE "state" = 'claimed' AND ${abandoned('delivery', by, silentSince)}`,
      );
      const views = await db.run(
        Prisma.sql`UPDATE "view" SET "node" = NULL, "boot" = NULL
          WHERE "node" IS NOT NULL AND ${abandoned('view', by, silentSince)}`,
      );
      return deliveries + views;
    },

    claimViews: async (by, now, limit) => {
      const rows = await db.all<Row<Prisma.ViewModel>>(claimViews(db.provider, by, now, limit));
      return [...rows].sort(byUrgency).map(viewOf);
    },

    finishViews: async (shown) => {
      // By id, as a step writes them: of two transactions that want the same rows neither waits for the other's.
      const inOrder = [...shown].sort((a, b) => (a.claim.id < b.claim.id ? -1 : 1));
      if (inOrder.length === 0) return;
      await db.transaction(async (sql) => {
        for (const one of inOrder) await sql.run(finishView(one));
      });
    },
  };
}

/** Claimed neither by this process nor by another node that was heard of since: nobody is at work on it any more. */
function abandoned(table: 'delivery' | 'view', { node, boot }: NodeBoot, silentSince: Instant): Prisma.Sql {
  const row = Prisma.raw(`"${table}"`);
  return Prisma.sql`NOT (${row}."node" = ${node} AND ${row}."boot" = ${boot}) AND NOT EXISTS (SELECT 1 FROM "node" AS "holder"
    WHERE "holder"."id" = ${row}."node" AND "holder"."boot" = ${row}."boot" AND "holder"."beat_at" >= ${silentSince}
      AND "holder"."id" <> ${node})`;
}

function claimViews(provider: Provider, by: NodeBoot, now: Instant, limit: number): Prisma.Sql {
  const due = (rank: number) => Prisma.sql`SELECT "id", "rank", "due_at" FROM "view"
    WHERE "rank" = ${rank} AND "due_at" <= ${now} AND "node" IS NULL ORDER BY "due_at" LIMIT ${limit} ${skipLocked(provider)}`;
  return Prisma.sql`WITH "picked" AS MATERIALIZED (${byRank(due)} ORDER BY "rank", "due_at", "id" LIMIT ${limit})
    UPDATE "view" SET "node" = ${by.node}, "boot" = ${by.boot}, "claimed_at" = ${now}, "fence" = "fence" + 1
    WHERE "id" IN (SELECT "id" FROM "picked") RETURNING ${VIEW.columns}`;
}

/** What it was wanted to show when it was claimed may be out of date by now: then it stays due. */
function finishView({ claim: { id, fence }, result }: ShownView): Prisma.Sql {
  const mine = Prisma.sql`WHERE "id" = ${id} AND "fence" = ${fence} AND "node" IS NOT NULL`;
  const free = Prisma.sql`"node" = NULL, "boot" = NULL`;
  return result.state === 'failed'
    ? Prisma.sql`UPDATE "view" SET "failures" = "failures" + 1, "due_at" = ${result.notBefore}, ${free} ${mine}`
    : Prisma.sql`UPDATE "view" SET "shown" = ${result.version}, "ref" = COALESCE(${result.ref ?? null}, "ref"), "failures" = 0,
        "due_at" = CASE WHEN "wanted" > ${result.version} THEN "due_at" END, ${free} ${mine}`;
}

const NEXT = Prisma.join(
  [
    byRank(
      (rank) =>
        Prisma.sql`SELECT "not_before" AS "due" FROM "alarm" WHERE "rank" = ${rank} ORDER BY "not_before" LIMIT 1`,
    ),
    byRank(
      (
        rank,
      ) => Prisma.sql`SELECT "due_at" AS "due" FROM "delivery" WHERE "state" = 'pending' AND "rank" = ${rank} AND ${WANTED}
        ORDER BY "due_at" LIMIT 1`,
    ),
    byRank(
      (
        rank,
      ) => Prisma.sql`SELECT "due_at" AS "due" FROM "view" WHERE "rank" = ${rank} AND "due_at" IS NOT NULL AND "node" IS NULL
        ORDER BY "due_at" LIMIT 1`,
    ),
  ],
  ' UNION ALL ',
);
