import type { OfficerId } from '../../rota/rota.ts';
import type { ContentRef } from '../journal/marks.ts';
import type { Urgency } from './urgency.ts';

/**
 * The entry types of a request's stream: facts in the past tense, times in RFC 3339 UTC. Case content is only referred
 * to. A type's number is its version: it never changes meaning; a changed entry gets a new number.
 */
export type { ContentRef };

/** A page as the journal tells it: who or which channel, by which method, when it is due and until when it is tried. */
export type PageData = {
  readonly id: string;
  readonly officer?: OfficerId;
  readonly channel?: string;
  readonly method: string;
  readonly dueAt: string;
  readonly giveUpAt: string;
};

/** Why somebody is not paged by a step. */
export type Skipped = {
  readonly whom: string;
  readonly why: 'nobody' | 'passed' | 'no_method' | 'just_paged' | 'unknown';
};

/** A step of the policy by its index, or one of the steps that every policy has. */
export type StepName = number | 'named' | 'head' | 'last_resort' | 'everyone';

/** Why the step rang. */
export type Cause =
  | 'began'
  | 'window'
  | 'skipped'
  | 'failed'
  | 'passed'
  | 'by_hand'
  | 'released'
  | 'reassigned'
  | 'raised'
  | 'policy_changed'
  | 'no_progress'
  | 'reopened';

export type Verification = { readonly how: 'token' | 'unverified' | 'by_officer'; readonly by: string };

/** What a mail turned out to be that is no request. */
export type Nature = 'ping' | 'bounce' | 'auto_reply';

export type ClockData = {
  readonly name: string;
  readonly startAt: string;
  readonly dueAt: string;
  readonly warnAt: string;
};

export type Outcome =
  | { readonly result: 'answered'; readonly channel: string; readonly sentAt: string }
  | { readonly result: 'refused'; readonly ground: string }
  | { readonly result: 'not_possible'; readonly reason: string }
  | { readonly result: 'no_further_action' }
  | { readonly result: 'forwarded'; readonly to: string };

/** What the requester is owed along the way, apart from the result. */
export type Duty = 'receipt' | 'start' | 'progress';

