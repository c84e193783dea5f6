import { instant, rfc3339 } from '../../rota/instant.ts';
import { HOLD } from './clocks.ts';
import type { Command, CommandOf, CommandType, DecisionContext, Refusal, RefusalCode } from './command.ts';
import type { ClockData, ContentRef, Duty, Outcome, RequestEntry } from './entries.ts';
import { kindOf } from './kinds.ts';
import { LONGEST_PROMISE, LONGEST_WAIT, tooFar, unlikelyDone } from './likely-times.ts';
import { restartedClocks, runningHold } from './restarted-clocks.ts';
import { clockNamed } from './running-clocks.ts';
import { OWN_WORDS } from './said-codes.ts';
import type { RequestState } from './state.ts';
import { isMoreUrgent, type Urgency } from './urgency.ts';

export type Decision =
  | { readonly ok: true; readonly entries: readonly RequestEntry[] }
  | { readonly ok: false; readonly refusal: Refusal };

type Decide<T extends CommandType> = (state: RequestState, command: CommandOf<T>, context: DecisionContext) => Decision;

/** What a command makes of a request: facts to append, or why it does nothing. The paging that follows is planned apart. */
export function decide(state: RequestState, command: Command, context: DecisionContext): Decision {
  const rule = rules[command.type] as Decide<CommandType>;
  return rule(state, command as CommandOf<CommandType>, context);
}

