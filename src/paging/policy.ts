import type { Duration } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Urgency } from '../request/urgency.ts';

/** Whom a step pages. Resolved to people when the step rings, not before. */
export type Target =
  /** Whoever has the duty by a rota of the desk; its main one unless another is named. */
  | { readonly kind: 'on_duty'; readonly rota?: string }
  | { readonly kind: 'officer'; readonly officer: OfficerId }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'everyone' }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'desk'; readonly desk: string };

/** One rung of the ladder: whom, and how long to wait for an answer before the next. */
export type PolicyStep = { readonly targets: readonly Target[]; readonly window: Duration };

/** What happens to an unanswered request. It has no end: after the last step a new round begins. */
export type Policy = {
  readonly id: string;
  readonly steps: readonly PolicyStep[];
  /** A round never begins sooner than this after the one before. Default 60 s. */
  readonly roundMin: Duration;
  /** Longest wait without progress after an acknowledgement; routine counts duty hours. */
  readonly progress: Duration;
  /** `duty_hours`: the first page and the progress time count from the start of duty hours (routine). */
  readonly counts: 'always' | 'duty_hours';
};

/** How an officer wants to be rung: this method, so long after the step began, again every so often until its window ends. */
export type Rule = { readonly method: string; readonly after: Duration; readonly every?: Duration };

/** Rules of one officer by urgency; an urgency without rules rings the methods in their order. */
export type OfficerRules = Readonly<Partial<Record<Urgency, readonly Rule[]>>>;

/** A way to reach an officer, or whoever holds the duty (the duty handset). */
export type ContactMethod = {
  readonly id: string;
  /** Undefined: it belongs to the duty itself and rings for whoever is on duty. */
  readonly officer?: OfficerId;
  /** Names the adapter: pager, sms, voice, mail … */
  readonly type: string;
  readonly address: string;
  readonly verified: boolean;
};

/** At most `max` pages to one officer by this method type within `within`. */
export type Limit = { readonly max: number; readonly within: Duration };
export type Limits = Readonly<Record<string, readonly Limit[]>>;