type Entries = {
  'request.received/1': {
    request: string;
    desk: string;
    reference: string;
    shortId: string;
    source: string;
    network?: string;
    sourceKnown: boolean;
    verification: Verification;
    kind: string;
    kindChosenBy: 'person' | 'source' | 'nobody';
    urgency: Urgency;
    row: string;
    reason: string;
    provisional: boolean;
    notes: readonly string[];
    missing: readonly string[];
    flags: readonly { code: string; path: string }[];
    message: ContentRef;
    original?: ContentRef;
    /** Absent: a request, or too much doubt to call it anything else. */
    nature?: Nature;
    policy: string;
    revision: number;
    /** When the first step rings: at once, or at the start of duty hours. */
    ringAt: string;
    clocks: readonly ClockData[];
  };
  'request.appended/1': {
    message: ContentRef;
    original?: ContentRef;
    missing: readonly string[];
    flags: readonly { code: string; path: string }[];
    notes: readonly string[];
    /** For whoever has it: no later than it was. Absent where nobody was told of a later message. */
    progressDueAt?: string;
  };
  'request.linked/1': { request: string; reason: string };
  'attachment.added/1': {
    attachment: string;
    label: ContentRef;
    bytes: ContentRef;
    size: number;
    /** For whoever has it, of a file that came by itself: no later than it was. */
    progressDueAt?: string;
  };
  'urgency.raised/1': {
    from: Urgency;
    to: Urgency;
    row?: string;
    reason: string;
    text?: ContentRef;
    policy: string;
    revision: number;
    clocks: readonly ClockData[];
    /** For whoever has it: no later than it was. */
    progressDueAt: string;
  };
  /** Waits for the consent of a second officer. */
  'lowering.proposed/1': { by: OfficerId; to: Urgency; text: ContentRef };
  'urgency.lowered/1': {
    by: OfficerId;
    from: Urgency;
    to: Urgency;
    text: ContentRef;
    policy: string;
    revision: number;
    reviewDueAt: string;
  };
  /** The head is paged for the review of a lowered urgency. */
  'review.due/1': { pages: readonly PageData[] };
  'urgency.reviewed/1': { agreed: boolean };
  'kind.chosen/1': { kind: string; missing: readonly string[]; clocks: readonly ClockData[] };
  'sender.verified/1': { how: ContentRef };
  'policy.changed/1': { policy: string; revision: number };
  'round.began/1': { desk: string; round: number; policy: string; revision: number };
  'step.rang/1': {
    desk: string;
    round: number;
    step: StepName;
    cause: Cause;
    pages: readonly PageData[];
    desks: readonly string[];
    skipped: readonly Skipped[];
    until: string;
  };
  /** Everyone and every channel: `alongside` the first step of a later round, or after a round that reached nobody. */
  'last_resort.rang/1': {
    desk: string;
    round: number;
    alongside: boolean;
    pages: readonly PageData[];
    until: string;
  };
  /** A round after one in which nothing could be handed over: everybody and every channel in one entry. */
  'round.rang/1': {
    desk: string;
    round: number;
    policy: string;
    revision: number;
    pages: readonly PageData[];
    until: string;
  };
  'round.waits/1': { desk: string; until: string };
  'page.added/1': { desk: string; page: PageData };
  'page.advanced/1': { desk: string; page: string; dueAt: string };
  'page.handed_over/1': { page: string; attempt: number };
  'page.failed/1': { page: string; attempt: number; class: 'temporary' | 'permanent' | 'unknown'; code: string };
  /** Who was told of it by name (a reminder, a handover, a clock) says that he knows. It changes nothing else. */
  'page.seen/1': { by: OfficerId };
  'request.acknowledged/1': { by: OfficerId; progressDueAt: string };
  'request.released/1': { by: OfficerId };
  'request.passed/1': { by: OfficerId };
  'request.escalated/1': { by: OfficerId };
  'request.reassigned/1': { by: OfficerId; to: OfficerId; policy: string; revision: number };
  'request.handed_over/1': { from: OfficerId; to: OfficerId; pages: readonly PageData[]; progressDueAt: string };
  'owner.reminded/1': { officer: OfficerId; pages: readonly PageData[]; until: string };
  'progress.lapsed/1': { officer: OfficerId; policy: string; revision: number };
  'note.written/1': { text: ContentRef };
  'clarification.asked/1': { text: ContentRef; progressDueAt: string };
  'request.waits/1': { until: string; for: ContentRef; because: ContentRef };
  'requester.told/1': {
    duty: Duty;
    channel: string;
    toldAt: string /** When the next news was promised. */;
    promised?: ClockData;
    progressDueAt: string;
  };
  'execution.started/1': { progressDueAt: string };
  'hold.started/1': { effectiveAt: string; clock: ClockData; progressDueAt: string };
  'request.concluded/1': { outcome: Outcome; text?: ContentRef };
  'request.closed/1': { why: 'by_hand' | 'test_over' | 'no_request' };
  'request.reopened/1': {
    why: 'by_hand' | 'message';
    policy: string;
    revision: number;
    /** Those that run again of the ones that the outcome or the close had stopped. */
    clocks?: readonly ClockData[];
  };
  'clock.warned/1': { clock: string; pages: readonly PageData[] };
  'clock.rang/1': { clock: string; pages: readonly PageData[] };
  'clock.stopped/1': { clock: string; reason: string };
};

export type EntryType = keyof Entries;
export type EntryData<T extends EntryType> = Readonly<Entries[T]>;

/** One entry of a request's stream, without the envelope of the journal. */
export type RequestEntry = { [T in EntryType]: { readonly type: T; readonly data: EntryData<T> } }[EntryType];

/** An entry as it is read back: with when and by whom. */
export type Told<E = RequestEntry> = E & { readonly at: number };