const rules: { [T in CommandType]: Decide<T> } = {
  acknowledge: (state, { by }, context) => {
    if (state.status === 'closed') return refuse('closed');
    if (state.status === 'concluded') return refuse('has_outcome');
    if (state.status === 'acknowledged') {
      const first = { owner: state.owner, at: rfc3339(state.acknowledgedAt) };
      return state.owner === by ? refuse('already_yours', first) : refuse('already_acknowledged', first);
    }
    return accept(acknowledgement(by, state, context));
  },

  release: (state, { by }) => {
    if (state.status !== 'acknowledged') return notNow(state, 'acknowledge_first');
    if (state.owner !== by) return refuse('not_yours', { owner: state.owner });
    return accept({ type: 'request.released/1', data: { by } });
  },

  pass: (state, { by }) => {
    if (state.status === 'acknowledged')
      return refuse('already_acknowledged', { owner: state.owner, at: rfc3339(state.acknowledgedAt) });
    if (state.status !== 'open') return notNow(state, 'closed');
    const asked = [state.escalation, ...state.children].some((one) => one.asked.includes(by));
    return asked ? accept({ type: 'request.passed/1', data: { by } }) : refuse('not_asked');
  },

  // Escalating what one has gives it up: the next step is wanted because the owner cannot do it alone.
  escalate: (state, { by }) => unlessOver(state, () => accept({ type: 'request.escalated/1', data: { by } })),

  reassign: (state, { by, to }, { isOfficer, policyFor, revision }) => {
    if (state.status === 'closed') return refuse('closed');
    if (state.status === 'concluded') return refuse('has_outcome');
    if (!isOfficer(to)) return refuse('unknown_officer', { officer: to });
    return accept({ type: 'request.reassigned/1', data: { by, to, policy: policyFor(state.urgency), revision } });
  },

  change_policy: (state, { policy }, { isPolicy, revision }) => {
    if (!isPolicy(policy)) return refuse('unknown_policy', { policy });
    return unlessOver(state, () => accept({ type: 'policy.changed/1', data: { policy, revision } }));
  },

  raise: (state, { to, text, clocks }, { policyFor, progressDueAt, revision }) =>
    unlessOver(state, () => {
      if (!isMoreUrgent(to, state.urgency)) return refuse('not_more_urgent', { urgency: state.urgency });
      const data = {
        from: state.urgency,
        to,
        reason: 'by_hand',
        policy: policyFor(to),
        revision,
        clocks,
        progressDueAt: rfc3339(progressDueAt(to)),
        ...withText(text),
      };
      return accept({ type: 'urgency.raised/1', data });
    }),

  lower: (state, { by, to, text }, context) =>
    unlessOver(state, () => {
      if (!isMoreUrgent(state.urgency, to)) return refuse('not_less_urgent', { urgency: state.urgency });
      if (context.loweringNeedsConsent) return accept({ type: 'lowering.proposed/1', data: { by, to, text } });
      return accept(lowered(state, { by, to, text }, context));
    }),

  consent: (state, { by }, context) =>
    unlessOver(state, () => {
      const { proposal } = state;
      if (proposal === undefined || !isMoreUrgent(state.urgency, proposal.to)) return refuse('nothing_to_consent');
      return proposal.by === by ? refuse('consent_by_the_same') : accept(lowered(state, proposal, context));
    }),

  review: (state, { by, agreed }, { mayReview }) => {
    if (state.review === undefined) return refuse('nothing_to_review');
    if (state.review.by === by) return refuse('reviewed_by_the_same');
    if (!mayReview(by)) return refuse('not_the_reviewer');
    return accept({ type: 'urgency.reviewed/1', data: { agreed } });
  },

  choose_kind: (state, { kind, missing, clocks }) =>
    unlessOver(state, () => {
      if (kindOf(kind) === undefined) return refuse('unknown_kind');
      return accept({ type: 'kind.chosen/1', data: { kind, missing, clocks: clocks.filter(isNewTo(state)) } });
    }),

  verify_sender: (state, { how }) =>
    state.verification.how === 'unverified'
      ? accept({ type: 'sender.verified/1', data: { how } })
      : refuse('already_verified', { by: state.verification.by }),

  note: (_state, { text }) => accept({ type: 'note.written/1', data: { text } }),

  ask: (state, { text }, context) =>
    ifOwned(state, () => accept({ type: 'clarification.asked/1', data: { text, ...progress(state, context) } })),

  wait: (state, { until, for: whom, because }, { now }) =>
    ifOwned(state, () => {
      if (until <= now) return refuse('time_in_the_past', { time: rfc3339(until) });
      return orUnlikely(tooFar(until, now, LONGEST_WAIT), () =>
        accept({ type: 'request.waits/1', data: { until: rfc3339(until), for: whom, because } }),
      );
    }),

  tell: (state, { duty, channel, toldAt, promised }, context) =>
    ifOwned(state, () => {
      const next = promised === undefined ? {} : { promised };
      const late = promised === undefined ? undefined : tooFar(instant(promised.dueAt), context.now, LONGEST_PROMISE);
      const told = { duty, channel, toldAt: rfc3339(toldAt), ...next, ...progress(state, context) };
      return orUnlikely(unlikelyDone(state, toldAt, context.now) ?? late, () =>
        accept(...stopClock(state, DUTY_CLOCKS[duty], 'told'), { type: 'requester.told/1', data: told }),
      );
    }),

  start: (state, _command, context) =>
    ifOwned(state, () => {
      if (state.verification.how === 'unverified') return refuse('verify_sender_first');
      if (state.startedAt !== undefined) return refuse('already_started', { at: rfc3339(state.startedAt) });
      return accept({ type: 'execution.started/1', data: progress(state, context) });
    }),

  hold: (state, { effectiveAt, clock }, context) =>
    ifOwned(state, () => {
      const held = { effectiveAt: rfc3339(effectiveAt), clock, ...progress(state, context) };
      return orUnlikely(unlikelyDone(state, effectiveAt, context.now), () =>
        accept({ type: 'hold.started/1', data: held }, ...stopClock(state, 'preservation_done', 'preserved')),
      );
    }),

  answer: (state, { by, channel, sentAt, text }, context) =>
    orUnlikely(unlikelyDone(state, sentAt, context.now), () =>
      conclude(state, by, { result: 'answered', channel, sentAt: rfc3339(sentAt) }, text, context),
    ),

  refuse: (state, { by, ground, text }, context) => {
    const { refusalGrounds, groundsClosed } = context;
    if (!refusalGrounds.includes(ground)) {
      if (groundsClosed || ground !== OWN_WORDS)
        return refuse('unknown_ground', { ground, grounds: refusalGrounds.join(', ') });
      if (text === undefined) return refuse('words_missing');
    }
    return conclude(state, by, { result: 'refused', ground }, text, context);
  },

  not_possible: (state, { by, reason, text }, context) => {
    const known = context.notPossibleReasons.find(({ code }) => code === reason);
    const reasons = context.notPossibleReasons.map(({ code }) => code).join(', ');
    if (known === undefined) return refuse('unknown_reason', { reason, reasons });
    if (known.needsWords && text === undefined) return refuse('words_missing');
    return conclude(state, by, { result: 'not_possible', reason }, text, context);
  },

  no_further_action: (state, { by, text }, context) =>
    conclude(state, by, { result: 'no_further_action' }, text, context),

  forward: (state, { by, to, text }, context) => conclude(state, by, { result: 'forwarded', to }, text, context),

  stop_clock: (state, { clock, reason }) => {
    const running = clockNamed(state.clocks, clock);
    if (running === undefined) return refuse('unknown_clock', { clock });
    if (running.stopped !== undefined) return refuse('clock_stopped', { clock, at: rfc3339(running.stopped.at) });
    return accept({ type: 'clock.stopped/1', data: { clock, reason } });
  },

  close: (state) => {
    if (state.status === 'closed') return refuse('closed');
    if (state.status !== 'concluded' && state.urgency !== 'test') return refuse('outcome_first');
    const hold = runningHold(state);
    // Nobody would hear the end of it.
    if (hold !== undefined) return refuse('hold_runs', { time: rfc3339(hold.dueAt) });
    const why = state.status === 'concluded' ? 'by_hand' : 'test_over';
    return accept(...stopAll(state, 'closed'), { type: 'request.closed/1', data: { why } });
  },

  reopen: (state, { clocks: fresh }, { policyFor, revision, now }) => {
    if (state.status !== 'closed' && state.status !== 'concluded') return refuse('not_closed');
    const clocks = restartedClocks(state.clocks, fresh, 'by_hand', now);
    const data = { why: 'by_hand', policy: policyFor(state.urgency), revision, clocks } as const;
    return accept({ type: 'request.reopened/1', data });
  },
};

