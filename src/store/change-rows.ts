import type { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { Alarm, Change, NewDelivery, RequestRow } from '../ports/steps.ts';
import { rank, URGENCIES } from '../request/urgency.ts';
import type { Row } from './tables.ts';

/** The rows that one change writes, as every store keeps them. */
export type ChangeRows = {
  readonly contents: readonly Row<Prisma.ContentModel>[];
  readonly requests: readonly Row<Prisma.RequestModel>[];
  readonly pagedDesks: readonly Row<Prisma.PagedDeskModel>[];
  readonly alarms: readonly Row<Prisma.AlarmModel>[];
  readonly deliveries: readonly Row<Prisma.DeliveryModel>[];
  readonly views: readonly Row<Prisma.ViewModel>[];
  readonly likeness: readonly Row<Prisma.LikenessModel>[];
  readonly attachments: readonly Row<Prisma.AttachmentModel>[];
  readonly idempotency: readonly Row<Prisma.IdempotencyModel>[];
  readonly overrides: readonly Row<Prisma.OverrideModel>[];
  readonly searchDue: readonly Row<Prisma.SearchDueModel>[];
};

/** `version` is the number of the stream's last entry after the change. */
export function rowsOf(change: Change, version: number): ChangeRows {
  const { stream, at, request, idempotent, override } = change;
  return {
    contents: (change.contents ?? []).map((content) => ({ ...content, ...bytesOf(content), stream, erasedAt: null })),
    requests: request === undefined ? [] : [requestRecord(request, version)],
    pagedDesks: (change.pagedDesks ?? []).map((desk) => ({ desk, requestId: needed(change).id })),
    alarms: (change.alarms ?? []).map((alarm) => alarmRecord(stream, alarm)),
    deliveries: (change.deliveries ?? []).map((delivery) => deliveryRecord(at, delivery)),
    // By id, in which order they are locked everywhere.
    views: [...(change.views ?? [])].sort().map((channel) => viewRecord(needed(change), channel, version, at)),
    likeness: (change.likeness ?? []).map(({ key, type }) => {
      const { desk, id } = needed(change);
      return { desk, key, at, requestId: id, type };
    }),
    attachments: [...(change.attachments ?? [])],
    idempotency: idempotent === undefined ? [] : [{ ...idempotent, at }],
    overrides: override === undefined ? [] : [overrideRecord(override, version)],
    searchDue: dueOf(change, version),
  };
}

/** Prisma asks for arrays that own their buffer. */
function bytesOf({ salt, bytes }: { readonly salt: Uint8Array; readonly bytes: Uint8Array }) {
  return { salt: Uint8Array.from(salt), bytes: Uint8Array.from(bytes) };
}

/** What came with these entries is to be found by its words. */
function dueOf({ contents = [], entries, request }: Change, last: number): readonly Row<Prisma.SearchDueModel>[] {
  if (request === undefined || contents.length === 0) return [];
  return [{ requestId: request.id, n: last - entries.length + 1, last }];
}

/** Cards, likeness and other desks belong to a request, so the change must carry it. */
function needed(change: Change): Omit<RequestRow, 'version'> {
  if (change.request !== undefined) return change.request;
  throw new Error(`a change of ${change.stream} with views, likeness or other desks must carry its request`);
}

function requestRecord(request: Omit<RequestRow, 'version'>, version: number): Row<Prisma.RequestModel> {
  const { state, ownReferenceKey = null, owner = null, ...same } = request;
  const { kind } = state;
  return { ...same, ownReferenceKey, owner, rank: rank(request.urgency), kind, version, state: JSON.stringify(state) };
}

function alarmRecord(stream: string, alarm: Alarm): Row<Prisma.AlarmModel> {
  const { kind, desk, dueAt } = alarm;
  return { stream, kind, desk, rank: checkedRank(alarm.rank), dueAt, notBefore: dueAt, failures: 0 };
}

function deliveryRecord(createdAt: Instant, delivery: NewDelivery): Row<Prisma.DeliveryModel> {
  const { officer = null, ...same } = delivery;
  const untouched = { attempts: 0, unknowns: 0, fence: 0, node: null, boot: null, claimedAt: null };
  const unfinished = { finishedAt: null, bundleId: null, code: null, ref: null };
  checkedRank(delivery.rank);
  return { ...same, officer, createdAt, state: 'pending', ...untouched, ...unfinished };
}

function viewRecord(
  request: Omit<RequestRow, 'version'>,
  channel: string,
  wanted: number,
  dueAt: Instant,
): Row<Prisma.ViewModel> {
  const { id: requestId, urgency } = request;
  const shown = { shown: 0, ref: null, failures: 0, fence: 0, node: null, boot: null, claimedAt: null };
  return { id: `${channel}/${requestId}`, channel, requestId, rank: rank(urgency), wanted, dueAt, ...shown };
}

/** Its place among the overrides of the desk is the number of the entry that tells of it. */
function overrideRecord(
  { id, desk, override }: NonNullable<Change['override']>,
  made: number,
): Row<Prisma.OverrideModel> {
  return { id, desk, made, startAt: override.start, endAt: override.end, body: JSON.stringify(override) };
}

/** The queue is read rank by rank, so that the most urgent is found without sorting everything: another rank never rings. */
function checkedRank(value: number): number {
  if (RANKS.includes(value)) return value;
  throw new Error(`expected the rank of an urgency (${RANKS.join(', ')}), got ${value}`);
}

export const RANKS: readonly number[] = URGENCIES.map(rank);
