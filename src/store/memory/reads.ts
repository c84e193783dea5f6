import type { Instant } from '../../../rota/instant.ts';
import type { Reads, RecentPage } from '../../ports/steps.ts';
import { MOST_PAGES } from '../reads.ts';
import { contentOf, methodOf, requestOf } from '../rows.ts';
import type { Delivery } from '../travel.ts';
import type { Access } from './database.ts';
import { by } from './order.ts';
import { hourOf, key, type Tables } from './tables.ts';

export function makeReads(access: Access): Reads {
  const { tables } = access;
  return {
    request: async (id) => {
      access.at('request');
      const row = tables.request.get(id);
      return row && requestOf(row);
    },

    bySourceReference: async (source, ownReferenceKey) => {
      access.at('bySourceReference');
      const rows = tables.request.by('source', key(source, ownReferenceKey));
      const [newest] = rows.sort(by((row) => [-row.receivedAt, row.id]));
      return newest && requestOf(newest);
    },

    contactMethods: async (officers, desk) => {
      access.at('contactMethods');
      return tables.contactMethod
        .all()
        .filter(({ officer, removedAt }) => removedAt === null && (officer === null || officers.includes(officer)))
        .filter((row) => row.officer !== null || row.desk === desk)
        .sort(by((row) => [row.position, row.id]))
        .map(methodOf);
    },

    suspended: async (officers) => {
      access.at('suspended');
      const rows = officers.flatMap((id) => tables.officer.get(id) ?? []);
      return rows.flatMap(({ id, suspendedAt }) => (suspendedAt === null ? [] : [id])).sort();
    },

    overrides: async (desk) => {
      access.at('overrides');
      const rows = tables.override.by('desk', desk).sort(by((row) => [row.made]));
      return rows.map(({ body }) => JSON.parse(body));
    },

    recentPages: async (officers, since, most = MOST_PAGES) => {
      access.at('recentPages');
      const pages = officers.flatMap((officer) => pagesOf(tables, officer, since, most));
      return pages.sort(by((page) => [page.at, page.requestId]));
    },

    alike: async (desk, keys, limit) => {
      access.at('alike');
      const rows = keys
        .flatMap((one) => tables.likeness.by('key', key(desk, one)))
        .sort(by((row) => [-row.at, row.requestId, row.type]));
      const groups = [...Map.groupBy(rows, ({ requestId }) => requestId)].slice(0, limit);
      return groups.flatMap(([requestId, found]) => {
        const shortId = tables.request.get(requestId)?.shortId;
        const type = found.map((row) => row.type).sort()[0];
        return shortId === undefined || type === undefined ? [] : [{ requestId, type, shortId }];
      });
    },

    idempotent: async (source, idempotencyKey) => {
      access.at('idempotent');
      const row = tables.idempotency.get(key(source, idempotencyKey));
      return row && { requestId: row.requestId, bodySha256: row.bodySha256, at: row.at };
    },

    contents: async (ids) => {
      access.at('contents');
      const rows = ids.flatMap((id) => tables.content.get(id) ?? []);
      return new Map(rows.map((row) => [row.id, contentOf(row)]));
    },

    revision: async (number) => {
      access.at('revision');
      return tables.revision.get(key(number));
    },
  };
}

/** The newest that were claimed and the next that are due. */
function pagesOf(tables: Tables, officer: string, since: Instant, most: number): readonly RecentPage[] {
  const isPage = ({ kind }: Delivery) => kind === 'page';
  const claimed = claimedSince(tables, officer, since).filter(isPage);
  const newest = claimed
    .map((row) => pageOf(row, officer, row.claimedAt ?? 0, false))
    .filter(({ at }) => at >= since)
    .sort(by((page) => [-page.at]));
  const waiting = tables.delivery.by('waiting', officer).filter(isPage);
  const next = waiting.map((row) => pageOf(row, officer, row.dueAt, true)).sort(by((page) => [page.at]));
  return [...newest.slice(0, most), ...next.slice(0, most)];
}

/** Those of the hours from `since` on, hour by hour. */
function claimedSince(tables: Tables, officer: string, since: Instant): readonly Delivery[] {
  const rows: Delivery[] = [];
  for (let hour = hourOf(since); hour <= hourOf(tables.newestClaim); hour++) {
    rows.push(...tables.delivery.by('claimed', key(officer, hour)));
  }
  return rows;
}

function pageOf(
  { requestId, methodId, methodType }: Delivery,
  officer: string,
  at: Instant,
  waiting: boolean,
): RecentPage {
  return { requestId, officer, methodId, methodType, at, waiting };
}
