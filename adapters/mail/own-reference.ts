/** "Our reference" in the languages of the samples: whose it is, is said, so it may stand anywhere. */
const OURS: readonly string[] = [
  'our reference',
  'our ref',
  'notre référence',
  'notre réf',
  'nuestra referencia',
  'nuestra ref',
  'nossa referência',
  'nossa ref',
  'unser aktenzeichen',
  'unser zeichen',
  'nostro riferimento',
  'referința noastră',
];
/** "Reference" alone: whose it is, is told by where it stands, at the start of a line or a clause. */
const NEUTRAL: readonly string[] = [
  'reference / case number',
  'reference number',
  'reference no',
  'reference',
  'ref',
  'référence',
  'réf',
  'referencia',
  'referência',
  'riferimento',
  'nr. de referință',
  'aktenzeichen',
  'referans',
];

const VALUE_START = 80;
/** Text that is searched; a reference stands in the head of a letter. */
const TEXT_START = 20_000;
const SPACE = '[^\\S\\n]{0,20}';
const escaped = (words: readonly string[]): string => words.map((word) => word.replaceAll('.', '\\.')).join('|');
const OUR_LABEL = new RegExp(`(?<!\\p{L})(?:${escaped(OURS)})(?:\\.?${SPACE}[:：]|\\.|${SPACE})`, 'giu');
const NEUTRAL_LABEL = new RegExp(
  `(?:^|[.;(]\\s)${SPACE}(?:\\d{1,2}[.)]${SPACE})?(?:${escaped(NEUTRAL)})(?:\\.?${SPACE}[:：]|\\.)`,
  'gimu',
);
/** In a subject the label stands anywhere, but not after a "your". */
const SUBJECT_LABEL = new RegExp(
  `(?<!\\p{L})(?<!\\b(?:your|votre|vos|su|vuestra|vossa|ihr|ihre|vostro) )(?:${escaped(NEUTRAL)})(?:\\.?${SPACE}[:：]|\\.|${SPACE})`,
  'giu',
);
/** Shorter ones would make strangers look alike. */
const VALUE_MIN = 3;
/** A word of a reference begins with a capital or a digit; a full stop belongs to it only within (`4.12/26`). */
const WORD = '[\\p{Lu}\\d](?:[\\p{L}\\d_/-]|\\.(?=[\\p{L}\\d])){0,40}';
/** Up to four such words in the same line (`12 Js 345/26`). */
const VALUE = new RegExp(`^${SPACE}(${WORD}(?: ${WORD}){0,3})`, 'u');
/** Names and months behind it. */
const WORDS_WITHOUT_DIGIT = /(?: [^\d ]+)+$/;

/**
 * The sender's own reference, where a label says so plainly; undefined otherwise. Quoted lines (`>`) are not searched:
 * what stands there was written by somebody else, often by us.
 */
export function ownReference(subject: string, text: string): string | undefined {
  const searched = text.slice(0, TEXT_START).replace(/^>.*$/gm, '');
  return valueAfter(OUR_LABEL, searched) ?? valueAfter(NEUTRAL_LABEL, searched) ?? valueAfter(SUBJECT_LABEL, subject);
}

function valueAfter(label: RegExp, text: string): string | undefined {
  for (const match of text.matchAll(label)) {
    const start = match.index + match[0].length;
    const value = VALUE.exec(text.slice(start, start + VALUE_START))?.[1]?.replace(WORDS_WITHOUT_DIGIT, '');
    if (value && value.length >= VALUE_MIN && /\d/.test(value)) return value;
  }
  return undefined;
}
