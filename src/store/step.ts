import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Alarm, DeliveryResult, Step, Steps } from '../ports/steps.ts';
import type { Installation } from '../ports/store.ts';
import type { Database, Sql } from './database.ts';
import { Heads } from './heads.ts';
import { guarded } from './methods.ts';
import { makeReads } from './reads.ts';
import { save } from './save.ts';
import { type ShortIds, takeShortId } from './short-ids.ts';
import { requestIn } from './streams.ts';
import { WANTED } from './wanted.ts';

export function makeSteps(db: Database, installation: Installation, shortIds: ShortIds): Steps {
  return {
    step: async (owner, work) => {
      let own = 0;
      const result = await db.transaction(async (sql) => {
        const heads = new Heads(sql, installation);
        await heads.lock(owner);
        const ids = { taken: () => shortIds.taken + own, took: () => void own++ };
        return work(guarded(makeStep(sql, heads, ids), (error) => sql.fail(error)));
      });
      shortIds.taken += own;
      return result;
    },
  };
}

/** After a restore a desk that is new in the store begins beyond what it may have given before; see `restore-renew.ts`. */
const BEGINS_AT = (year: number) =>
  Prisma.sql`COALESCE((SELECT "floor"."last" FROM "counter" AS "floor" WHERE "floor"."desk" = '' AND "floor"."year" = ${year}), 0)`;

type TakenIds = { readonly taken: () => number; readonly took: () => void };

function makeStep(sql: Sql, heads: Heads, ids: TakenIds): Step {
  const reads = makeReads(sql);
  return {
    ...reads,
    lock: async (stream) => {
      await heads.lock(stream);
      const id = requestIn(stream);
      return id === undefined ? undefined : reads.request(id);
    },
    armed: async (stream, kind) => {
      const rows = await sql.all<Alarm>(
        Prisma.sql`SELECT "kind", "desk", "rank", "due_at" AS "dueAt" FROM "alarm" WHERE "stream" = ${stream} AND "kind" = ${kind}`,
      );
      return rows[0];
    },
    nextNumber: async (desk, year) => {
      const rows = await sql.all<{ last: number }>(
        Prisma.sql`INSERT INTO "counter" ("desk", "year", "last") VALUES (${desk}, ${year}, 1 + ${BEGINS_AT(year)})
          ON CONFLICT ("desk", "year") DO UPDATE SET "last" = "counter"."last" + 1 RETURNING "last"`,
      );
      return rows[0]?.last ?? 0;
    },
    takeShortId: async (candidates, kind, target) => {
      const shortId = await takeShortId(sql, candidates, kind, target);
      ids.took();
      return shortId;
    },
    shortIdsTaken: async () => ids.taken(),
    finishDelivery: async (id, fence, result) => (await sql.run(finish(id, fence, result))) === 1,
    save: async (change) => save(sql, heads, change),
  };
}

function finish(id: string, fence: number, result: DeliveryResult): Prisma.Sql {
  const mine = Prisma.sql`WHERE "id" = ${id} AND "fence" = ${fence} AND "state" = 'claimed'`;
  const free = Prisma.sql`"node" = NULL, "boot" = NULL`;
  switch (result.state) {
    case 'handed_over':
      return Prisma.sql`UPDATE "delivery" SET "state" = 'handed_over', "finished_at" = ${result.at}, "code" = NULL,
        "ref" = ${result.ref ?? null}, ${free} ${mine}`;
    case 'failed':
      return Prisma.sql`UPDATE "delivery" SET "state" = 'failed', "finished_at" = ${result.at}, "code" = ${result.code}, ${free} ${mine}`;
    case 'pending':
      return again(result, free, mine);
  }
}

/** A page that nobody wants any more since it was claimed is not tried again. */
function again(result: DeliveryResult & { readonly state: 'pending' }, free: Prisma.Sql, mine: Prisma.Sql): Prisma.Sql {
  const { at, dueAt, code, unknown } = result;
  return Prisma.sql`UPDATE "delivery" SET "due_at" = ${dueAt}, "code" = ${code}, "unknowns" = "unknowns" + ${unknown ? 1 : 0},
    "state" = CASE WHEN ${WANTED} THEN 'pending' ELSE 'cancelled' END,
    "finished_at" = CASE WHEN ${WANTED} THEN NULL ELSE CAST(${at} AS BIGINT) END, ${free} ${mine}`;
}
