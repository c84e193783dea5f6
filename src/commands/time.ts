import { civilAt, civilToInstant, dateOfEpochDay, epochDay, weekdayOf } from '../../rota/civil.ts';
import { DAY, HOUR, type Instant, instant, MINUTE } from '../../rota/instant.ts';
import type { TimeContext } from './time-context.ts';
import { durationIn } from './time-length.ts';
import { partsOf, type TimeParts } from './time-parts.ts';
import { keyOf } from './tokens.ts';

/** `ambiguous`: it may mean any of these, and nobody guesses. */
export type ReadTime = { readonly at: Instant } | { readonly ambiguous: readonly Instant[] };

/** What happened a moment ago by a clock that is a little ahead is not of yesterday. */
const SLACK = 5 * MINUTE;
/** Nothing is waited for longer, and nothing older is told: the year was mistyped, or it is no time. */
const FURTHEST = 800 * DAY;

/**
 * A time as people write it, in English or French: `18:00`, `tomorrow 9:00`, `demain 9h`, `in 2h`, `il y a 20 min`,
 * `mon 9:00`, `25.11. 14:00`, `25 nov`, `2026-11-25 14:00`, each with or without `UTC`, `Z` or an offset. A day without a
 * time means its beginning. A day and month that can be read both ways round (`03/04`) is ambiguous. Undefined for all that
 * is no time, or on no calendar. Civil time becomes an instant in rota/civil.ts alone, with its rule for summer time.
 */
export function readTime(text: string, context: TimeContext): ReadTime | undefined {
  const key = keyOf(text);
  if (NOW.has(key)) return { at: context.now };
  const exact = exactInstant(text.trim());
  const at = exact ?? durationIn(key, context);
  if (at !== undefined) return within(context.now, [at]);
  const readings = partsOf(text).flatMap((parts) => instantOf(parts, context) ?? []);
  return within(context.now, [...new Set(readings)]);
}

const NOW = new Set(['now', 'just now', 'maintenant', "a l'instant"]);

/**
 * What `2h` may mean where nothing says which: at two o'clock, or in (or since) two hours. Undefined for what is not of this
 * form.
 */
export function hoursOrClock(text: string, context: TimeContext): readonly Instant[] | undefined {
  const [, hours] = /^(\d{1,2}) ?h$/.exec(keyOf(text)) ?? [];
  const clock = hours === undefined ? undefined : readTime(text, context);
  if (clock === undefined || !('at' in clock)) return undefined;
  const length = Number(hours) * HOUR;
  return [clock.at, context.side === 'ahead' ? context.now + length : context.now - length];
}

function within(now: Instant, found: readonly Instant[]): ReadTime | undefined {
  const near = found.filter((at) => Math.abs(at - now) <= FURTHEST);
  const [only, ...others] = near;
  if (only === undefined) return undefined;
  return others.length === 0 ? { at: only } : { ambiguous: near };
}

function exactInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
  try {
    return instant(text);
  } catch {
    return undefined;
  }
}

/** Undefined where it is on no calendar, or the weekday is not that of the date. */
function instantOf(parts: TimeParts, context: TimeContext): Instant | undefined {
  const days = daysOf(parts, context);
  const found = days.flatMap((day) => {
    if (parts.weekday !== undefined && weekdayOf(day) !== parts.weekday) return [];
    return instantAt(day, parts, context);
  });
  const { now, side } = context;
  // A day that is named is what it is, even where it has passed (the rules say so): never the same day of another year.
  if (parts.near !== undefined || parts.date !== undefined) {
    return found.toSorted((a, b) => Math.abs(a - now) - Math.abs(b - now))[0];
  }
  return side === 'ahead' ? found.find((at) => at > now) : found.findLast((at) => at <= now + SLACK);
}

/** The days that can be meant, in order, counted from 1970. */
function daysOf({ near, date, weekday }: TimeParts, { now, zone }: TimeContext): readonly number[] {
  const today = epochDay(civilAt(now, zone));
  if (near !== undefined) return [today + near];
  if (date === undefined) {
    const reach = weekday === undefined ? 2 : 8;
    return Array.from({ length: 2 * reach + 1 }, (_, index) => today - reach + index);
  }
  const { year } = civilAt(now, zone);
  const years = date.year === undefined ? [year - 1, year, year + 1] : [date.year];
  return years.flatMap((one) => dayIn(one, date.month, date.day) ?? []);
}

function dayIn(year: number, month: number, day: number): number | undefined {
  try {
    return epochDay({ year, month, day });
  } catch {
    return undefined;
  }
}

function instantAt(day: number, { time, later = 0, offset }: TimeParts, { zone }: TimeContext): Instant {
  const civil = { ...dateOfEpochDay(day + later), ...(time ?? { hour: 0, minute: 0 }) };
  return offset === undefined ? civilToInstant(civil, zone) : civilToInstant(civil, 'UTC') - offset;
}
