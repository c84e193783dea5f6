import { type Instant, instant } from '../../rota/instant.ts';
import { RECEIPT } from './clocks.ts';
import type { EntryData, EntryType, PageData, RequestEntry, Told } from './entries.ts';
import * as paging from './escalation.ts';
import { freshEscalation, pageOf, union } from './escalation.ts';
import { withNews, withoutNews } from './news.ts';
import { withClock, withClocks, withSoonerClocks } from './running-clocks.ts';
import type { Acknowledged, Escalation, Facts, Open, RequestState } from './state.ts';

/** Neither a row of the urgency table nor a reason of it: an officer decided. */
const BY_HAND = 'by_hand';

type Fold<T extends EntryType> = (state: RequestState, data: EntryData<T>, at: Instant) => RequestState;

/** What the stream says of a request after one more entry. The first must be `request.received`. */
export function evolve(state: RequestState | undefined, entry: Told): RequestState {
  if (state === undefined) {
    if (entry.type !== 'request.received/1')
      throw new Error(`a request begins with request.received, not ${entry.type}`);
    return received(entry.data, entry.at);
  }
  const fold = folds[entry.type] as Fold<EntryType> | undefined;
  if (fold === undefined) throw new Error(`unknown entry type ${(entry as RequestEntry).type}`);
  return withoutNews(fold(state, entry.data as EntryData<EntryType>, entry.at), entry.type);
}

function received(data: EntryData<'request.received/1'>, at: Instant): Open {
  const { request, ringAt, clocks, message, original: _kept, ...facts } = data;
  return {
    ...facts,
    id: request,
    status: 'open',
    messages: [message],
    links: [],
    attachments: [],
    receivedAt: at,
    clocks: withClocks({}, clocks),
    duties: {},
    pagedOfficers: [],
    escalation: freshEscalation(data.desk, data.policy, data.revision, instant(ringAt), 'began'),
    children: [],
  };
}

