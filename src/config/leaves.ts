import { z } from 'zod';
import { isZone, readCivilDate, WEEKDAYS } from '../../rota/civil.ts';
import { type Duration, HOUR } from '../../rota/instant.ts';
import { compileKeywords } from '../request/keyword-matcher.ts';
import { DURATION_PATTERN, formatDuration, nearestDuration, parseDuration } from './duration.ts';
import { nearest } from './nearest.ts';

/**
 * The smallest pieces of the file. In all of this schema the *message* of an issue says what was expected and the
 * *title* says what the value should have been ("a weekday"); `findings.ts` makes the sentence.
 */
export type Complaint = { readonly wrong?: string; readonly expected?: string; readonly nearest?: string | undefined };

type TextRule = {
  readonly title: string;
  readonly expected: string;
  readonly pattern: RegExp;
  /** Asked when the pattern fits: what is wrong nevertheless. */
  readonly check?: (text: string) => Complaint | undefined;
  /** Asked when the pattern does not fit: what was meant. */
  readonly meant?: (text: string) => string | undefined;
};

export function text({ title, expected, pattern, check, meant }: TextRule) {
  return z
    .string({ error: expected })
    .superRefine((value, context) => {
      const complaint = pattern.test(value) ? check?.(value) : { nearest: meant?.(value) };
      if (complaint === undefined) return;
      const { expected: instead, ...params } = complaint;
      context.addIssue({ code: 'custom', message: instead ?? expected, params });
    })
    .meta({ title, pattern: pattern.source });
}

export const id = text({
  title: 'an id',
  expected: 'small letters, digits, - and _, beginning with a letter, at most 32, such as "ana"',
  pattern: /^[a-z][a-z0-9_-]{0,31}$/,
  meant: (value) => {
    const tidy = value
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 32);
    return tidy === '' ? undefined : tidy;
  },
});

export const name = text({
  title: 'a name',
  expected: 'a text of 1 to 120 characters in one line',
  pattern: /^(?=.*\S).{1,120}$/,
  check: (value) => (/[\p{Cc}\p{Cs}]/u.test(value) ? { wrong: 'has signs in it that cannot be seen' } : undefined),
});

/** What can be looked for is the matcher's business: it is asked here, so that it has nothing to refuse at start. */
export const keyword = text({
  title: 'a word to look for',
  expected:
    'at least one letter or digit, and a word on both sides of "…" (up to five words between) and "&" (either order)',
  pattern: /^(?=.*\S).{1,120}$/,
  check: (value) => (canBeLookedFor(value) ? undefined : {}),
});

export const language = text({
  title: 'a language',
  expected: 'two small letters of ISO 639-1, such as en',
  pattern: /^[a-z]{2}$/,
  meant: (value) => (/^[A-Za-z]{2}$/.test(value) ? value.toLowerCase() : undefined),
});

export const country = text({
  title: 'a country',
  expected: 'two capital letters of ISO 3166-1, such as RO',
  pattern: /^[A-Z]{2}$/,
  meant: (value) => (/^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : undefined),
});

export const zone = text({
  title: 'a time zone',
  expected: 'a name of the IANA list, such as Europe/Bucharest or UTC',
  pattern: /^.+$/,
  check: (value) =>
    isZone(value) ? undefined : { nearest: nearest(value.replaceAll(' ', '_'), Intl.supportedValuesOf('timeZone')) },
});

export const timeOfDay = text({
  title: 'a time of day',
  expected: 'hours and minutes in quotes, from "00:00" to "23:59" (midnight is "00:00")',
  pattern: /^([01]\d|2[0-3]):[0-5]\d$/,
  meant: (value) => {
    const [, hour, minute] = /^(\d{1,2})[:.h]?([0-5]\d)?(?::00)?$/.exec(value) ?? [];
    if (hour === undefined || Number(hour) > 24) return undefined;
    return `${String(Number(hour) % 24).padStart(2, '0')}:${minute ?? '00'}`;
  },
});

export const date = text({
  title: 'a date',
  expected: 'year-month-day, such as 2026-01-05',
  pattern: /^\d{4}-\d\d-\d\d$/,
  check: (value) => (isDate(value) ? undefined : { wrong: 'is on no calendar' }),
  meant: (value) => {
    const [, day, month, year] = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(value) ?? [];
    // 13.05.2026 can only be the 13th of May; 05/06/2026 is somebody's guess, so it is not made.
    if (day === undefined || month === undefined || Number(day) <= 12) return undefined;
    const meant = `${year}-${month.padStart(2, '0')}-${day}`;
    return isDate(meant) ? meant : undefined;
  },
});

export const weekday = z.enum(WEEKDAYS, { error: `one of ${WEEKDAYS.join(', ')}` }).meta({ title: 'a weekday' });

export const phone = text({
  title: 'a telephone number',
  expected: '+, country code and number without blanks, in quotes, such as "+15550100"',
  pattern: /^\+[1-9]\d{5,14}$/,
  meant: (value) => {
    const tidy = value.replace(/[\s().-]/g, '').replace(/^00/, '+');
    return /^\+[1-9]\d{5,14}$/.test(tidy) ? tidy : undefined;
  },
});

export const mailAddress = text({
  title: 'a mail address',
  expected: 'an address such as ana@ncp.example',
  pattern: /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/,
});

/** A length of time from `least` to `most`, both included, as milliseconds. */
export function duration(least: Duration, most: Duration) {
  const range = `from ${formatDuration(least)} to ${formatDuration(most)}`;
  const expected = `a number and its unit (s, m, h or d), ${range}, such as ${formatDuration(Math.min(most, Math.max(least, 8 * HOUR)))}`;
  return text({
    title: 'a length of time',
    expected,
    pattern: DURATION_PATTERN,
    check: (value) => {
      const length = parseDuration(value) ?? -1;
      if (length < least) return { wrong: 'is too short' };
      return length > most ? { wrong: 'is too long' } : undefined;
    },
    meant: nearestDuration,
  }).transform((value) => parseDuration(value) ?? 0);
}

export function wholeNumber(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error }).meta({ title: 'a fitting number' });
}

export const yesOrNo = z.boolean({ error: 'true or false' }).meta({ title: 'true or false' });

/** One value may stand for a list of one. */
export function oneOrMore<T extends z.ZodType>(item: T) {
  return z
    .union([item, z.array(item).min(1, { error: 'at least one' })])
    .transform((value): readonly z.output<T>[] => (Array.isArray(value) ? value : [value]));
}

function canBeLookedFor(value: string): boolean {
  try {
    compileKeywords({ word: [value] }, {});
    return true;
  } catch {
    return false;
  }
}

function isDate(value: string): boolean {
  try {
    readCivilDate(value);
    return true;
  } catch {
    return false;
  }
}