type Lowering = { readonly by: string; readonly to: Urgency; readonly text: ContentRef };

/** Who lowers gives a reason, and the head looks at it the next morning. */
function lowered(state: RequestState, { by, to, text }: Lowering, context: DecisionContext): RequestEntry {
  const { policyFor, revision, reviewDueAt } = context;
  const data = {
    by,
    from: state.urgency,
    to,
    text,
    policy: policyFor(to),
    revision,
    reviewDueAt: rfc3339(reviewDueAt),
  };
  return { type: 'urgency.lowered/1', data };
}

/** The clock that a duty to the requester ends. */
const DUTY_CLOCKS: Readonly<Record<Duty, string>> = {
  receipt: 'receipt',
  start: 'start',
  progress: 'progress_promised',
};

/** An outcome given by somebody who had not acknowledged is an acknowledgement too. */
function conclude(
  state: RequestState,
  by: string,
  outcome: Outcome,
  text: ContentRef | undefined,
  context: DecisionContext,
): Decision {
  if (state.status === 'closed') return refuse('closed');
  if (state.status === 'concluded') return refuse('has_outcome');
  const first = state.status === 'open' ? [acknowledgement(by, state, context)] : [];
  // A preservation hold outlives the answer: it lapses, or an officer stops it.
  const clocks = Object.keys(state.clocks).filter((name) => name !== HOLD);
  return accept(...first, ...clocks.flatMap((name) => stopClock(state, name, outcome.result)), {
    type: 'request.concluded/1',
    data: { outcome, ...withText(text) },
  });
}

function acknowledgement(by: string, state: RequestState, context: DecisionContext): RequestEntry {
  return { type: 'request.acknowledged/1', data: { by, ...progress(state, context) } };
}

function progress(state: RequestState, context: DecisionContext): { progressDueAt: string } {
  return { progressDueAt: rfc3339(context.progressDueAt(state.urgency)) };
}

function stopClock(state: RequestState, clock: string, reason: string): RequestEntry[] {
  const running = clockNamed(state.clocks, clock);
  return running === undefined || running.stopped ? [] : [{ type: 'clock.stopped/1', data: { clock, reason } }];
}

function stopAll(state: RequestState, reason: string): RequestEntry[] {
  return Object.keys(state.clocks).flatMap((name) => stopClock(state, name, reason));
}

function ifOwned(state: RequestState, then: () => Decision): Decision {
  return state.status === 'acknowledged' ? then() : notNow(state, 'acknowledge_first');
}

function unlessOver(state: RequestState, then: () => Decision): Decision {
  return state.status === 'open' || state.status === 'acknowledged' ? then() : notNow(state, 'closed');
}

function notNow(state: RequestState, otherwise: RefusalCode): Decision {
  if (state.status === 'closed') return refuse('closed');
  return refuse(state.status === 'concluded' ? 'has_outcome' : otherwise);
}

function orUnlikely(refusal: Refusal | undefined, then: () => Decision): Decision {
  return refusal === undefined ? then() : { ok: false, refusal };
}

function isNewTo(state: RequestState): (clock: ClockData) => boolean {
  return ({ name }) => clockNamed(state.clocks, name) === undefined;
}

function withText(text: ContentRef | undefined): { text?: ContentRef } {
  return text === undefined ? {} : { text };
}

function accept(...entries: readonly RequestEntry[]): Decision {
  return { ok: true, entries };
}

function refuse(code: RefusalCode, names: Readonly<Record<string, string>> = {}): Decision {
  return { ok: false, refusal: { code, names } };
}
