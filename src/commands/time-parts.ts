import type { CivilTime, Weekday } from '../../rota/civil.ts';
import { type Duration, HOUR, MINUTE } from '../../rota/instant.ts';
import { FILLERS, HOUR_NAMES, MONTH_NAMES, NEAR_DAYS, WEEKDAY_NAMES } from './time-words.ts';
import { keyOf } from './tokens.ts';

type DayOfYear = { readonly year?: number; readonly month: number; readonly day: number };

/** What was said of a time, each part at most once. */
export type TimeParts = {
  /** Days from today. */
  readonly near?: number;
  readonly weekday?: Weekday;
  readonly date?: DayOfYear;
  readonly time?: CivilTime;
  /** Of the day after: the midnight at the end of the day. */
  readonly later?: number;
  /** Of the wall clock that is meant, ahead of UTC. */
  readonly offset?: Duration;
};

/** One way to read the beginning of a text, and how much of it that takes. */
type Piece = { readonly length: number; readonly parts: readonly TimeParts[] };
type Read = (text: string) => Piece | undefined;

/**
 * Every way to read a text as a day, a time of day or both, with or without an offset; none where anything is left over or
 * said twice. Two ways come of a day and a month that can be either, and of the
 * midnights of a day.
 */
export function partsOf(text: string): readonly TimeParts[] {
  let rest = keyOf(text);
  let ways: readonly TimeParts[] = [{}];
  while (rest !== '') {
    const piece = READERS.map((read) => read(rest)).find((found) => found !== undefined);
    if (piece === undefined || piece.length === 0) return [];
    ways = ways.flatMap((way) => piece.parts.flatMap((more) => (isAgain(way, more) ? [] : [{ ...way, ...more }])));
    rest = rest.slice(piece.length).replace(/^[\s,]+/, '');
  }
  return ways.filter(isTime);
}

function isAgain(way: TimeParts, more: TimeParts): boolean {
  return Object.keys(more).some((part) => part in way);
}

/** An offset alone is no time; today is no day of the calendar besides. */
function isTime({ near, weekday, date, time, offset }: TimeParts): boolean {
  const days = [near !== undefined, date !== undefined || weekday !== undefined].filter(Boolean).length;
  if (offset !== undefined && time === undefined) return false;
  return days <= 1 && (days > 0 || time !== undefined);
}

const one = (length: number, ...parts: readonly TimeParts[]): Piece => ({ length, parts });

const isoDate: Read = (text) => {
  const [all, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?=t\d|[\s,]|$)t?/.exec(text) ?? [];
  return all === undefined
    ? undefined
    : one(all.length, { date: { year: Number(year), month: Number(month), day: Number(day) } });
};

/** With dots the day comes first; with a stroke either may. */
const numericDate: Read = (text) => {
  const [all, first, sign, second, year] = /^(\d{1,2})([./])(\d{1,2})(?:\2(\d{4}))?\.?(?=[\s,]|$)/.exec(text) ?? [];
  if (all === undefined) return undefined;
  const more = year === undefined ? {} : { year: Number(year) };
  const [a, b] = [Number(first), Number(second)];
  const dayFirst = { date: { ...more, day: a, month: b } };
  const monthFirst = { date: { ...more, day: b, month: a } };
  if (sign === '.' || a === b) return one(all.length, dayFirst);
  return one(all.length, ...[dayFirst, monthFirst].filter(({ date }) => date.month <= 12));
};

const writtenDate: Read = (text) => {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|er)? ([a-z]+)\.?(?: (\d{4}))?(?=[\s,]|$)/.exec(text);
  const monthFirst = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?=[\s,]|$)/.exec(text);
  const [all = '', day, name = '', year] =
    dayFirst ?? (monthFirst === null ? [] : [monthFirst[0], monthFirst[2], monthFirst[1], monthFirst[3]]);
  const month = MONTH_NAMES.get(name);
  if (month === undefined) return undefined;
  return one(all.length, { date: { ...(year === undefined ? {} : { year: Number(year) }), month, day: Number(day) } });
};

const CLOCK_FORMS = [
  /^(?<hour>\d{1,2}):(?<minute>\d\d)(?::\d\d(?:\.\d+)?)?(?: ?(?<half>[ap])\.?m\.?)?(?=[\s,z+-]|$)/,
  /^(?<hour>\d{1,2}) ?h(?: ?(?<minute>\d\d))?(?=[\s,z+-]|$)/,
  /^(?<hour>\d{1,2}) ?(?<half>[ap])\.?m\.?(?=[\s,]|$)/,
];

const clockTime: Read = (text) => {
  const found = CLOCK_FORMS.map((form) => form.exec(text)).find((match) => match !== null);
  if (found === undefined) return undefined;
  const { hour: digits, minute = '0', half } = found.groups ?? {};
  const hour = hourOf(Number(digits), half);
  if (hour === undefined || Number(minute) > 59) return undefined;
  return one(found[0].length, { time: { hour, minute: Number(minute) } });
};

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour <= 23 ? hour : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

const offsetOf: Read = (text) => {
  const [all, sign, hours, minutes = '0'] = /^(?:utc|gmt|z|([+-])(\d\d):?(\d\d)?)(?=[\s,]|$)/.exec(text) ?? [];
  if (all === undefined) return undefined;
  const ahead = Number(hours ?? 0) * HOUR + Number(minutes) * MINUTE;
  return one(all.length, { offset: sign === '-' ? -ahead : ahead });
};

/** A name of one of the lists; what follows it must not go on. */
function named<T>(names: ReadonlyMap<string, T>, make: (value: T) => readonly TimeParts[]): Read {
  return (text) => {
    const [name = ''] = /^[a-z'-]+/.exec(text) ?? [];
    const value = names.get(name);
    if (value === undefined) return undefined;
    return one(name.length + (text[name.length] === '.' ? 1 : 0), ...make(value));
  };
}

const filler: Read = (text) => {
  const [name = ''] = /^[a-z]+(?= )/.exec(text) ?? [];
  return FILLERS.has(name) ? one(name.length, {}) : undefined;
};

const dayAfterTomorrow: Read = (text) =>
  text.startsWith('day after tomorrow') ? one('day after tomorrow'.length, { near: 2 }) : undefined;

/** A day has two midnights. */
function noonOrMidnight(hour: number): readonly TimeParts[] {
  const time = { hour, minute: 0 };
  return hour === 0 ? [{ time }, { time, later: 1 }] : [{ time }];
}

const READERS: readonly Read[] = [
  isoDate,
  numericDate,
  writtenDate,
  clockTime,
  offsetOf,
  dayAfterTomorrow,
  named(NEAR_DAYS, (near) => [{ near }]),
  named(WEEKDAY_NAMES, (weekday) => [{ weekday }]),
  named(HOUR_NAMES, noonOrMidnight),
  filler,
];
