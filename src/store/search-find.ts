import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Asked, SearchTerm } from '../ports/search.ts';
import type { RequestState } from '../request/state.ts';
import { conditionsOf } from './search-conditions.ts';

const NOT_CLOSED = ['open', 'acknowledged', 'concluded'] as const;
const ORDER = Prisma.sql`ORDER BY "request"."status" = 'closed', "request"."received_at" DESC, "request"."id" DESC`;
/** Has all that is asked of a request: a row itself is some kilobytes. */
const REQUEST = Prisma.sql`"request" INDEXED BY "request_id_desk_status_urgency_kind_owner_received_at_idx"`;

/** Ids of the requests that all of this is true of, in their order, by conditions alone. */
export function byConditions(asked: Asked): Prisma.Sql {
  return Prisma.sql`SELECT "request"."id" FROM "request" WHERE ${conditionsOf(asked)} ${ORDER}`;
}

/** The same on PostgreSQL, for what has the words too. */
export function onPostgres(asked: Asked): Prisma.Sql {
  return Prisma.sql`SELECT "request"."id" FROM search_hits(CAST(${textQuery(asked.terms)} AS tsquery)) AS "hit"("request_id")
    JOIN "request" ON "request"."id" = "hit"."request_id" WHERE ${conditionsOf(asked)} ${ORDER}`;
}

/**
 * For the rest of a transaction on PostgreSQL: the index of requests is read rather than their rows, what is found by the
 * hundred thousand is sorted in memory, and nothing is compiled for a question that takes a tenth of a second.
 */
export const BY_INDEX = Prisma.sql`SELECT set_config('enable_seqscan', 'off', true), set_config('work_mem', '32MB', true),
  set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`;

/** The same on SQLite, through the full text: words first, whatever the planner thinks of them. */
export function byWords(asked: Asked): Prisma.Sql {
  return Prisma.sql`${wordsAnd(asked)} ${ORDER}`;
}

/** On SQLite what is closed: in the order of the full text, so that whoever takes the first ones reads no more. */
export function closedByWords(asked: Asked): Prisma.Sql {
  return Prisma.sql`${wordsAnd(only(asked, ['closed']))} ORDER BY "search_text"."rowid" DESC`;
}

/** On SQLite what is not closed, while it is not much: the words of each request are looked through. */
export function fewByWords(asked: Asked): Prisma.Sql {
  return Prisma.sql`SELECT "request"."id" FROM ${REQUEST} CROSS JOIN "search_words" ON "search_words"."request_id" = "request"."id"
    WHERE ${conditionsOf(only(asked, NOT_CLOSED))} AND ${Prisma.join(asked.terms.map(stands), ' AND ')} ${ORDER}`;
}

/** One for each request that is not closed, whoever sees it. */
export const NOT_CLOSED_ONES = Prisma.sql`SELECT 1 FROM ${REQUEST} WHERE "request"."status" <> 'closed'`;

function wordsAnd(asked: Asked): Prisma.Sql {
  return Prisma.sql`SELECT "request"."id" FROM "search_text"
    CROSS JOIN "search_words" INDEXED BY "search_words_id_request_id_idx" ON "search_words"."id" = "search_text"."rowid"
    CROSS JOIN ${REQUEST} ON "request"."id" = "search_words"."request_id"
    WHERE "search_text" MATCH ${fullText(asked.terms)} AND ${conditionsOf(asked)}`;
}

/** Of what is asked for, the requests in these states. */
function only(asked: Asked, statuses: readonly RequestState['status'][]): Asked {
  return { ...asked, statuses: statuses.filter((status) => asked.statuses?.includes(status) ?? true) };
}

/** Between words of the index there is one space. */
function stands({ word, prefix }: SearchTerm): Prisma.Sql {
  return prefix
    ? Prisma.sql`instr(' ' || "search_words"."words", ${` ${word}`}) > 0`
    : Prisma.sql`instr(' ' || "search_words"."words" || ' ', ${` ${word} `}) > 0`;
}

function fullText(terms: readonly SearchTerm[]): string {
  return terms.map(({ word, prefix }) => `"${word}"${prefix ? '*' : ''}`).join(' AND ');
}

function textQuery(terms: readonly SearchTerm[]): string {
  return terms.map(({ word, prefix }) => `'${word}'${prefix ? ':*' : ''}`).join(' & ');
}
