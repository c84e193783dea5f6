import { type Instant, instant } from '../../rota/instant.ts';
import type { Actor } from '../journal/actor.ts';
import type { EntryDraft } from '../journal/entry.ts';
import { requestStream } from '../journal/stream.ts';
import { plan } from '../paging/plan.ts';
import type { ContactMethod } from '../paging/policy.ts';
import type { Change, NewDelivery, RequestRow } from '../ports/steps.ts';
import { alarmsOf } from '../request/alarms.ts';
import type { EntryType, PageData, RequestEntry } from '../request/entries.ts';
import { evolve } from '../request/evolve.ts';
import { involvedDesks, type RequestState } from '../request/state.ts';
import { rank } from '../request/urgency.ts';
import type { LoadedWorld } from './world.ts';

/** A request on its way through one step: what it was, what was decided, what follows. */
export type Settled = { readonly state: RequestState; readonly change: Change };

/** What the projection keeps of a request beside its state. */
export type Keys = { readonly ownReferenceKey?: string | undefined };

/**
 * Lets the paging rules say what must ring now, and collects all that one step has to save for the request: entries,
 * projection, alarms, deliveries, views. `acted` is the request after `decided`; without a world nothing can ring. Pure.
 */
export function settle(
  acted: RequestState,
  decided: readonly RequestEntry[],
  actor: Actor,
  loaded: LoadedWorld | undefined,
  now: Instant,
  { ownReferenceKey }: Keys,
  channels: (desk: string) => readonly string[],
): Settled {
  const followed = loaded === undefined ? [] : plan(acted, loaded.world, now);
  const state = fold(acted, followed, now);
  const entries = [...decided, ...followed];
  const method = loaded?.method ?? (() => undefined);
  return {
    state,
    change: {
      stream: requestStream(state.id),
      at: now,
      entries: [...decided.map((entry) => draft(entry, actor)), ...followed.map((entry) => draft(entry, SYSTEM))],
      request: project(state, ownReferenceKey === undefined ? {} : { ownReferenceKey }),
      alarms: alarmsOf(state).map((alarm) => ({ ...alarm, desk: state.desk, rank: rank(state.urgency) })),
      deliveries: entries.flatMap((entry) => deliveriesOf(entry, state, method)),
      advance: entries.flatMap(advanceOf),
      cancelPages: entries.some(({ type }) => QUIETS.has(type)),
      ...(state.pagedDesks === undefined ? {} : { pagedDesks: state.pagedDesks }),
      views: viewsOf(state, channels),
    },
  };
}

export const SYSTEM: Actor = { kind: 'system' };

/** What is waiting to ring is no longer wanted after these. */
const QUIETS: ReadonlySet<EntryType> = new Set<EntryType>([
  'request.acknowledged/1',
  'request.handed_over/1',
  'request.concluded/1',
  'request.closed/1',
  'request.reassigned/1',
  'urgency.raised/1',
  'policy.changed/1',
  'request.waits/1',
  'clarification.asked/1',
  'requester.told/1',
  'execution.started/1',
  'hold.started/1',
  'progress.lapsed/1',
]);

/** Why a page is sent, by the entry that orders it; the claim lets reminders through for an acknowledged request. */
const REASONS: Partial<Record<EntryType, string>> = {
  'step.rang/1': 'step',
  'round.rang/1': 'last_resort',
  'last_resort.rang/1': 'last_resort',
  'page.added/1': 'step',
  'owner.reminded/1': 'reminder',
  'request.handed_over/1': 'handover',
  'clock.warned/1': 'clock',
  'clock.rang/1': 'clock',
  'review.due/1': 'clock',
};

/** A reminder of nothing but new files says so. */
function reasonOf({ type }: RequestEntry, { news }: RequestState): string | undefined {
  return type === 'owner.reminded/1' && news === 'file' ? 'file' : REASONS[type];
}

/** The request after some more entries of this moment. */
export function fold(state: RequestState | undefined, entries: readonly RequestEntry[], at: Instant): RequestState {
  const after = entries.reduce<RequestState | undefined>((now, entry) => evolve(now, { ...entry, at }), state);
  if (after === undefined) throw new Error('a request begins with request.received');
  return after;
}

function draft({ type, data }: RequestEntry, actor: Actor): EntryDraft {
  return { type, actor, data };
}

function project(state: RequestState, keys: { readonly ownReferenceKey?: string }): Omit<RequestRow, 'version'> {
  const { id, desk, reference, shortId, source, urgency, status, receivedAt } = state;
  const owner = 'owner' in state && state.owner !== undefined ? { owner: state.owner } : {};
  const wantsPages = status === 'open';
  return { id, desk, reference, shortId, source, ...keys, urgency, status, ...owner, wantsPages, state, receivedAt };
}

function deliveriesOf(
  entry: RequestEntry,
  state: RequestState,
  method: (id: string) => ContactMethod | undefined,
): readonly NewDelivery[] {
  const reason = reasonOf(entry, state);
  if (reason === undefined) return [];
  const ringing = 'desk' in entry.data ? entry.data.desk : state.desk;
  return pagesOf(entry).map((page) => deliveryOf(page, reason, state, ringing, method(page.method)));
}

/** Whether an entry by itself orders somebody to be rung. */
export function ordersPages(entry: RequestEntry): boolean {
  return pagesOf(entry).length > 0;
}

function pagesOf({ data }: RequestEntry): readonly PageData[] {
  if ('pages' in data) return data.pages;
  return 'page' in data && typeof data.page !== 'string' ? [data.page] : [];
}

function deliveryOf(
  page: PageData,
  reason: string,
  state: RequestState,
  ringing: string,
  method: ContactMethod | undefined,
): NewDelivery {
  const { id, urgency, shortId } = state;
  const notice = page.channel !== undefined;
  return {
    id: page.id,
    // Two desks may call their channels alike: which one is meant is told by the desk whose step it is.
    desk: notice ? ringing : state.desk,
    requestId: id,
    kind: notice ? 'notice' : 'page',
    reason,
    urgency,
    rank: rank(urgency),
    shortId,
    ...(page.officer === undefined ? {} : { officer: page.officer }),
    methodId: page.method,
    methodType: notice ? 'channel' : (method?.type ?? ''),
    address: page.channel ?? method?.address ?? '',
    bundleable: !notice && urgency !== 'emergency',
    dueAt: instant(page.dueAt),
    giveUpAt: instant(page.giveUpAt),
  };
}

function advanceOf(entry: RequestEntry): readonly { id: string; dueAt: Instant }[] {
  if (entry.type !== 'page.advanced/1') return [];
  return [{ id: entry.data.page, dueAt: instant(entry.data.dueAt) }];
}

function viewsOf(state: RequestState, channels: (desk: string) => readonly string[]): readonly string[] {
  return [...new Set(involvedDesks(state).flatMap(channels))];
}
