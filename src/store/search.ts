import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { requestStream } from '../journal/stream.ts';
import type { Search } from '../ports/search.ts';
import type { Database } from './database.ts';
import { requests } from './reads.ts';
import { eraseContents } from './search-erase.ts';
import { BY_INDEX, matching } from './search-find.ts';
import { takeIn } from './search-take-in.ts';
import { canMatch } from './search-words.ts';
import { requestIn } from './streams.ts';
import { among } from './tables.ts';

export function makeSearch(db: Database): Search {
  return {
    findRequests: async (asked, limit) => {
      if (!canMatch(asked)) return { rows: [], total: 0 };
      const found = await hits(db, Prisma.sql`${matching(db.provider, asked)} LIMIT ${limit}`);
      const ids = found.map(({ id }) => id);
      const rows = new Map((await requests(db, Prisma.sql`WHERE ${among('id', ids)}`)).map((row) => [row.id, row]));
      return { rows: ids.flatMap((id) => rows.get(id) ?? []), total: Number(found[0]?.total ?? 0) };
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

type Hit = { readonly id: string; readonly total: number };

function hits(db: Database, question: Prisma.Sql): Promise<readonly Hit[]> {
  if (db.provider === 'sqlite') return db.all(question);
  return db.transaction(async (sql) => {
    await sql.all(BY_INDEX);
    return sql.all<Hit>(question);
  });
}
