import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Asked, SearchTerm } from '../ports/search.ts';
import type { Provider } from './database.ts';

/**
 * Ids of the requests that all of this is true of, in their order, each with the number of all. Requests are read from
 * an index that has all that is asked of them: their rows are some kilobytes each.
 */
export function matching(provider: Provider, asked: Asked): Prisma.Sql {
  const { terms } = asked;
  const order = Prisma.sql`ORDER BY "request"."status" = 'closed', "request"."received_at" DESC, "request"."id" DESC`;
  const conditions = Prisma.join([Prisma.sql`1 = 1`, ...conditionsOf(asked)], ' AND ');
  const columns = Prisma.sql`"request"."id", count(*) OVER () AS "total"`;
  if (terms.length === 0) return Prisma.sql`SELECT ${columns} FROM "request" WHERE ${conditions} ${order}`;
  return provider === 'sqlite'
    ? // Words first, whatever the planner thinks of them: it knows nothing of how many hits they have.
      Prisma.sql`SELECT ${columns} FROM "search_text"
        CROSS JOIN "search_words" INDEXED BY "search_words_id_request_id_idx" ON "search_words"."id" = "search_text"."rowid"
        CROSS JOIN "request" ON "request"."id" = "search_words"."request_id"
        WHERE "search_text" MATCH ${fullText(terms)} AND ${conditions} ${order}`
    : Prisma.sql`SELECT ${columns} FROM search_hits(CAST(${textQuery(terms)} AS tsquery)) AS "hit"("request_id")
        JOIN "request" ON "request"."id" = "hit"."request_id" WHERE ${conditions} ${order}`;
}

/**
 * For the rest of a transaction on PostgreSQL: the index of requests is read rather than their rows, what is found by the
 * hundred thousand is sorted in memory, and nothing is compiled for a question that takes a tenth of a second.
 */
export const BY_INDEX = Prisma.sql`SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true),
  set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`;

function fullText(terms: readonly SearchTerm[]): string {
  return terms.map(({ word, prefix }) => `"${word}"${prefix ? '*' : ''}`).join(' AND ');
}

function textQuery(terms: readonly SearchTerm[]): string {
  return terms.map(({ word, prefix }) => `'${word}'${prefix ? ':*' : ''}`).join(' & ');
}

function conditionsOf({ statuses, urgencies, kinds, owner, waiting, since, before, ...asked }: Asked): Prisma.Sql[] {
  const { only, except, seenBy } = asked;
  return [
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
