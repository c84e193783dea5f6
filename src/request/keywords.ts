import { NEUTRAL, NOT_URGENT, TEST, URGENT } from './keywords/claims.ts';
import { CUSTODY, DATA_LOSS, INFRASTRUCTURE, LOCATE } from './keywords/grounds.ts';
import { LIFE } from './keywords/life.ts';

/** Keywords by class. All languages are looked for at once: nobody has to know which one a message is in. */
export type Keywords = Readonly<Record<string, readonly string[]>>;

export const KEYWORD_CLASSES = [
  'life',
  'infrastructure',
  'custody',
  'data_loss',
  'locate',
  'urgent',
  'not_urgent',
  'test',
  'neutral',
] as const;

export type KeywordClass = (typeof KEYWORD_CLASSES)[number];

/** How a keyword is written: see `keyword-matcher.ts`. */
export const KEYWORDS: Readonly<Record<KeywordClass, readonly string[]>> = {
  life: phrases(LIFE),
  infrastructure: phrases(INFRASTRUCTURE),
  custody: phrases(CUSTODY),
  data_loss: phrases(DATA_LOSS),
  locate: phrases(LOCATE),
  urgent: phrases(URGENT),
  not_urgent: phrases(NOT_URGENT),
  test: phrases(TEST),
  neutral: phrases(NEUTRAL),
};

/** A word of the first class counts for nothing where it stands inside a phrase of one of the others ("not urgent"). */
export const SILENCED_BY: Readonly<Record<string, readonly KeywordClass[]>> = {
  urgent: ['not_urgent', 'neutral'],
  not_urgent: ['neutral'],
  test: ['neutral'],
};

function phrases(byLanguage: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(byLanguage).flatMap((list) => list.split(',').map((phrase) => phrase.trim()));
}
