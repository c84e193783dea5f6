import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { DAY, type Duration, type Instant, rfc3339 } from '../../rota/instant.ts';
import type { Actor } from '../journal/actor.ts';
import { INSTALLATION } from '../journal/stream.ts';
import { RESTORED } from '../ports/backup.ts';
import { type Installation, StoreRefused } from '../ports/store.ts';
import type { Database, Sql } from './database.ts';
import { Heads, lockName } from './heads.ts';

/** The code of a delivery that was still to be made when the store was backed up: nobody knows whether it was. */
const CODE = 'restored';
/** References jump to the next multiple of it, beyond those that were given in the time that was lost. */
const JUMP = 1000;

export type Renewed = {
  readonly epoch: number;
  /** When the last entry of the journal was written: what came after it is lost. */
  readonly last: Instant;
  readonly lost: Duration;
  /** Requests that are open or acknowledged. */
  readonly open: number;
  /** Deliveries of which nobody knows whether they were made. */
  readonly deliveries: number;
};

/**
 * Makes a store that was put back from a backup the installation's store from now on, in one step. What may have happened
 * in the time that was lost must not happen again, or must not be mistaken: a new epoch; unfinished deliveries are set
 * aside as unknown; references move on; links, sessions, leases and claims end. Keys of senders stay: what they led to is in the
 * store, and a sender who repeats a message that was lost with its key is taken as new.
 */
export async function renew(db: Database, now: Instant, actor: Actor): Promise<Renewed> {
  return db.transaction(async (sql) => {
    await lockName(sql, INSTALLATION);
    const [before] = await sql.all<Installation>(Prisma.sql`SELECT "id", "epoch", "key" FROM "installation"`);
    if (before === undefined) throw new StoreRefused('the file holds no Tocsin');
    const installation = { ...before, epoch: before.epoch + 1 };
    await sql.run(Prisma.sql`UPDATE "installation" SET "epoch" = ${installation.epoch}`);
    const last = await number(sql, Prisma.sql`SELECT max("at") AS "number" FROM "journal_entry"`);
    const at = Math.max(now, last);
    const deliveries = await sql.run(
      Prisma.sql`UPDATE "delivery" SET "state" = 'failed', "code" = ${CODE}, "finished_at" = ${at}, "node" = NULL, "boot" = NULL,
        "fence" = "fence" + 1 WHERE "state" IN ('pending', 'claimed')`,
    );
    for (const statement of [...ENDS(at), ...numbersMovedOn(last, at)]) await sql.run(statement);
    const open = await number(
      sql,
      Prisma.sql`SELECT count(*) AS "number" FROM "request" WHERE "status" IN ('open', 'acknowledged')`,
    );
    const lost = at - last;
    const data = { last: rfc3339(last), lost, open, deliveries };
    const heads = new Heads(sql, installation);
    await heads.lock(INSTALLATION);
    await heads.append(INSTALLATION, at, [{ type: RESTORED, actor, data }]);
    return { epoch: installation.epoch, last, lost, open, deliveries };
  });
}

async function number(sql: Sql, question: Prisma.Sql): Promise<number> {
  const rows = await sql.all<{ number: number | string | null }>(question);
  return Number(rows[0]?.number ?? 0);
}

/** A link that was used since the backup must not open the house a second time, nor a session that was ended since. */
const ENDS = (at: Instant): readonly Prisma.Sql[] => [
  Prisma.sql`DELETE FROM "sign_in_link"`,
  Prisma.sql`UPDATE "session" SET "ended_at" = ${at} WHERE "ended_at" IS NULL`,
  Prisma.sql`DELETE FROM "lease"`,
  Prisma.sql`DELETE FROM "node"`,
  // Cards show what is known now, whatever was written on them since.
  Prisma.sql`UPDATE "view" SET "node" = NULL, "boot" = NULL, "fence" = "fence" + 1, "due_at" = ${at}
    WHERE "request_id" IN (SELECT "id" FROM "request" WHERE "status" <> 'closed')`,
];

/**
 * For every desk and year in which a reference may have been given since; a day more on both sides, as years begin at
 * midnight of the desk. The row without a desk is where a desk begins that the store does not know in that year: one that
 * was made since, or had its first request of the year since.
 */
function numbersMovedOn(last: Instant, now: Instant): readonly Prisma.Sql[] {
  const [from, to] = [yearOf(last - DAY), yearOf(now + DAY)];
  const years = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const moved = Prisma.sql`("counter"."last" / ${Prisma.raw(String(JUMP))} + 1) * ${Prisma.raw(String(JUMP))}`;
  return [
    Prisma.sql`UPDATE "counter" SET "last" = ${moved} WHERE "year" >= ${from} AND "desk" <> ''`,
    ...years.map(
      (year) => Prisma.sql`INSERT INTO "counter" ("desk", "year", "last") VALUES ('', ${year}, ${JUMP})
        ON CONFLICT ("desk", "year") DO UPDATE SET "last" = ${moved}`,
    ),
  ];
}

function yearOf(at: Instant): number {
  return Number(rfc3339(at).slice(0, 4));
}
