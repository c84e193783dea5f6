import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { requestStream } from '../journal/stream.ts';
import { type Asked, MOST_COUNTED, type Search } from '../ports/search.ts';
import type { Database, Sql } from './database.ts';
import { requests } from './reads.ts';
import { eraseContents } from './search-erase.ts';
import * as find from './search-find.ts';
import { takeIn } from './search-take-in.ts';
import { canMatch } from './search-words.ts';
import { requestIn } from './streams.ts';
import { among } from './tables.ts';

export function makeSearch(db: Database): Search {
  return {
    findRequests: async (asked, limit) => {
      if (!canMatch(asked)) return { rows: [], total: 0 };
      const found = await (db.provider === 'sqlite' ? foundInFile(db, asked) : foundOnServer(db, asked));
      const ids = found.slice(0, limit);
      const rows = new Map((await requests(db, Prisma.sql`WHERE ${among('id', ids)}`)).map((row) => [row.id, row]));
      return { rows: ids.flatMap((id) => rows.get(id) ?? []), total: found.length };
    },

    entriesOf: async (requestIds, types, most) => {
      if (requestIds.length === 0) return [];
      const newest = requestIds.map(
        (id) => Prisma.sql`SELECT * FROM (SELECT "stream", "n", "type", "body" FROM "journal_entry"
          WHERE "stream" = ${requestStream(id)} AND ${among('type', types)} ORDER BY "n" DESC LIMIT ${most}) AS "newest"`,
      );
      const rows = await db.all<{ stream: string; type: string; body: string }>(
        Prisma.sql`${Prisma.join(newest, ' UNION ALL ')} ORDER BY "stream", "n"`,
      );
      return rows.map(({ stream, type, body }) => ({ requestId: requestIn(stream) ?? '', type, body }));
    },

    searchDue: (limit) =>
      db.all(Prisma.sql`SELECT "request_id" AS "requestId", "n", "last" FROM "search_due" LIMIT ${limit}`),

    takeIn: async (read) => {
      if (read.length > 0) await db.transaction((sql) => takeIn(sql, read));
    },

    eraseContents: async (ids, at) => {
      if (ids.length === 0) return;
      await db.transaction((sql) => eraseContents(sql, ids, at));
      // Until it is carried over, the log holds the pages as they were.
      if (db.provider === 'sqlite') await db.all(Prisma.sql`PRAGMA wal_checkpoint(TRUNCATE)`);
    },
  };
}

/** So many requests that are not closed have their words looked through sooner than the full text is asked. */
const FEW = 2000;

/** Ids of what was found, in their order, no more than are counted. */
async function foundInFile(db: Database, asked: Asked): Promise<readonly string[]> {
  if (asked.terms.length === 0) return idsOf(db, find.byConditions(asked), MOST_COUNTED);
  // Whole words are found without putting anything together.
  if (asked.terms.every(({ prefix }) => !prefix)) return idsOf(db, find.byWords(asked), MOST_COUNTED);
  const open = await db.all(Prisma.sql`${find.NOT_CLOSED_ONES} LIMIT ${FEW + 1}`);
  if (open.length > FEW) return idsOf(db, find.byWords(asked), MOST_COUNTED);
  // Most are closed, and of a word that stands in all of them only the newest are wanted.
  const first = await idsOf(db, find.fewByWords(asked), MOST_COUNTED);
  return [...first, ...(await idsOf(db, find.closedByWords(asked), MOST_COUNTED - first.length))];
}

function foundOnServer(db: Database, asked: Asked): Promise<readonly string[]> {
  const question = asked.terms.length === 0 ? find.byConditions(asked) : find.onPostgres(asked);
  return db.transaction(async (sql) => {
    await sql.all(find.BY_INDEX);
    return idsOf(sql, question, MOST_COUNTED);
  });
}

async function idsOf(sql: Sql, question: Prisma.Sql, most: number): Promise<readonly string[]> {
  const rows = await sql.all<{ id: string }>(Prisma.sql`${question} LIMIT ${most}`);
  return rows.map(({ id }) => id);
}
