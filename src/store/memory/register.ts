import type { OfficerId } from '../../../rota/rota.ts';
import type { Register } from '../../ports/register.ts';
import { isNoName } from '../no-name.ts';
import { newestOfEach } from '../register.ts';
import { deliveryOf, requestOf } from '../rows.ts';
import type { Delivery } from '../travel.ts';
import { TO_THE_OWNER } from '../wanted.ts';
import type { Access } from './database.ts';
import { by } from './order.ts';
import { makeReads } from './reads.ts';
import { key, type Tables } from './tables.ts';

export function makeRegister(access: Access): Register {
  const { tables } = access;
  return {
    ...makeReads(access),
    byReference: async (reference) => {
      access.at('byReference');
      const [newest] = tables.request.by('reference', reference).sort(by((row) => [-row.receivedAt, row.id]));
      return newest && requestOf(newest);
    },

    byShortId: async (shortId) => {
      access.at('byShortId');
      if (isNoName(shortId)) return undefined;
      const found = tables.shortId.get(shortId.toUpperCase());
      if (found === undefined) return undefined;
      if (found.kind === 'request') return { requests: [found.target], bundle: false };
      const bundle = tables.bundle.get(found.target);
      return { requests: bundle === undefined ? [] : JSON.parse(bundle.requests), bundle: true };
    },

    board: async (desks, statuses, limit) => {
      access.at('board');
      return [...ownRows(tables, desks, statuses), ...pagedRows(tables, desks, statuses)]
        .sort(by((row) => [row.rank, row.receivedAt, row.id]))
        .slice(0, limit)
        .map(requestOf);
    },

    count: async (desks, statuses) => {
      access.at('count');
      return ownRows(tables, desks, statuses).length;
    },

    ownedBy: async (officer) => {
      access.at('ownedBy');
      return tables.request
        .by('owner', officer)
        .filter(({ status }) => status === 'open' || status === 'acknowledged')
        .sort(by((row) => [row.rank, row.receivedAt, row.id]))
        .map(requestOf);
    },

    entries: async (stream, from, limit) => {
      access.at('entries');
      const length = Math.max(0, Math.min(limit, (tables.stream.get(stream)?.n ?? 0) - from + 1));
      return Array.from({ length }, (_, i) => tables.journalEntry.get(key(stream, from + i))).flatMap(
        (row) => row ?? [],
      );
    },

    heads: async () => {
      access.at('heads');
      const rows = tables.stream.all().sort(by((row) => [row.name]));
      return rows.map(({ name, n, hash }) => ({ stream: name, n, hash }));
    },

    attachments: async (requestId) => {
      access.at('attachments');
      return tables.attachment.by('request', requestId).sort(by((row) => [row.id]));
    },

    deliveries: async (requestId, most) => {
      access.at('deliveries');
      return newestOf(tables, requestId, most).map(deliveryOf);
    },

    ringing: async (officer, methodType, most) => {
      access.at('ringing');
      return ringing(tables, officer, methodType, most).map(deliveryOf);
    },

    bundlesOf: async (requestId) => {
      access.at('bundlesOf');
      const ids = new Set(tables.delivery.by('request', requestId).flatMap(({ bundleId }) => bundleId ?? []));
      return [...ids]
        .flatMap((id) => tables.bundle.get(id) ?? [])
        .sort(by((row) => [row.claimedAt, row.id]))
        .map((row) => ({ id: row.id, shortId: row.shortId, requests: JSON.parse(row.requests) }));
    },
  };
}

type Statuses = Parameters<Register['board']>[1];
type Found = ReturnType<Tables['request']['all']>;

function newestOf(tables: Tables, requestId: string, most: number): readonly Delivery[] {
  return tables.delivery
    .by('request', requestId)
    .sort(by((row) => [-(row.claimedAt ?? 0), -row.createdAt, -row.dueAt, row.id]))
    .slice(0, most)
    .sort(by((row) => [row.createdAt, row.dueAt, row.id]));
}

function ringing(tables: Tables, officer: OfficerId, methodType: string, most: number): readonly Delivery[] {
  const claimed = tables.delivery.all().filter((row) => row.officer === officer && row.claimedAt !== null);
  const rows = claimed
    .sort(by((row) => [-(row.claimedAt ?? 0)]))
    .slice(0, most)
    .filter((row) => row.state === 'handed_over' && row.kind === 'page' && row.methodType === methodType)
    .filter((row) => isAsking(tables, row))
    .sort(by((row) => [row.claimedAt ?? 0, row.dueAt, row.id]));
  return newestOfEach(rows);
}

function isAsking(tables: Tables, { requestId, officer, reason }: Delivery): boolean {
  const request = tables.request.get(requestId);
  if (request === undefined) return false;
  const hasIt = request.status === 'acknowledged' && request.owner === officer;
  return request.wantsPages || (TO_THE_OWNER.includes(reason) && hasIt) || reason === 'clock';
}

function ownRows(tables: Tables, desks: readonly string[], statuses: Statuses): Found {
  return desks.flatMap((desk) => statuses.flatMap((status) => tables.request.by('board', key(desk, status))));
}

/** Requests of other desks. Each is found once, also where several of `desks` were paged for it. */
function pagedRows(tables: Tables, desks: readonly string[], statuses: Statuses): Found {
  const ids = new Set(desks.flatMap((desk) => tables.pagedDesk.by('desk', desk).map(({ requestId }) => requestId)));
  return [...ids]
    .flatMap((id) => tables.request.get(id) ?? [])
    .filter((row) => !desks.includes(row.desk) && statuses.some((status) => status === row.status));
}
