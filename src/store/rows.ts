import type { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { StoredContent } from '../journal/content.ts';
import type { ContactMethod } from '../paging/policy.ts';
import type { Claim, ClaimedDelivery, DueAlarm, ViewClaim } from '../ports/queue.ts';
import type { DeliveryRow } from '../ports/register.ts';
import type { NewDelivery, RequestRow } from '../ports/steps.ts';
import type { Row } from './tables.ts';
import type { Some } from './travel.ts';

/** A request as the ports tell it. */
export function requestOf(row: Row<Prisma.RequestModel>): RequestRow {
  const { rank: _rank, kind: _kind, ownReferenceKey, owner, state, ...same } = row;
  return {
    ...same,
    ...present({ ownReferenceKey, owner }),
    urgency: row.urgency as RequestRow['urgency'],
    status: row.status as RequestRow['status'],
    state: JSON.parse(state),
  };
}

function newDeliveryOf(row: Row<Prisma.DeliveryModel>): NewDelivery {
  const { id, desk, requestId, kind, reason, urgency, rank, shortId, officer, methodId, methodType, address } = row;
  const { bundleable, dueAt, giveUpAt } = row;
  return {
    ...{ id, desk, requestId, reason, rank, shortId, methodId, methodType, address, bundleable, dueAt, giveUpAt },
    ...present({ officer }),
    kind: kind as NewDelivery['kind'],
    urgency: urgency as NewDelivery['urgency'],
  };
}

function claimedOf(row: Row<Prisma.DeliveryModel>): ClaimedDelivery {
  const { fence, attempts, unknowns } = row;
  return { ...newDeliveryOf(row), fence, attempt: attempts, unknowns };
}

export function claimOf(
  [first, ...rest]: Some<Row<Prisma.DeliveryModel>>,
  claimedAt: Instant,
  bundle: Claim['bundle'],
): Claim {
  const deliveries = [claimedOf(first), ...rest.map(claimedOf)] as const;
  return { deliveries, ...(bundle === undefined ? {} : { bundle }), claimedAt };
}

export function deliveryOf(row: Row<Prisma.DeliveryModel>): DeliveryRow {
  const { state, attempts, claimedAt, finishedAt, code, bundleId } = row;
  return {
    ...newDeliveryOf(row),
    state: state as DeliveryRow['state'],
    attempts,
    ...present({ claimedAt, finishedAt, code, bundleId }),
  };
}

export function alarmOf({ stream, kind, desk, rank, dueAt, failures }: Row<Prisma.AlarmModel>): DueAlarm {
  return { stream, kind, desk, rank, dueAt, failures };
}

export function viewOf({ id, channel, requestId, wanted, ref, fence, failures }: Row<Prisma.ViewModel>): ViewClaim {
  return { id, channel, requestId, wanted, ...present({ ref }), fence, failures };
}

export function contentOf({ id, salt, bytes, erasedAt }: Row<Prisma.ContentModel>): StoredContent {
  if (salt !== null && bytes !== null) return { id, salt, bytes };
  return { id, erasedAt: erasedAt ?? 0 };
}

export function methodOf({ id, officer, type, address, verifiedAt }: Row<Prisma.ContactMethodModel>): ContactMethod {
  return { id, ...present({ officer }), type, address, verified: verifiedAt !== null };
}

/** The fields that have a value: in the ports a thing that is not there is absent, in a row it is null. */
function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
