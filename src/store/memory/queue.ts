import type { Instant } from '../../../rota/instant.ts';
import type { Claim, NodeBoot, Queue, ShownView } from '../../ports/queue.ts';
import { alarmOf, claimOf, viewOf } from '../rows.ts';
import { byUrgency, type Delivery, mayTravel, type Parcel, parcels } from '../travel.ts';
import type { Access } from './database.ts';
import { by } from './order.ts';
import { takeShortId } from './step.ts';
import { key, type Tables } from './tables.ts';
import { isWanted } from './wanted.ts';

type Claiming = Parameters<Queue['claimDeliveries']>;

export function makeQueue(access: Access): Queue {
  const { tables } = access;
  return {
    ...alarmQueue(access),

    nextDue: async () => {
      access.at('nextDue');
      const due = [
        ...tables.alarm.all().map(({ notBefore }) => notBefore),
        ...wantedPages(tables).map(({ dueAt }) => dueAt),
        ...tables.view
          .by('isDue', 'true')
          .flatMap(({ dueAt, node }) => (dueAt === null || node !== null ? [] : [dueAt])),
      ];
      return due.length === 0 ? undefined : due.reduce((least, one) => Math.min(least, one));
    },

    claimDeliveries: async (...claiming) => claimDeliveries(access, claiming),

    hasten: async (officer, methodType, now) => {
      access.at('hasten');
      const waiting = tables.delivery
        .by('state', 'pending')
        .filter(
          (row) => row.officer === officer && row.methodType === methodType && row.attempts > 0 && row.dueAt > now,
        );
      for (const row of waiting) tables.delivery.put({ ...row, dueAt: now });
      return waiting.length;
    },

    stillClaimed: async ({ deliveries }) => {
      access.at('stillClaimed');
      return deliveries.every(({ id, fence }) => {
        const row = tables.delivery.get(id);
        return row?.state === 'claimed' && row.fence === fence;
      });
    },

    releaseStale: async (me, silentSince) => {
      const isStale = (row: { node: string | null; boot: string | null }) => !isHeld(tables, row, me, silentSince);
      access.at('releaseDeliveries');
      const deliveries = tables.delivery.by('state', 'claimed').filter(isStale);
      for (const row of deliveries) {
        const unknowns = row.unknowns + 1;
        tables.delivery.put({ ...row, state: 'pending', node: null, boot: null, unknowns, code: 'unknown' });
      }
      access.at('releaseViews');
      const views = tables.view.by('isDue', 'true').filter((row) => row.node !== null && isStale(row));
      for (const row of views) tables.view.put({ ...row, node: null, boot: null });
      return deliveries.length + views.length;
    },

    claimViews: async ({ node, boot }, now, limit) => {
      access.at('claimViews');
      const due = tables.view.by('isDue', 'true').filter((row) => row.node === null && (row.dueAt ?? 0) <= now);
      const claimed = due
        .sort(byUrgency)
        .slice(0, limit)
        .map((row) => ({ ...row, node, boot, claimedAt: now, fence: row.fence + 1 }));
      for (const row of claimed) tables.view.put(row);
      return claimed.map(viewOf);
    },

    finishViews: async (shown) => {
      for (const one of shown) {
        access.at('finishView');
        finishView(tables, one);
      }
    },
  };
}

function alarmQueue(access: Access): Pick<Queue, 'dueAlarms' | 'alarmFailed' | 'holdAlarms' | 'freeAlarms'> {
  const { alarm } = access.tables;
  return {
    dueAlarms: async (now, limit) => {
      access.at('dueAlarms');
      const due = alarm.all().filter(({ notBefore }) => notBefore <= now);
      return due
        .sort(by((row) => [row.rank, row.notBefore, row.stream, row.kind]))
        .slice(0, limit)
        .map(alarmOf);
    },

    alarmFailed: async ({ stream, kind, dueAt }, notBefore) => {
      access.at('alarmFailed');
      const row = alarm.get(key(stream, kind));
      if (row?.dueAt === dueAt) alarm.put({ ...row, failures: row.failures + 1, notBefore });
    },
    holdAlarms: async (until) => {
      access.at('holdAlarms');
      for (const row of alarm.all()) if (row.notBefore < until) alarm.put({ ...row, notBefore: until });
    },
    freeAlarms: async (heldUntil) => {
      access.at('freeAlarms');
      const held = alarm.all().filter(({ notBefore }) => notBefore === heldUntil);
      for (const row of held) alarm.put({ ...row, notBefore: row.dueAt });
    },
  };
}

