import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { BundleIds, Claim, NodeBoot } from '../ports/queue.ts';
import { byRank, skipLocked } from './by-rank.ts';
import type { Database, Provider, Sql } from './database.ts';
import { claimOf } from './rows.ts';
import { type ShortIds, takeShortId } from './short-ids.ts';
import { among, BUNDLE, DELIVERY } from './tables.ts';
import { type Delivery, mayTravel, type Parcel, parcels } from './travel.ts';
import { WANTED } from './wanted.ts';

type Claiming = { readonly by: NodeBoot; readonly now: Instant; readonly limit: number; readonly ids: BundleIds };

/** Claims what is due, most urgent first, with everything that may travel along. One transaction. */
export async function claimDeliveries(db: Database, shortIds: ShortIds, claiming: Claiming): Promise<readonly Claim[]> {
  const { by, now, limit } = claiming;
  let made = 0;
  const claims = await db.transaction(async (sql) => {
    const first = await take(sql, by, now, dueMost(sql.provider, now, limit));
    const mates = first.filter(mayTravel);
    const more = mates.length === 0 ? [] : await take(sql, by, now, dueAlong(sql.provider, now, mates));
    const claims: Claim[] = [];
    for (const parcel of parcels([...first, ...more])) {
      if (parcel.kind === 'new') made++;
      claims.push(claimOf(parcel.rows, now, await bundleOf(sql, parcel, claiming)));
    }
    return claims;
  });
  shortIds.taken += made;
  return claims;
}

async function bundleOf(sql: Sql, parcel: Parcel, { now, ids }: Claiming): Promise<Claim['bundle']> {
  if (parcel.kind === 'alone') return undefined;
  if (parcel.kind === 'again') {
    const rows = await sql.all<Bundle>(
      Prisma.sql`SELECT "id", "short_id" AS "shortId" FROM "bundle" WHERE "id" = ${parcel.bundleId}`,
    );
    return rows[0];
  }
  const id = ids.id();
  const shortId = await takeShortId(sql, ids.shortIds(), 'bundle', id);
  const [{ officer, methodId }] = parcel.rows;
  const requests = JSON.stringify(parcel.requests);
  await sql.run(BUNDLE.insert([{ id, shortId, officer: officer ?? '', methodId, requests, claimedAt: now }]));
  const members = parcel.rows.map((row) => row.id);
  await sql.run(Prisma.sql`UPDATE "delivery" SET "bundle_id" = ${id} WHERE ${among('id', members)}`);
  return { id, shortId };
}

type Bundle = NonNullable<Claim['bundle']>;

/** Marks as claimed what `picked` selects. The claim is in the database before anything is sent. */
function take(sql: Sql, by: NodeBoot, now: Instant, picked: Prisma.Sql): Promise<readonly Delivery[]> {
  return sql.all<Delivery>(
    Prisma.sql`WITH "picked" AS MATERIALIZED (${picked})
      UPDATE "delivery" SET "state" = 'claimed', "node" = ${by.node}, "boot" = ${by.boot}, "claimed_at" = ${now},
        "attempts" = "attempts" + 1, "fence" = "fence" + 1
      WHERE "id" IN (SELECT "id" FROM "picked") RETURNING ${DELIVERY.columns}`,
  );
}

function dueMost(provider: Provider, now: Instant, limit: number): Prisma.Sql {
  const due = (rank: number) => Prisma.sql`SELECT "id", "rank", "due_at" FROM "delivery"
    WHERE "state" = 'pending' AND "rank" = ${rank} AND "due_at" <= ${now} AND ${WANTED}
    ORDER BY "due_at", "id" LIMIT ${limit} ${skipLocked(provider)}`;
  return Prisma.sql`SELECT "id" FROM (${byRank(due)}) AS "due" ORDER BY "rank", "due_at", "id" LIMIT ${limit}`;
}

/** What else is due for the same people by the same methods, and the rest of bundles that are tried again. */
function dueAlong(provider: Provider, now: Instant, mates: readonly Delivery[]): Prisma.Sql {
  const officers = [...new Set(mates.flatMap(({ officer }) => officer ?? []))];
  const ways = mates.map(({ officer, methodId }) => Prisma.sql`(${officer}, ${methodId})`);
  const bundles = mates.flatMap(({ bundleId }) => bundleId ?? []);
  return Prisma.sql`SELECT "id" FROM "delivery"
    WHERE ${among('officer', officers)} AND "state" = 'pending' AND "due_at" <= ${now} AND ${WANTED}
      AND (("bundleable" AND "attempts" = 0 AND ("officer", "method_id") IN (VALUES ${Prisma.join(ways)}))
        OR ${among('bundle_id', bundles)}) ${skipLocked(provider)}`;
}
