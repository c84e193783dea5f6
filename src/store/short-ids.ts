import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Installation } from '../ports/store.ts';
import { MANY_TAKEN } from '../request/short-id.ts';
import type { Database, Sql } from './database.ts';

/**
 * The short ids of the installation. How many were ever taken is counted once, at the start, and then kept here: to
 * count them takes longer with each. Those that other nodes take meanwhile are missing, which only delays the fifth
 * character; that none is given twice the table sees to.
 */
export class ShortIds {
  taken: number;

  private constructor(taken: number) {
    this.taken = taken;
  }

  static async counted(db: Database, installation: Pick<Installation, 'epoch'>): Promise<ShortIds> {
    const rows = await db.all<{ taken: number }>(Prisma.sql`SELECT count(*) AS "taken" FROM "short_id"`);
    return new ShortIds(Math.max(rows[0]?.taken ?? 0, leastTaken(installation)));
  }
}

/**
 * As how many count as taken at least. After a restore some are not known that were given in the time that was lost and are
 * still on somebody's phone: from then on five characters are drawn, so that none of those with four can come back, and
 * among seventeen million one with five hardly will.
 */
export function leastTaken({ epoch }: Pick<Installation, 'epoch'>): number {
  return epoch === 1 ? 0 : MANY_TAKEN;
}

/** Takes the first candidate that was never used. Throws when all were. */
export async function takeShortId(
  sql: Sql,
  candidates: readonly string[],
  kind: 'request' | 'bundle',
  target: string,
): Promise<string> {
  for (const shortId of candidates) {
    const row = Prisma.sql`(${shortId}, ${kind}, ${target})`;
    const inserted = await sql.run(
      Prisma.sql`INSERT INTO "short_id" ("short_id", "kind", "target") VALUES ${row} ON CONFLICT DO NOTHING`,
    );
    if (inserted === 1) return shortId;
  }
  throw new Error(`all ${candidates.length} short ids that were drawn are taken: draw again, with more characters`);
}