function finishView(tables: Tables, { claim: { id, fence }, result }: ShownView): void {
  const row = tables.view.get(id);
  if (row === undefined || row.fence !== fence || row.node === null) return;
  const free = { ...row, node: null, boot: null };
  if (result.state === 'failed') tables.view.put({ ...free, failures: row.failures + 1, dueAt: result.notBefore });
  else {
    const { version: shown, ref = row.ref } = result;
    tables.view.put({ ...free, shown, ref, failures: 0, dueAt: row.wanted > shown ? row.dueAt : null });
  }
}

function wantedPages(tables: Tables): Delivery[] {
  return tables.delivery.by('state', 'pending').filter((row) => isWanted(tables, row));
}

function claimDeliveries(access: Access, claiming: Claiming): readonly Claim[] {
  const [by, now, limit] = claiming;
  const { tables } = access;
  access.at('claimDeliveries');
  const due = () =>
    wantedPages(tables)
      .filter(({ dueAt }) => dueAt <= now)
      .sort(byUrgency);
  const first = due()
    .slice(0, limit)
    .map((row) => take(tables, by, now, row));
  const mates = first.filter(mayTravel);
  if (mates.length > 0) access.at('claimAlong');
  const more =
    mates.length === 0
      ? []
      : due()
          .filter((row) => travelsAlong(row, mates))
          .map((row) => take(tables, by, now, row));
  return parcels([...first, ...more]).map((parcel) => claimOf(parcel.rows, now, bundleOf(access, parcel, claiming)));
}

function take(tables: Tables, { node, boot }: NodeBoot, now: Instant, row: Delivery): Delivery {
  const claim = { state: 'claimed', node, boot, claimedAt: now, attempts: row.attempts + 1, fence: row.fence + 1 };
  tables.delivery.put({ ...row, ...claim });
  tables.newestClaim = Math.max(tables.newestClaim, now);
  return { ...row, ...claim };
}

function travelsAlong(row: Delivery, mates: readonly Delivery[]): boolean {
  const isFresh = row.bundleable && row.attempts === 0;
  return mates.some(
    (mate) =>
      mate.officer === row.officer &&
      ((isFresh && mate.methodId === row.methodId) || (row.bundleId !== null && row.bundleId === mate.bundleId)),
  );
}

function bundleOf(access: Access, parcel: Parcel, [, now, , ids]: Claiming): Claim['bundle'] {
  const { tables } = access;
  if (parcel.kind === 'alone') return undefined;
  access.at('bundle');
  if (parcel.kind === 'again') {
    const bundle = tables.bundle.get(parcel.bundleId);
    return bundle && { id: bundle.id, shortId: bundle.shortId };
  }
  const id = ids.id();
  const shortId = takeShortId(tables, ids.shortIds(), 'bundle', id);
  const [{ officer, methodId }] = parcel.rows;
  const requests = JSON.stringify(parcel.requests);
  tables.bundle.put({ id, shortId, officer: officer ?? '', methodId, requests, claimedAt: now });
  for (const row of parcel.rows) tables.delivery.put({ ...row, bundleId: id });
  return { id, shortId };
}

/** By this process itself, or by another node that was heard of since. */
function isHeld(
  tables: Tables,
  row: { readonly node: string | null; readonly boot: string | null },
  me: NodeBoot,
  silentSince: Instant,
): boolean {
  if (row.node === me.node) return row.boot === me.boot;
  const holder = tables.node.get(row.node ?? '');
  return holder !== undefined && holder.boot === row.boot && holder.beatAt >= silentSince;
}
