import type { Prisma } from '../../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../../rota/instant.ts';
import { type EntryDraft, firstHead } from '../../journal/entry.ts';
import type { Change } from '../../ports/steps.ts';
import type { Installation } from '../../ports/store.ts';
import { rowsOf } from '../change-rows.ts';
import { StoreFault } from '../errors.ts';
import { sealAll } from '../heads.ts';
import { requestIn } from '../streams.ts';
import type { Row } from '../tables.ts';
import type { Access } from './database.ts';
import { key, type Tables } from './tables.ts';

/** What the SQL of `../save.ts` does, table by table in the same order. */
export function save(access: Access, installation: Installation, change: Change): void {
  const rows = rowsOf(change, append(access, installation, change.stream, change.at, change.entries));
  const { tables } = access;
  each(access, 'content', rows.contents, (row) => tables.content.put(insertable(tables.content.get(row.id), row)));
  each(access, 'request', rows.requests, (row) => project(tables, row));
  each(access, 'pagedDesk', rows.pagedDesks, (row) => tables.pagedDesk.put(row));
  if (change.alarms !== undefined) arm(access, change.stream, rows.alarms);
  if (change.cancelPages === true) cancelPages(access, change);
  each(access, 'delivery', rows.deliveries, (row) => tables.delivery.put(insertable(tables.delivery.get(row.id), row)));
  each(access, 'advance', change.advance ?? [], ({ id, dueAt }) => advance(tables, id, dueAt));
  each(access, 'view', rows.views, (row) => tables.view.put(wanted(tables.view.get(row.id), row)));
  each(access, 'likeness', rows.likeness, (row) => tables.likeness.put(row));
  each(access, 'attachment', rows.attachments, (row) =>
    tables.attachment.put(insertable(tables.attachment.get(row.id), row)),
  );
  each(access, 'idempotency', rows.idempotency, (row) => tables.idempotency.put(row));
  each(access, 'override', rows.overrides, (row) => tables.override.put(insertable(tables.override.get(row.id), row)));
  each(access, 'searchDue', rows.searchDue, (row) => tables.searchDue.put(row));
  each(access, 'inbox', change.inboxDone === undefined ? [] : [change.inboxDone], (id) => tables.inbox.remove(id));
}

/** Seals the entries to the end of their stream; the number of the last one. */
export function append(
  access: Access,
  installation: Installation,
  stream: string,
  at: Instant,
  drafts: readonly EntryDraft[],
): number {
  const { tables } = access;
  access.at('stream');
  const head = tables.stream.get(stream) ?? firstHead(installation.id, stream);
  if (drafts.length === 0) return head.n;
  const entries = sealAll({ installation, stream, head, at, drafts });
  access.at('entries');
  for (const [i, entry] of entries.entries()) {
    tables.journalEntry.put({ ...entry, at, type: drafts[i]?.type ?? '' });
  }
  access.at('head');
  const { n, hash } = entries.at(-1) ?? head;
  tables.stream.put({ name: stream, n, hash });
  return n;
}

/** One statement for all of them, none for none. */
function each<T>(access: Access, point: string, rows: readonly T[], write: (row: T) => void): void {
  if (rows.length === 0) return;
  access.at(point);
  for (const row of rows) write(row);
}

/** What a primary key sees to. */
export function insertable<T>(known: unknown, row: T): T {
  if (known === undefined) return row;
  throw new StoreFault('unique');
}

function project(tables: Tables, row: Row<Prisma.RequestModel>): void {
  const before = tables.request.get(row.id);
  const others = [...tables.request.by('shortId', row.shortId), ...tables.request.by('reference', row.reference)];
  const taken = others.find(({ id, shortId, desk }) => id !== row.id && (shortId === row.shortId || desk === row.desk));
  insertable(taken, row);
  const { ownReferenceKey, urgency, rank, kind, status, owner, wantsPages, version, state } = row;
  const changed = { ownReferenceKey, urgency, rank, kind, status, owner, wantsPages, version, state };
  tables.request.put({ ...row, ...before, ...changed });
}

function arm(access: Access, stream: string, rows: readonly Row<Prisma.AlarmModel>[]): void {
  const { tables } = access;
  access.at('disarm');
  for (const { kind } of tables.alarm.by('stream', stream)) {
    if (!rows.some((row) => row.kind === kind)) tables.alarm.remove(key(stream, kind));
  }
  each(access, 'arm', rows, (row) => {
    const before = tables.alarm.get(key(stream, row.kind));
    const same = before?.dueAt === row.dueAt ? { failures: before.failures, notBefore: before.notBefore } : {};
    tables.alarm.put({ ...row, ...same });
  });
}

function cancelPages(access: Access, { stream, at }: Change): void {
  const { tables } = access;
  access.at('cancelPages');
  for (const row of tables.delivery.by('request', requestIn(stream) ?? '')) {
    if (row.state === 'pending' && row.kind === 'page')
      tables.delivery.put({ ...row, state: 'cancelled', finishedAt: at });
  }
}

function advance(tables: Tables, id: string, dueAt: Instant): void {
  const row = tables.delivery.get(id);
  if (row?.state === 'pending' && row.dueAt > dueAt) tables.delivery.put({ ...row, dueAt });
}

function wanted(before: Row<Prisma.ViewModel> | undefined, row: Row<Prisma.ViewModel>): Row<Prisma.ViewModel> {
  if (before === undefined) return row;
  const dueAt = before.shown < row.wanted ? (before.dueAt ?? row.dueAt) : null;
  return { ...before, rank: row.rank, wanted: row.wanted, dueAt };
}