const folds: { [T in EntryType]: Fold<T> } = {
  'request.received/1': (state) => state,
  'request.appended/1': (state, { message, missing, flags, notes, progressDueAt }) => {
    const messages = [...state.messages, message];
    return withNews({ ...state, messages, missing, flags, notes: union(state.notes, notes) }, progressDueAt, true);
  },
  'request.linked/1': (state, { request, reason }) => ({ ...state, links: [...state.links, { request, reason }] }),
  'attachment.added/1': (state, { attachment, label, bytes, size, progressDueAt }) => {
    const attachments = [...state.attachments, { id: attachment, label, bytes, size }];
    return withNews({ ...state, attachments }, progressDueAt, 'file');
  },
  'urgency.raised/1': (state, { to, row = BY_HAND, reason, policy, revision, clocks, progressDueAt }, at) => {
    const { review: _settled, proposal: _moot, ...facts } = state;
    const sooner = withSoonerClocks(state.clocks, clocks);
    const raised = { ...facts, urgency: to, row, reason, provisional: false, policy, revision, clocks: sooner };
    if (raised.status !== 'open' && raised.status !== 'acknowledged') return raised;
    const escalation = freshEscalation(state.desk, policy, revision, at, 'raised');
    if (raised.status === 'open') return { ...raised, escalation };
    const dueAt = Math.min(raised.progress.dueAt, instant(progressDueAt));
    return { ...raised, escalation, progress: { ...raised.progress, dueAt } };
  },
  'lowering.proposed/1': (state, { by, to, text }) => ({ ...state, proposal: { by, to, text } }),
  'urgency.lowered/1': ({ proposal: _done, ...state }, { by, from, to, policy, revision, reviewDueAt }) => {
    const review = { from, to, by, dueAt: instant(reviewDueAt), told: false };
    const lowered = {
      ...state,
      urgency: to,
      row: BY_HAND,
      reason: BY_HAND,
      provisional: false,
      policy,
      revision,
      review,
    };
    return lowered.status === 'open' || lowered.status === 'acknowledged'
      ? { ...lowered, escalation: { ...lowered.escalation, policy, revision } }
      : lowered;
  },
  'review.due/1': (state) =>
    state.review === undefined ? state : { ...state, review: { ...state.review, told: true } },
  'urgency.reviewed/1': ({ review: _done, ...state }) => state,
  'kind.chosen/1': (state, { kind, missing, clocks }) => ({
    ...state,
    kind,
    kindChosenBy: 'person',
    missing,
    clocks: withClocks(state.clocks, clocks),
  }),
  'sender.verified/1': (state) => ({ ...state, verification: { how: 'by_officer', by: state.verification.by } }),
  'policy.changed/1': (state, { policy, revision }, at) => {
    const changed = { ...state, policy, revision };
    return changed.status === 'open' || changed.status === 'acknowledged'
      ? { ...changed, escalation: freshEscalation(state.desk, policy, revision, at, 'policy_changed') }
      : changed;
  },
  'round.began/1': (state, data, at) => inDesk(state, data.desk, (one) => paging.roundBegan(one, data, at)),
  'step.rang/1': (state, data, at) => {
    const rang = paged(
      inDesk(state, data.desk, (one) => paging.stepRang(one, data)),
      data.pages,
    );
    return data.desks.reduce((now, desk) => withChild(now, desk, at), rang);
  },
  'last_resort.rang/1': (state, data) =>
    paged(
      inDesk(state, data.desk, (one) => paging.lastResortRang(one, data)),
      data.pages,
    ),
  'round.rang/1': (state, data, at) =>
    paged(
      inDesk(state, data.desk, (one) => paging.roundRang(one, data, at)),
      data.pages,
    ),
  'round.waits/1': (state, { desk, until }) => inDesk(state, desk, (one) => ({ ...one, until: instant(until) })),
  'page.added/1': (state, { desk, page }) =>
    paged(
      inDesk(state, desk, (one) => ({ ...one, pages: [...one.pages, pageOf(page)] })),
      [page],
    ),
  'page.advanced/1': (state, { desk, page, dueAt }) =>
    inDesk(state, desk, (one) => ({
      ...one,
      pages: one.pages.map((each) => (each.id === page ? { ...each, dueAt: instant(dueAt) } : each)),
    })),
  'page.handed_over/1': (state, { page }) => withPageState(state, page, 'handed_over'),
  'page.failed/1': (state, { page }) => withPageState(state, page, 'failed'),
  'page.seen/1': (state, { by }, at) => ({ ...state, seen: { ...state.seen, [by]: at } }),
  'request.acknowledged/1': (state, { by, progressDueAt }, at) => acknowledged(state, by, instant(progressDueAt), at),
  'request.released/1': (state, { by }, at) =>
    state.status === 'acknowledged' ? reopen(state, paging.released(state.escalation, by, at)) : state,
  'request.passed/1': (state, { by }, at) =>
    state.status === 'open'
      ? mapEscalations(state, (one) => (one.asked.includes(by) ? paging.passed(one, by, at) : one))
      : state,
  'request.escalated/1': (state, _data, at) => {
    if (state.status !== 'open' && state.status !== 'acknowledged') return state;
    const escalation: Escalation = { ...state.escalation, until: at, cause: 'by_hand', again: false };
    return state.status === 'open' ? { ...state, escalation } : reopen(state, escalation);
  },
  'request.reassigned/1': (state, { to, policy, revision }, at) => {
    const running =
      state.status === 'open' ? state.escalation : freshEscalation(state.desk, policy, revision, at, 'reassigned');
    return reopen(state, { ...running, until: at, cause: 'reassigned', again: false, named: to });
  },
  'request.handed_over/1': (state, { to, pages, progressDueAt }, at) => {
    const taken = acknowledged(state, to, instant(progressDueAt), at);
    return paged({ ...taken, progress: { ...taken.progress, pages: pages.map(pageOf) } }, pages);
  },
  'owner.reminded/1': (state, { pages, until }) =>
    state.status === 'acknowledged'
      ? paged({ ...state, progress: { dueAt: instant(until), reminded: true, pages: pages.map(pageOf) } }, pages)
      : state,
  'progress.lapsed/1': (state, { policy, revision }, at) =>
    reopen(state, freshEscalation(state.desk, policy, revision, at, 'no_progress')),
  'note.written/1': (state) => state,
  'clarification.asked/1': (state, { progressDueAt }) => progressed(state, progressDueAt),
  'request.waits/1': (state, data) => ({
    ...progressed(state, data.until),
    waiting: { until: instant(data.until), for: data.for, because: data.because },
  }),
  'requester.told/1': (state, { duty, channel, toldAt, promised, progressDueAt }) => ({
    ...progressed(state, progressDueAt),
    duties: { ...state.duties, [duty]: { at: instant(toldAt), channel } },
    clocks: withClocks(state.clocks, promised === undefined ? [] : [promised]),
  }),
  'execution.started/1': (state, { progressDueAt }, at) => ({ ...progressed(state, progressDueAt), startedAt: at }),
  'hold.started/1': (state, { clock, progressDueAt }) => ({
    ...progressed(state, progressDueAt),
    clocks: withClocks(state.clocks, [clock]),
  }),
  'request.concluded/1': (state, { outcome }) => ({
    ...withoutWaiting(factsOf(state)),
    ...ownerOf(state),
    status: 'concluded',
    outcome,
  }),
  'request.closed/1': (state, _data, at) => ({
    ...withoutWaiting(factsOf(state)),
    ...ownerOf(state),
    ...(state.status === 'concluded' ? { outcome: state.outcome } : {}),
    status: 'closed',
    closedAt: at,
  }),
  'request.reopened/1': (state, { policy, revision, clocks = [] }, at) =>
    reopen(
      { ...state, clocks: withClocks(state.clocks, clocks) },
      freshEscalation(state.desk, policy, revision, at, 'reopened'),
    ),
  'clock.warned/1': (state, { clock }) => withClock(state, clock, (one) => ({ ...one, warned: true })),
  'clock.rang/1': (state, { clock }, at) =>
    waitedTooLong(
      withClock(state, clock, (one) => ({ ...one, warned: true, rang: true })),
      clock,
      at,
    ),
  'clock.stopped/1': (state, { clock, reason }, at) =>
    withClock(state, clock, (one) => ({ ...one, stopped: { at, reason } })),
};

