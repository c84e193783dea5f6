/** Why a request cannot be met though nobody refuses it: most negative answers in practice are of this sort. */
export type NotPossibleReason = {
  readonly code: string;
  readonly text: string;
  /** The code alone says nothing: the officer adds words. */
  readonly needsWords?: boolean;
};

export const NOT_POSSIBLE_REASONS: readonly NotPossibleReason[] = [
  { code: 'no_preservation_law', text: 'not_possible.no_preservation_law' },
  { code: 'court_order_needed', text: 'not_possible.court_order_needed' },
  { code: 'data_not_retained', text: 'not_possible.data_not_retained' },
  { code: 'signed_form_needed', text: 'not_possible.signed_form_needed' },
  { code: 'other_network', text: 'not_possible.other_network' },
  { code: 'other', text: 'not_possible.other', needsWords: true },
];
