import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { ReadForSearch } from '../ports/search.ts';
import type { Sql } from './database.ts';
import { lockName } from './heads.ts';
import { joinWords } from './search-words.ts';
import { among } from './tables.ts';

/** Of several nodes one at a time changes the index: in batches they would wait for one another crosswise. */
export async function lockIndex(sql: Sql): Promise<void> {
  await lockName(sql, 'search');
}

export async function takeIn(sql: Sql, read: readonly ReadForSearch[]): Promise<void> {
  await lockIndex(sql);
  const erased = await erasedOf(
    sql,
    read.flatMap(({ contents }) => contents),
  );
  for (const { due, contents, words } of read) {
    if (contents.some((id) => erased.has(id))) continue;
    const { requestId, n } = due;
    const gone = await sql.run(Prisma.sql`DELETE FROM "search_due" WHERE "request_id" = ${requestId} AND "n" = ${n}`);
    // Another node was faster.
    if (gone === 1) await add(sql, requestId, words);
  }
}

async function add(sql: Sql, requestId: string, words: readonly string[]): Promise<void> {
  const [before] = await sql.all<{ words: string }>(
    Prisma.sql`SELECT "words" FROM "search_words" WHERE "request_id" = ${requestId}`,
  );
  const joined = joinWords(before?.words, words);
  if (joined === before?.words) return;
  if (before === undefined) {
    await sql.run(insert(requestId, joined));
  } else {
    await takeOutText(sql, requestId);
    await sql.run(Prisma.sql`UPDATE "search_words" SET "words" = ${joined} WHERE "request_id" = ${requestId}`);
  }
  if (sql.provider !== 'sqlite') return;
  await sql.run(
    Prisma.sql`INSERT INTO "search_text" ("rowid", "words") SELECT "id", "words" FROM "search_words" WHERE "request_id" = ${requestId}`,
  );
}

/** In the order of receipt; so many requests of one millisecond find a place before that of the next is touched. */
function insert(requestId: string, words: string): Prisma.Sql {
  return Prisma.sql`INSERT INTO "search_words" ("id", "request_id", "words")
    SELECT coalesce((SELECT max("taken"."id") + 1 FROM "search_words" AS "taken"
        WHERE "taken"."id" >= "request"."received_at" * 4096 AND "taken"."id" < ("request"."received_at" + 1) * 4096),
      "request"."received_at" * 4096), "request"."id", ${words}
    FROM "request" WHERE "request"."id" = ${requestId}`;
}

/** The full text keeps no copy of what it was given: it has to be told again to be able to forget. */
export async function takeOutText(sql: Sql, requestId: string): Promise<void> {
  if (sql.provider !== 'sqlite') return;
  await sql.run(
    Prisma.sql`INSERT INTO "search_text" ("search_text", "rowid", "words")
      SELECT 'delete', "id", "words" FROM "search_words" WHERE "request_id" = ${requestId}`,
  );
}

/** On PostgreSQL they cannot be erased from here on until the words are in: then the words are found and erased too. */
async function erasedOf(sql: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const lock = sql.provider === 'postgresql' ? Prisma.sql`FOR SHARE` : Prisma.empty;
  const rows = await sql.all<{ id: string; erased: boolean | number }>(
    Prisma.sql`SELECT "id", "bytes" IS NULL AS "erased" FROM "content" WHERE ${among('id', ids)} ${lock}`,
  );
  return new Set(rows.flatMap(({ id, erased }) => (erased === true || erased === 1 ? [id] : [])));
}
