import type { Duration } from '../../rota/instant.ts';
import type { Outcome } from './entries.ts';
import type { Urgency } from './urgency.ts';

/**
 * A kind of request, as data: a new kind is a new value, not new code. Configuration may replace one or add more.
 * Texts are message keys of the catalogues.
 */
export type Kind = {
  readonly id: string;
  readonly name: string;
  readonly legalBasis: string;
  /** False: we did not read the wording of the instrument, so nothing here may be told as law. */
  readonly wordingRead: boolean;
  readonly triagedAs: TriagedAs;
  /** True: it may ask that an earlier preservation lasts longer, and then says until when that one does. */
  readonly mayExtend?: boolean;
  readonly items: readonly Item[];
  readonly outcomes: readonly Outcome['result'][];
  /** Empty and not closed: a refusal is given in the officer's own words. */
  readonly refusalGrounds: readonly RefusalGround[];
  /** True: the law's list is closed, no other ground exists. */
  readonly groundsClosed: boolean;
  readonly clocks: readonly ClockRule[];
};

/** Which rows of the urgency table a kind falls to when nothing in the message says more. */
export type TriagedAs = 'emergency' | 'preserve' | 'locate' | 'spoc' | 'routine' | 'test';

/** Something a request of this kind says, or should say. */
export type Item = {
  readonly id: string;
  /** The article, or the number in the checklist of 2009 or the template of 2018, that asks for it. */
  readonly article: string;
  readonly requirement: 'law' | 'helpful';
  readonly name: string;
  /** "Not known" answers it. Elsewhere it does not. */
  readonly mayBeNotKnown?: boolean;
  /** It is a statement that has to be made: "no" does not answer it. */
  readonly mustBeAffirmed?: boolean;
  /** The field of the message that answers it too, beside the item itself. */
  readonly answeredBy?: AnsweringField;
};

export type AnsweringField =
  | 'own_reference'
  | 'sender_organisation'
  | 'sender_person'
  | 'sender_country'
  | 'sender_email'
  | 'sender_phone'
  | 'identifiers'
  /** Every identifier with a time states its zone, and there is at least one. */
  | 'identifier_times'
  | 'text';

export type RefusalGround = {
  readonly code: string;
  readonly article: string;
  readonly text: string;
  /** Only for a Party that made a reservation: offered where the desk's configuration says so. */
  readonly needsReservation?: boolean;
};

/**
 * A deadline that the law or an agreement sets. It runs round the clock, weekends and nights included; a day is 24 hours.
 * Known names: receipt, answer, preservation_done, hold, progress_promised; a new kind may bring more.
 */
export type ClockRule = {
  readonly name: string;
  readonly startsWith: 'receipt' | 'preservation';
  readonly length: Duration;
  /** Another length for some urgencies. */
  readonly byUrgency?: Readonly<Partial<Record<Urgency, Duration>>>;
  /** Configuration and people cannot go below it. */
  readonly minimum?: Duration;
  /** Runs on to the end of its last day, in UTC or at the desk, whichever is later. */
  readonly toEndOfDay?: boolean;
  readonly warnBefore: Duration;
  readonly basis: 'law' | 'agreement' | 'target';
  /** Where the length comes from. */
  readonly source: string;
};
