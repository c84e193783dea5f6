/** Languages in which commands are understood; what is typed may mix them. */
export const TONGUES = ['en', 'fr'] as const;
export type Tongue = (typeof TONGUES)[number];
export type InTongues<T> = Readonly<Record<Tongue, T>>;

/** What may stand before each argument of a word, by the argument's name. */
export type Leads = Readonly<Record<string, InTongues<readonly string[]>>>;

const both = (en: readonly string[], fr: readonly string[]): InTongues<readonly string[]> => ({ en, fr });

/** The small words that lead to an argument, so that it needs no quotation marks to be told from the next one. */
export const leads = {
  none: both([], []),
  until: both(['until', 'till'], ["jusqu'à", "jusqu'au", 'jusque']),
  for: both(['for'], ['pour']),
  because: both(['because', 'because of'], ['parce que', "parce qu'", 'car', 'puisque', "puisqu'"]),
  to: both(['to'], ['à', 'en', 'au', 'aux']),
  by: both(['by', 'via'], ['par', 'via']),
  at: both(['at', 'on'], ['à', 'le']),
  since: both(['since', 'from', 'at'], ['depuis', 'à', 'le']),
  next: both(['next'], ['prochaines', 'prochaine']),
  clock: both(['clock', 'the clock'], ['horloge', "l'horloge"]),
};
