import type { Duration, Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Urgency } from '../request/urgency.ts';

/**
 * What a page says, all of it: urgency, short id, time, how many requests. Nothing of a case can be in it, because there
 * is no field for it.
 */
export type PageMessage = {
  /** Id of the delivery: the same on every attempt, so that the far side can tell a repetition. */
  readonly id: string;
  readonly attempt: number;
  readonly officer?: OfficerId;
  readonly address: string;
  readonly shortId: string;
  readonly urgency: Urgency;
  /** Why it rings: `step`, `last_resort`, `reminder`, `file` (a reminder of new files), `clock`, `handover`, `stuck`. */
  readonly reason: string;
  /** More than one: the page stands for a bundle. */
  readonly requests: number;
  /** To a channel only: the desk whose channel it is, and those that were paged for the request. */
  readonly desks?: readonly string[];
  readonly at: Instant;
};

/** What came of an attempt, in the three ways that the engine knows; a vendor's own words stay in its adapter. */
export type SendResult =
  | { readonly result: 'handed_over'; readonly ref?: string }
  /** May work later; `retryAfter` when the far side said so. */
  | { readonly result: 'temporary'; readonly code: string; readonly retryAfter?: Duration }
  /** Never will: a wrong number, a method that is switched off. */
  | { readonly result: 'permanent'; readonly code: string }
  /** Nobody knows whether it was taken. */
  | { readonly result: 'unknown'; readonly code: string };

/** A way to ring a person. One adapter a type; what is optional is found by asking for it. */
export interface Method {
  readonly type: string;
  /** Longest time an attempt may take before it counts as unknown. */
  readonly timeout: Duration;
  /** Never throws for what a far side can do; a throw is a fault of ours and counts as unknown. */
  send(page: PageMessage, signal: AbortSignal): Promise<SendResult>;
  /** Whether an earlier attempt was taken after all. Asked after an unknown one, before it is sent again. */
  lookUp?(page: PageMessage): Promise<'taken' | 'not_taken' | 'unknown'>;
  /** Takes back what has not rung yet (a queued SMS) or stops what rings (a call), after an acknowledgement. */
  recall?(page: Pick<PageMessage, 'id' | 'officer' | 'address'>): Promise<void>;
}