/**
 * No wait outlasts a deadline: once one is over, progress is due, however far away the end of the wait was put. That of the
 * receipt is no reason to wait no longer: it stands on the card.
 */
function waitedTooLong(state: RequestState, clock: string, at: Instant): RequestState {
  if (state.status !== 'acknowledged' || state.waiting === undefined || clock === RECEIPT) return state;
  const { waiting: _over, ...rest } = state;
  return { ...rest, progress: { dueAt: at, reminded: false, pages: [] } };
}

/** What stays true when the status changes. */
function factsOf(state: RequestState): Facts {
  const fields: Partial<Record<StatusField, unknown>> & Facts = state;
  const { status: _s, escalation: _e, children: _c, owner: _o, acknowledgedAt: _a, progress: _p, ...rest } = fields;
  const { outcome: _u, closedAt: _t, ...facts } = rest;
  return facts;
}

type StatusField =
  | 'status'
  | 'escalation'
  | 'children'
  | 'owner'
  | 'acknowledgedAt'
  | 'progress'
  | 'outcome'
  | 'closedAt';

function ownerOf(state: RequestState): { owner?: string } {
  return 'owner' in state && state.owner !== undefined ? { owner: state.owner } : {};
}

function withoutWaiting({ waiting: _over, ...facts }: Facts): Facts {
  return facts;
}

function reopen(state: RequestState, escalation: Escalation): Open {
  return { ...withoutWaiting(factsOf(state)), status: 'open', escalation, children: [] };
}

function acknowledged(state: RequestState, owner: string, dueAt: Instant, at: Instant): Acknowledged {
  const escalation =
    'escalation' in state
      ? state.escalation
      : freshEscalation(state.desk, state.policy, state.revision, at, 'released');
  return {
    ...factsOf(state),
    status: 'acknowledged',
    owner,
    acknowledgedAt: at,
    progress: { dueAt, reminded: false, pages: [] },
    escalation,
    children: 'children' in state ? state.children : [],
  };
}

/** Progress ends a wait, forgets the reminder and sets the time by which the next is due. */
function progressed(state: RequestState, dueAt: string): RequestState {
  if (state.status !== 'acknowledged') return withoutWaiting(state) as RequestState;
  const { waiting: _over, ...rest } = state;
  return { ...rest, progress: { dueAt: instant(dueAt), reminded: false, pages: [] } };
}

function mapEscalations(state: Open, change: (one: Escalation) => Escalation): Open {
  return { ...state, escalation: change(state.escalation), children: state.children.map(change) };
}

function inDesk(state: RequestState, desk: string, change: (one: Escalation) => Escalation): RequestState {
  return state.status === 'open' ? mapEscalations(state, (one) => (one.desk === desk ? change(one) : one)) : state;
}

/** Paging another desk begins an escalation of its own there, once. */
function withChild(state: RequestState, desk: string, at: Instant): RequestState {
  if (state.status !== 'open' || desk === state.desk || state.children.some((one) => one.desk === desk)) return state;
  const child = freshEscalation(desk, state.policy, state.revision, at, 'began');
  return { ...state, children: [...state.children, child], pagedDesks: union(state.pagedDesks ?? [], [desk]) };
}

function paged(state: RequestState, pages: readonly PageData[]): RequestState {
  return { ...state, pagedOfficers: union(state.pagedOfficers, paging.officersOf(pages)) };
}

function withPageState(state: RequestState, page: string, to: 'handed_over' | 'failed'): RequestState {
  if (state.status === 'open') return mapEscalations(state, (one) => paging.withPageState(one, page, to));
  if (state.status !== 'acknowledged') return state;
  return { ...state, progress: { ...state.progress, pages: paging.withState(state.progress.pages, page, to) } };
}
