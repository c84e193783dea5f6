import { DAY, type Duration, HOUR, MINUTE, SECOND } from '../../rota/instant.ts';

const UNITS = { s: SECOND, m: MINUTE, h: HOUR, d: DAY } as const;
type Unit = keyof typeof UNITS;

/** One number and one unit; `1h30m` is written `90m`. */
export const DURATION_PATTERN = /^(\d{1,6})([smhd])$/;

/** Words that people write instead of the letter, by their beginning. */
const UNIT_WORDS: readonly (readonly [RegExp, Unit])[] = [
  [/^se?c?(onds?)?$/, 's'],
  [/^mi?n?(utes?)?$/, 'm'],
  [/^ho?u?r?s?$/, 'h'],
  [/^da?y?s?$/, 'd'],
];

/** Reads `90s`, `5m`, `8h` or `60d`; a day is 24 hours. Undefined for everything else. */
export function parseDuration(text: string): Duration | undefined {
  const [, digits, letter] = DURATION_PATTERN.exec(text) ?? [];
  return digits === undefined || !isUnit(letter) ? undefined : Number(digits) * UNITS[letter];
}

/** The shortest exact form: 60000 is `1m`, 0 is `0m`. Only for whole seconds, which is all that the file can say. */
export function formatDuration(duration: Duration): string {
  if (duration === 0) return '0m';
  const unit = (['d', 'h', 'm'] as const).find((letter) => duration % UNITS[letter] === 0) ?? 's';
  return `${duration / UNITS[unit]}${unit}`;
}

/** What somebody who wrote `5 min`, `5M` or `1h30m` most likely meant, in the form of the file. */
export function nearestDuration(text: string): string | undefined {
  const parts = [...text.toLowerCase().matchAll(/(\d+)\s*([a-z]+)/g)];
  if (
    parts.length === 0 ||
    text
      .toLowerCase()
      .replace(/(\d+)\s*([a-z]+)/g, '')
      .trim() !== ''
  )
    return undefined;
  const lengths = parts.map(([, digits, word]) => {
    const unit = UNIT_WORDS.find(([pattern]) => pattern.test(word ?? ''))?.[1];
    return unit === undefined ? Number.NaN : Number(digits) * UNITS[unit];
  });
  const [only] = parts;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (!Number.isSafeInteger(total)) return undefined;
  // A single unit keeps its own: "24 hours" is 24h, not 1d.
  const unit = UNIT_WORDS.find(([pattern]) => pattern.test(only?.[2] ?? ''))?.[1];
  const meant = parts.length === 1 && only !== undefined ? `${Number(only[1])}${unit}` : formatDuration(total);
  return parseDuration(meant) === undefined ? undefined : meant;
}

function isUnit(letter: string | undefined): letter is Unit {
  return letter !== undefined && Object.hasOwn(UNITS, letter);
}
