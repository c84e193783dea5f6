/**
 * What officers choose of a short list, because it stands in the journal for ever: free words there would be case content
 * that can never be erased. Whatever more is to be said goes into the words of the action.
 */

/** By which means the requester was told or answered. */
export const MEANS: readonly string[] = ['mail', 'phone', 'portal', 'network', 'chat', 'letter', 'in_person', 'other'];

/** Whom a request was forwarded to. */
export const RECIPIENTS: readonly string[] = [
  'other_desk',
  'mla_authority',
  'prosecution',
  'police',
  'other_contact_point',
  'provider',
  'other',
];

/** Why a clock was stopped by hand. */
export const STOP_REASONS: readonly string[] = ['withdrawn', 'agreed', 'done_elsewhere', 'not_applicable', 'other'];

/** A refusal on no listed ground, where the kind has no closed list: its words are content. */
export const OWN_WORDS = 'own_words';
