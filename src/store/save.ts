import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Change } from '../ports/steps.ts';
import { type ChangeRows, rowsOf } from './change-rows.ts';
import type { Sql } from './database.ts';
import type { Heads } from './heads.ts';
import { requestIn } from './streams.ts';
import * as tables from './tables.ts';
import { among, type Table, takeOver } from './tables.ts';

/** Writes a change: at most one statement a table, however many rows, and none for what does not change. */
export async function save(sql: Sql, heads: Heads, change: Change): Promise<void> {
  const { n, isNew } = await heads.append(change.stream, change.at, change.entries);
  for (const statement of statementsOf(change, rowsOf(change, n), isNew)) await sql.run(statement);
}

function statementsOf(change: Change, rows: ChangeRows, isNew: boolean): readonly Prisma.Sql[] {
  return [
    ...insert(tables.CONTENT, rows.contents),
    ...insert(tables.REQUEST, rows.requests, PROJECT),
    ...insert(tables.PAGED_DESK, rows.pagedDesks, Prisma.sql`ON CONFLICT DO NOTHING`),
    ...(isNew ? [] : disarm(change)),
    ...insert(tables.ALARM, rows.alarms, ARM_AGAIN),
    ...(isNew ? [] : cancelPages(change)),
    ...insert(tables.DELIVERY, rows.deliveries),
    ...advance(change),
    ...insert(tables.VIEW, rows.views, WANT_MORE),
    ...insert(tables.LIKENESS, rows.likeness, Prisma.sql`ON CONFLICT DO NOTHING`),
    ...insert(tables.ATTACHMENT, rows.attachments),
    ...insert(tables.IDEMPOTENCY, rows.idempotency, REPLACE_KEY),
    ...insert(tables.OVERRIDE, rows.overrides),
    ...insert(tables.SEARCH_DUE, rows.searchDue),
    ...(change.inboxDone === undefined ? [] : [Prisma.sql`DELETE FROM "inbox" WHERE "id" = ${change.inboxDone}`]),
  ];
}

function insert<Model>(
  table: Table<Model>,
  rows: Parameters<Table<Model>['insert']>[0],
  onConflict?: Prisma.Sql,
): readonly Prisma.Sql[] {
  return rows.length === 0 ? [] : [table.insert(rows, onConflict)];
}

const PROJECT = Prisma.sql`ON CONFLICT ("id") DO UPDATE SET ${takeOver(
  'ownReferenceKey',
  'urgency',
  'rank',
  'kind',
  'status',
  'owner',
  'wantsPages',
  'version',
  'state',
)}`;

/** An alarm that is armed for the same time as before keeps its failures: only a step of its own gets over them. */
const ARM_AGAIN = Prisma.sql`ON CONFLICT ("stream", "kind") DO UPDATE SET ${takeOver('desk', 'rank', 'dueAt')},
  "failures" = CASE WHEN "alarm"."due_at" = excluded."due_at" THEN "alarm"."failures" ELSE 0 END,
  "not_before" = CASE WHEN "alarm"."due_at" = excluded."due_at" THEN "alarm"."not_before" ELSE excluded."not_before" END`;

/** A card that waits, or whose channel is being left alone after a failure, keeps its time. */
const WANT_MORE = Prisma.sql`ON CONFLICT ("id") DO UPDATE SET ${takeOver('rank', 'wanted')},
  "due_at" = CASE WHEN "view"."shown" < excluded."wanted" THEN COALESCE("view"."due_at", excluded."due_at") END`;

const REPLACE_KEY = Prisma.sql`ON CONFLICT ("source", "key") DO UPDATE SET ${takeOver('bodySha256', 'requestId', 'at')}`;

function disarm({ stream, alarms }: Change): readonly Prisma.Sql[] {
  if (alarms === undefined) return [];
  const armed = among(
    'kind',
    alarms.map(({ kind }) => kind),
  );
  return [Prisma.sql`DELETE FROM "alarm" WHERE "stream" = ${stream} AND NOT (${armed})`];
}

function cancelPages({ stream, at, cancelPages: wanted }: Change): readonly Prisma.Sql[] {
  const id = requestIn(stream);
  if (wanted !== true || id === undefined) return [];
  return [
    Prisma.sql`UPDATE "delivery" SET "state" = 'cancelled', "finished_at" = ${at}
      WHERE "request_id" = ${id} AND "state" = 'pending' AND "kind" = 'page'`,
  ];
}

function advance({ advance: pages = [] }: Change): readonly Prisma.Sql[] {
  return pages.map(
    ({ id, dueAt }) => Prisma.sql`UPDATE "delivery" SET "due_at" = ${dueAt}
      WHERE "id" = ${id} AND "state" = 'pending' AND "due_at" > ${dueAt}`,
  );
}
