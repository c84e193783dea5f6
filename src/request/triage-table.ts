import type { Facts } from './triage-facts.ts';
import type { Reason } from './triage-reason.ts';
import type { Urgency } from './urgency.ts';

/** One line of the urgency table. */
export type Row = {
  /** Its number; several lines may share one. A policy may belong to it. */
  readonly id: string;
  readonly urgency: Urgency;
  /** It gives way to an explicit "not urgent" of a known sender. Only a life (and a test) does not. */
  readonly yields: boolean;
  /** A person should look at it again soon. */
  readonly provisional?: boolean;
  readonly notes?: readonly Note[];
  /** Why it applies; undefined when it does not. */
  readonly because: (facts: Facts) => Reason | undefined;
};

/** What the officer is told to do, or to bear in mind. */
export const NOTES = [
  'preserve_first',
  'ask_for_ground',
  'ask_for_missing',
  'choose_kind',
  'answer_before_expiry',
  'state_estimated_date',
  'not_urgent_set_aside',
  'not_urgent_despite_ground',
  'test_set_aside',
] as const;

export type Note = (typeof NOTES)[number];

/**
 * The urgency table: the first line that applies wins. Emergency is a significant and imminent risk to life or safety (Second
 * Additional Protocol, Art. 3(2)(c)) and U1; urgent are U3 and U4 of Directive (EU) 2023/977, Art. 4(5), Convention Art. 31(3)(a),
 * every preservation and whatever nobody has looked at. Rows that a
 * desk adds stand between 3 and 4.
 */
export const ROWS_BEFORE_A_DESKS_OWN: readonly Row[] = [
  // 1: a test of a source known to us, and 2 and 3 do not apply
  { id: '1', urgency: 'test', yields: false, because: (f) => (isEmergency(f) ? undefined : f.test) },

  // 2: a life or somebody's safety is at risk, or it is claimed
  { id: '2', urgency: 'emergency', yields: false, because: (f) => f.life },
  { id: '2', urgency: 'emergency', yields: false, notes: ['ask_for_ground'], because: (f) => f.claimedEmergency },

  // 3: an attack on infrastructure with an effect on public safety
  { id: '3', urgency: 'emergency', yields: true, because: (f) => f.infrastructure },
];

export const ROWS_AFTER_A_DESKS_OWN: readonly Row[] = [
  // 4: somebody is in custody and a decision hangs on the answer
  { id: '4', urgency: 'urgent', yields: true, because: (f) => f.custody },

  // 5: data will be lost: preserve first and ask later
  { id: '5', urgency: 'urgent', yields: true, notes: ['preserve_first'], because: (f) => f.dataLoss },

  // 6: a test that is not believed; or marked urgent without a ground; or a kind that nobody chose, or that nobody we know named
  {
    id: '6',
    urgency: 'urgent',
    yields: true,
    provisional: true,
    because: (f) => (f.locate ? undefined : f.testNotAccepted),
  },
  {
    id: '6',
    urgency: 'urgent',
    yields: true,
    provisional: true,
    notes: ['ask_for_ground'],
    because: (f) => (f.locate ? undefined : f.markedUrgent),
  },
  {
    id: '6',
    urgency: 'urgent',
    yields: true,
    provisional: true,
    because: (f) => (f.locate ? undefined : f.kindUnproven),
  },

  // 6a: a suspect is to be located or identified
  { id: '6a', urgency: 'urgent', yields: true, because: (f) => f.locate },

  // 7, 8: a preservation, complete or not
  {
    id: '7',
    urgency: 'urgent',
    yields: true,
    because: (f) => (isNewPreservation(f) && f.complete ? 'complete' : undefined),
  },
  {
    id: '8',
    urgency: 'urgent',
    yields: true,
    notes: ['ask_for_missing'],
    because: (f) => (isNewPreservation(f) && !f.complete ? 'incomplete' : undefined),
  },

  // 9: an extension with less than seven days left
  {
    id: '9',
    urgency: 'urgent',
    yields: true,
    because: (f) => (f.holdEndsSoon ? 'hold_ends_soon' : undefined),
  },

  // 10: the European single point of contact, not urgent
  { id: '10', urgency: 'routine', yields: false, because: (f) => (f.spoc ? routineReason(f) : undefined) },

  // 11: all else of a kind that a person or an authenticated source named, or that a known sender calls not urgent
  { id: '11', urgency: 'routine', yields: false, notes: ['state_estimated_date'], because: routineReason },
];

/** Rows 2 and 3; the latter not where it yields. */
function isEmergency({ life, claimedEmergency, infrastructure, saidNotUrgent }: Facts): boolean {
  const attack = saidNotUrgent === undefined ? infrastructure : undefined;
  return [life, claimedEmergency, attack].some((risk) => risk !== undefined);
}

function isNewPreservation(facts: Facts): boolean {
  return facts.preserve && !facts.holdEndsSoon;
}

function routineReason(facts: Facts): Reason | undefined {
  return facts.saidNotUrgent ?? (facts.kindUnproven ? undefined : 'kind_named');
}
