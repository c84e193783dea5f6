import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { ClockData, ContentRef, Duty } from './entries.ts';
import type { Urgency } from './urgency.ts';

/** What an officer wants done with a request. Free text has become content before it gets here. */
export type Command = { readonly by: OfficerId } & (
  | { readonly type: 'acknowledge' }
  | { readonly type: 'release' }
  | { readonly type: 'pass' }
  | { readonly type: 'escalate' }
  | { readonly type: 'reassign'; readonly to: OfficerId }
  | { readonly type: 'change_policy'; readonly policy: string }
  | { readonly type: 'raise'; readonly to: Urgency; readonly text?: ContentRef; readonly clocks: readonly ClockData[] }
  | { readonly type: 'lower'; readonly to: Urgency; readonly text: ContentRef }
  | { readonly type: 'consent' }
  | { readonly type: 'review'; readonly agreed: boolean }
  | {
      readonly type: 'choose_kind';
      readonly kind: string;
      readonly missing: readonly string[];
      readonly clocks: readonly ClockData[];
    }
  | { readonly type: 'verify_sender'; readonly how: ContentRef }
  | { readonly type: 'note'; readonly text: ContentRef }
  | { readonly type: 'ask'; readonly text: ContentRef }
  | { readonly type: 'wait'; readonly until: Instant; readonly for: ContentRef; readonly because: ContentRef }
  | {
      readonly type: 'tell';
      readonly duty: Duty;
      readonly channel: string;
      readonly toldAt: Instant;
      readonly promised?: ClockData;
    }
  | { readonly type: 'start' }
  | { readonly type: 'hold'; readonly effectiveAt: Instant; readonly clock: ClockData }
  | { readonly type: 'answer'; readonly channel: string; readonly sentAt: Instant; readonly text?: ContentRef }
  | { readonly type: 'refuse'; readonly ground: string; readonly text?: ContentRef }
  | { readonly type: 'not_possible'; readonly reason: string; readonly text?: ContentRef }
  | { readonly type: 'no_further_action'; readonly text?: ContentRef }
  | { readonly type: 'forward'; readonly to: string; readonly text?: ContentRef }
  | { readonly type: 'stop_clock'; readonly clock: string; readonly reason: string }
  | { readonly type: 'close' }
  /** The clocks of its kind and urgency from now on: those that were ended may need them. */
  | { readonly type: 'reopen'; readonly clocks: readonly ClockData[] }
);

export type CommandType = Command['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>;

/**
 * Why a command does nothing: a code with a text in the catalogues (`refusal.<code>`) and the names that the text needs.
 * Expected, told to the person, never logged as an error.
 */
export type Refusal = { readonly code: RefusalCode; readonly names: Readonly<Record<string, string>> };

export type RefusalCode =
  | 'already_yours'
  | 'already_acknowledged'
  | 'acknowledge_first'
  | 'not_yours'
  | 'not_asked'
  | 'not_more_urgent'
  | 'not_less_urgent'
  | 'nothing_to_consent'
  | 'consent_by_the_same'
  | 'nothing_to_review'
  | 'reviewed_by_the_same'
  | 'not_the_reviewer'
  | 'verify_sender_first'
  | 'already_verified'
  | 'already_started'
  | 'unknown_ground'
  | 'unknown_reason'
  | 'unknown_kind'
  | 'unknown_officer'
  | 'unknown_policy'
  | 'unknown_clock'
  | 'clock_stopped'
  | 'time_in_the_past'
  | 'time_in_the_future'
  | 'time_long_past'
  | 'time_too_far'
  | 'outcome_first'
  | 'hold_runs'
  | 'has_outcome'
  | 'closed'
  | 'not_closed'
  | 'words_missing';

/** What the rules must know beside the request itself; all of it is looked up before. */
export type DecisionContext = {
  readonly now: Instant;
  /** When the next progress is due, counted from now under the policy in force. */
  readonly progressDueAt: (urgency: Urgency) => Instant;
  readonly policyFor: (urgency: Urgency) => string;
  /** The newest configuration. */
  readonly revision: number;
  /** When the head reviews a lowered urgency: the start of the next morning's duty. */
  readonly reviewDueAt: Instant;
  readonly loweringNeedsConsent: boolean;
  /** The head, or anybody else of the desk when the head lowered it himself or there is none. */
  readonly mayReview: (id: OfficerId) => boolean;
  readonly isOfficer: (id: OfficerId) => boolean;
  readonly isPolicy: (id: string) => boolean;
  readonly refusalGrounds: readonly string[];
  /** True: the law's list is closed. False: a refusal may be given in the officer's own words. */
  readonly groundsClosed: boolean;
  readonly notPossibleReasons: readonly { readonly code: string; readonly needsWords?: boolean }[];
};
