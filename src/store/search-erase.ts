import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { Sql } from './database.ts';
import { lockIndex, takeOutText } from './search-take-in.ts';
import { requestIn } from './streams.ts';
import { among } from './tables.ts';

/** The one place where content is erased: with it goes every word of its requests in the index. */
export async function eraseContents(sql: Sql, ids: readonly string[], at: Instant): Promise<void> {
  await lockIndex(sql);
  const rows = await sql.all<{ stream: string }>(
    Prisma.sql`SELECT "stream" FROM "content" WHERE ${among('id', ids)} AND "bytes" IS NOT NULL`,
  );
  await sql.run(
    Prisma.sql`UPDATE "content" SET "salt" = NULL, "bytes" = NULL, "erased_at" = ${at}
      WHERE ${among('id', ids)} AND "bytes" IS NOT NULL`,
  );
  const requests = [...new Set(rows.flatMap(({ stream }) => requestIn(stream) ?? []))].sort();
  const words: string[] = [];
  for (const id of requests) words.push(...(await takeOut(sql, id)));
  if (sql.provider === 'sqlite') await sweep(sql, words);
}

/** The words that it had. What is left of the request is due anew, from its first entry on. */
async function takeOut(sql: Sql, requestId: string): Promise<readonly string[]> {
  await takeOutText(sql, requestId);
  const gone = await sql.all<{ words: string }>(
    Prisma.sql`DELETE FROM "search_words" WHERE "request_id" = ${requestId} RETURNING "words"`,
  );
  await sql.run(
    Prisma.sql`INSERT INTO "search_due" ("request_id", "n", "last")
      SELECT "id", 1, "version" FROM "request" WHERE "id" = ${requestId}
      ON CONFLICT ("request_id", "n") DO UPDATE SET "last" = excluded."last"`,
  );
  return gone.flatMap((row) => row.words.split(' '));
}

/**
 * Between its pages the full text keeps beginnings of words as signposts, and leaves them there when the word goes. Where
 * one of these words may stand on a signpost, the index is written anew: some seconds for a hundred thousand requests.
 */
async function sweep(sql: Sql, words: readonly string[]): Promise<void> {
  const posts = await sql.all<{ post: string }>(
    Prisma.sql`SELECT DISTINCT hex(substr("term", 2)) AS "post" FROM "search_text_idx" WHERE length("term") > ${SHORT + 1}`,
  );
  const signs = new Set(posts.map(({ post }) => post));
  for (const beginning of words.flatMap((word) => beginningsOn(signs, word))) {
    const match = `"${beginning}"*`;
    const kept = await sql.all(Prisma.sql`SELECT 1 FROM "search_text" WHERE "search_text" MATCH ${match} LIMIT 1`);
    if (kept.length > 0) continue;
    await sql.run(Prisma.sql`INSERT INTO "search_text" ("search_text") VALUES ('optimize')`);
    return;
  }
}

/** Beginnings so short, in bytes, say nothing. */
const SHORT = 2;

/** Those beginnings of the word that stand on a signpost, each to the end of the letter in which it is cut off there. */
function beginningsOn(signs: ReadonlySet<string>, word: string): readonly string[] {
  let beginning = '';
  let hex = '';
  const found: string[] = [];
  for (const letter of word) {
    beginning += letter;
    for (const byte of Buffer.from(letter)) {
      hex += byte.toString(16).padStart(2, '0').toUpperCase();
      if (signs.has(hex)) found.push(beginning);
    }
  }
  return found;
}
