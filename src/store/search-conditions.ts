import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Asked } from '../ports/search.ts';

/** What is asked of "request" besides words; true when nothing is. */
export function conditionsOf({ statuses, urgencies, kinds, owner, waiting, ...asked }: Asked): Prisma.Sql {
  const { since, before, only, except, seenBy } = asked;
  const conditions = [
    ...(statuses === undefined ? [] : [oneOf('status', statuses)]),
    ...(urgencies === undefined ? [] : [oneOf('urgency', urgencies)]),
    ...(kinds === undefined ? [] : [oneOf('kind', kinds)]),
    ...(owner === undefined ? [] : [Prisma.sql`"request"."owner" = ${owner}`]),
    ...(since === undefined ? [] : [Prisma.sql`"request"."received_at" >= ${since}`]),
    ...(before === undefined ? [] : [Prisma.sql`"request"."received_at" < ${before}`]),
    ...(only === undefined ? [] : [oneOf('id', only)]),
    ...(except === undefined || except.length === 0 ? [] : [Prisma.sql`NOT ${oneOf('id', except)}`]),
    ...(seenBy === undefined ? [] : [seen(seenBy)]),
    ...(waiting === undefined ? [] : [WAITS]),
  ];
  return conditions.length === 0 ? Prisma.sql`1 = 1` : Prisma.join(conditions, ' AND ');
}

function oneOf(column: 'status' | 'urgency' | 'kind' | 'id', values: readonly string[]): Prisma.Sql {
  if (values.length === 0) return Prisma.sql`1 = 0`;
  return Prisma.sql`${Prisma.raw(`"request"."${column}"`)} IN (${Prisma.join([...values])})`;
}

/** The cheap question first: only for requests of other desks are the pages looked through. */
function seen({ desks, officer }: NonNullable<Asked['seenBy']>): Prisma.Sql {
  const own = desks.length === 0 ? Prisma.sql`1 = 0` : Prisma.sql`"request"."desk" IN (${Prisma.join([...desks])})`;
  const paged =
    desks.length === 0
      ? Prisma.sql`1 = 0`
      : Prisma.sql`EXISTS (SELECT 1 FROM "paged_desk" WHERE "paged_desk"."request_id" = "request"."id"
          AND "paged_desk"."desk" IN (${Prisma.join([...desks])}))`;
  return Prisma.sql`(${own} OR "request"."owner" = ${officer} OR ${paged} OR EXISTS (SELECT 1 FROM "delivery"
    WHERE "delivery"."request_id" = "request"."id" AND "delivery"."officer" = ${officer}))`;
}

/** The state is a text; inside of its strings the quotation marks are escaped, so only a key can look like this. */
const WAITS = Prisma.sql`"request"."status" = 'acknowledged' AND "request"."state" LIKE '%"waiting":{%'`;
