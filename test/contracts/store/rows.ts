import { randomUUID } from 'node:crypto';
import type { Instant } from '../../../rota/instant.ts';
import type { EntryDraft } from '../../../src/journal/entry.ts';
import type { BundleIds, NodeBoot } from '../../../src/ports/queue.ts';
import type { Alarm, Change, NewDelivery, RequestRow } from '../../../src/ports/steps.ts';
import type { Store } from '../../../src/ports/store.ts';
import type { Closed } from '../../../src/request/state.ts';
import { rank, type Urgency } from '../../../src/request/urgency.ts';

/** 2026-11-24T03:00:00Z */
export const T: Instant = 1_795_489_200_000;

export const NODE: NodeBoot = { node: 'a', boot: 'a1' };
export const OTHER: NodeBoot = { node: 'b', boot: 'b1' };

/** Short ids that no request of a test has. */
export const ids = (): BundleIds => ({ id: randomUUID, shortIds: () => [drawn(), drawn(), drawn()] });

let counter = 0;
export const drawn = () => `X${String(counter++).padStart(5, '0')}`;

export function entry(type = 'note.written/1', data: EntryDraft['data'] = {}): EntryDraft {
  return { type, actor: { kind: 'system' }, data };
}

export type Given = {
  readonly id?: string;
  readonly desk?: string;
  readonly source?: string;
  readonly ownReferenceKey?: string;
  readonly urgency?: Urgency;
  readonly status?: RequestRow['status'];
  readonly owner?: string;
  readonly wantsPages?: boolean;
  readonly receivedAt?: Instant;
};

/** A request as a step saves it. The store never looks into its state, so one that is short serves every status. */
export function request(given: Given = {}): Omit<RequestRow, 'version'> {
  const id = given.id ?? randomUUID();
  const {
    desk = 'cp',
    source = 'portal',
    urgency = 'urgent',
    status = 'open',
    wantsPages = true,
    receivedAt = T,
  } = given;
  const reference = `T-${id.slice(0, 8)}`;
  const shortId = id.slice(0, 6).toUpperCase();
  const { ownReferenceKey, owner } = given;
  const keys = {
    ...(ownReferenceKey === undefined ? {} : { ownReferenceKey }),
    ...(owner === undefined ? {} : { owner }),
  };
  const state = stateOf(id, desk, reference, shortId, source, urgency, receivedAt);
  return { id, desk, reference, shortId, source, ...keys, urgency, status, wantsPages, state, receivedAt };
}

function stateOf(
  id: string,
  desk: string,
  reference: string,
  shortId: string,
  source: string,
  urgency: Urgency,
  receivedAt: Instant,
): Closed {
  const lists = {
    notes: ['é → ☎'],
    missing: [],
    flags: [],
    messages: [],
    links: [],
    attachments: [],
    pagedOfficers: [],
  };
  const names = { kind: 'other', row: 'r1', reason: 'nobody_chose', policy: 'p', revision: 1 };
  return {
    ...{ id, desk, reference, shortId, source, urgency, receivedAt, ...lists, ...names },
    sourceKnown: true,
    verification: { how: 'token', by: source },
    kindChosenBy: 'nobody',
    provisional: false,
    clocks: {},
    duties: {},
    status: 'closed',
    closedAt: receivedAt,
  };
}

export type DeliveryGiven = Partial<Omit<NewDelivery, 'requestId'>>;

export function delivery(of: Omit<RequestRow, 'version'>, given: DeliveryGiven = {}): NewDelivery {
  const { id: requestId, desk, urgency, shortId } = of;
  const page = { kind: 'page', reason: 'step', officer: 'ada', methodId: 'ada-pager', methodType: 'pager' } as const;
  const times = { dueAt: T, giveUpAt: T + 600_000 };
  const rest = { address: 'device-1', bundleable: false };
  return {
    id: randomUUID(),
    desk,
    requestId,
    urgency,
    rank: rank(urgency),
    shortId,
    ...page,
    ...rest,
    ...times,
    ...given,
  };
}

export function alarm(kind: string, dueAt: Instant, urgency: Urgency = 'urgent'): Alarm {
  return { kind, desk: 'cp', rank: rank(urgency), dueAt };
}

export function changeOf(of: Omit<RequestRow, 'version'>, more: Partial<Change> = {}): Change {
  return { stream: streamOf(of), at: T, entries: [entry('request.received/1')], request: of, ...more };
}

export const streamOf = ({ id }: { readonly id: string }) => `request/${id}`;

/** Saves one change in a step of its own, owned by the request. */
export async function saved(store: Store, of: Omit<RequestRow, 'version'>, more: Partial<Change> = {}): Promise<void> {
  await store.step(streamOf(of), (step) => step.save(changeOf(of, more)));
}

/** A new request with these deliveries. */
export async function withDeliveries(
  store: Store,
  given: Given,
  ...deliveries: readonly DeliveryGiven[]
): Promise<Omit<RequestRow, 'version'>> {
  const of = request(given);
  await saved(store, of, { deliveries: deliveries.map((one) => delivery(of, one)) });
  return of;
}
