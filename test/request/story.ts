import { HOUR, MINUTE, rfc3339 } from '../../rota/instant.ts';
import type { Command, DecisionContext } from '../../src/request/command.ts';
import { type Decision, decide } from '../../src/request/decide.ts';
import type { EntryData, RequestEntry } from '../../src/request/entries.ts';
import { evolve } from '../../src/request/evolve.ts';
import type { RequestState } from '../../src/request/state.ts';

export const T0 = Date.UTC(2026, 5, 1, 3);

export const RECEIVED: EntryData<'request.received/1'> = {
  request: 'r1',
  desk: 'ncp',
  reference: 'T-2026-0001',
  shortId: 'K7Q2',
  source: 'ncb',
  sourceKnown: true,
  verification: { how: 'token', by: 'ncb' },
  kind: 'preservation',
  kindChosenBy: 'source',
  urgency: 'urgent',
  row: '7',
  reason: 'kind:preserve',
  provisional: false,
  notes: [],
  missing: [],
  flags: [],
  message: { content: 'c1', sha256: '00' },
  policy: 'urgent',
  revision: 3,
  ringAt: rfc3339(T0),
  clocks: [{ name: 'answer', startAt: rfc3339(T0), dueAt: rfc3339(T0 + 8 * HOUR), warnAt: rfc3339(T0 + 6 * HOUR) }],
};

export const CONTEXT: DecisionContext = {
  now: T0 + 5 * MINUTE,
  progressDueAt: (urgency) => T0 + (urgency === 'emergency' ? 30 : 120) * MINUTE,
  policyFor: (urgency) => urgency,
  revision: 3,
  reviewDueAt: T0 + 5 * HOUR,
  loweringNeedsConsent: false,
  mayReview: (id) => id === 'ana',
  isOfficer: (id) => ['ana', 'dan', 'eva'].includes(id),
  isPolicy: (id) => ['emergency', 'urgent', 'routine', 'special'].includes(id),
  refusalGrounds: ['political_offence', 'essential_interests'],
  groundsClosed: true,
  notPossibleReasons: [{ code: 'data_not_retained' }, { code: 'other', needsWords: true }],
};

export const TEXT = { content: 'words', sha256: '11' };

/** given / when / then for the lifecycle of one request. */
export function given(...entries: readonly RequestEntry[]) {
  return {
    state: fold([{ type: 'request.received/1', data: RECEIVED }, ...entries]),
    when(command: Command, context: Partial<DecisionContext> = {}): Decision {
      return decide(this.state, command, { ...CONTEXT, ...context });
    },
    /** The state after the command, which must be accepted. */
    after(command: Command): RequestState {
      const decision = this.when(command);
      if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}`);
      return fold(decision.entries, this.state);
    },
  };
}

export function fold(entries: readonly RequestEntry[], from?: RequestState, at = T0): RequestState {
  const state = entries.reduce<RequestState | undefined>((now, entry) => evolve(now, { ...entry, at }), from);
  if (state === undefined) throw new Error('no entries');
  return state;
}

export function types(decision: Decision): readonly string[] {
  return decision.ok
    ? decision.entries.map(({ type }) => type.replace('/1', ''))
    : [`refused: ${decision.refusal.code}`];
}

export const ACKED: RequestEntry = {
  type: 'request.acknowledged/1',
  data: { by: 'dan', progressDueAt: rfc3339(T0 + 120 * MINUTE) },
};

export const ANSWERED: RequestEntry = {
  type: 'request.concluded/1',
  data: { outcome: { result: 'answered', channel: 'mail', sentAt: rfc3339(T0) } },
};

/** Data preserved for 60 days from T0; it warns after 1000 hours. */
export const HELD: RequestEntry = {
  type: 'hold.started/1',
  data: {
    effectiveAt: rfc3339(T0),
    clock: {
      name: 'hold',
      startAt: rfc3339(T0),
      dueAt: rfc3339(T0 + 1440 * HOUR),
      warnAt: rfc3339(T0 + 1000 * HOUR),
    },
    progressDueAt: rfc3339(T0),
  },
};
