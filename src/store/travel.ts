import type { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { Row } from './tables.ts';

export type Delivery = Row<Prisma.DeliveryModel>;
export type Some<T> = readonly [T, ...T[]];

/** What leaves as one message: alone, as a bundle that was sent before, or as a new one. */
export type Parcel =
  | { readonly kind: 'alone'; readonly rows: Some<Delivery> }
  | { readonly kind: 'again'; readonly rows: Some<Delivery>; readonly bundleId: string }
  /** `requests`: the most urgent first, then those that were paged first. */
  | { readonly kind: 'new'; readonly rows: Some<Delivery>; readonly requests: readonly string[] };

/**
 * Packs claimed deliveries, most urgent first, then oldest. A bundle that is tried again stays the same bundle, and
 * what went alone goes alone again: whoever gets it twice knows it by its short id. Of the rest, those that may travel
 * go together when an officer would get two requests or more by the same method.
 */
export function parcels(claimed: readonly Delivery[]): readonly Parcel[] {
  const groups = Map.groupBy(
    [...claimed].sort(byUrgency),
    (row) => row.bundleId ?? (isFresh(row) ? wayOf(row) : row.id),
  );
  return [...groups.values()].flatMap(parcelsOf).sort((a, b) => byUrgency(a.rows[0], b.rows[0]));
}

function parcelsOf(rows: readonly Delivery[]): readonly Parcel[] {
  const [first, ...rest] = rows;
  if (first === undefined) return [];
  const { bundleId } = first;
  if (bundleId !== null) return [{ kind: 'again', rows: [first, ...rest], bundleId }];
  const inOrder = [...rows].sort((a, b) => a.rank - b.rank || a.createdAt - b.createdAt || byUrgency(a, b));
  const requests = [...new Set(inOrder.map(({ requestId }) => requestId))];
  if (requests.length > 1) return [{ kind: 'new', rows: [first, ...rest], requests }];
  return rows.map((row) => ({ kind: 'alone', rows: [row] }));
}

/** True when other deliveries may have to leave with this one. */
export function mayTravel(row: Delivery): boolean {
  return row.officer !== null && (row.bundleId !== null || isFresh(row));
}

/** Claimed for the first time, by this claim, and free to travel. */
const isFresh = (row: Delivery) => row.bundleable && row.attempts === 1 && row.officer !== null;

/** No id looks like that. */
const wayOf = ({ officer, methodId }: Delivery) => JSON.stringify([officer, methodId]);

export function byUrgency(a: Urgent, b: Urgent): number {
  return a.rank - b.rank || (a.dueAt ?? 0) - (b.dueAt ?? 0) || (a.id < b.id ? -1 : 1);
}

type Urgent = { readonly rank: number; readonly dueAt: Instant | null; readonly id: string };
