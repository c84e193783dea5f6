import { IANAZone } from 'luxon';
import { DAY, type Duration, type Instant, MINUTE } from './instant.ts';

/** Days of the week in ISO order, Monday first. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A date on the calendar of some place; `month` and `day` count from 1. */
export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/** A time on the wall clock of some place, 00:00 to 23:59. */
export type CivilTime = { readonly hour: number; readonly minute: number };

/** What calendar and wall clock show together. Not yet an instant: that needs a zone. */
export type LocalDateTime = CivilDate & CivilTime;

/** Is this an IANA zone that the machine knows (`Europe/Bucharest`, `UTC`)? A bare offset (`+02:00`) is none. */
export function isZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && IANAZone.create(name).isValid;
}

/**
 * The one way from civil time to an instant. A time that does not exist (the clock jumps over it) moves forward by the
 * gap; a time that exists twice means the first. The same rule as `compatible` of ECMAScript's Temporal.
 *
 * It asks the zone for its offsets and lets no `DateTime` guess: Luxon starts from today's offset, so in summer it
 * picks another instant than in winter, and its `getPossibleOffsets` overlooks the first of two times where a zone
 * has since moved (America/Scoresbysund).
 *
 * Throws when the zone is unknown or the date or time is on no calendar (31 February, 24:00).
 */
export function civilToInstant(civil: LocalDateTime, zone: string): Instant {
  const iana = knownZone(zone);
  const local = epochDay(civil) * DAY + minuteOfDay(civil) * MINUTE;
  // Offsets are below 24 h, so the instant lies within a day of `local`, and no zone changes twice in that time.
  const byOffsetBefore = local - offset(iana, local - DAY);
  const byOffsetAfter = local - offset(iana, local + DAY);
  if (byOffsetBefore === byOffsetAfter) return byOffsetBefore;
  const real = [byOffsetBefore, byOffsetAfter].filter((at) => at + offset(iana, at) === local);
  return real.length > 0 ? Math.min(...real) : byOffsetBefore;
}

/**
 * What calendar and wall clock of `zone` show at `at`, seconds cut off.
 * Throws when the zone is unknown or `at` is no instant.
 */
export function civilAt(at: Instant, zone: string): LocalDateTime & { readonly weekday: Weekday } {
  const local = at + offset(knownZone(zone), at);
  if (Number.isNaN(local)) throw new RangeError(`expected an instant in milliseconds since 1970, got ${at}`);
  const day = Math.floor(local / DAY);
  const minutes = Math.floor((local - day * DAY) / MINUTE);
  return { ...dateOfEpochDay(day), weekday: weekdayOf(day), hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

/** Reads `YYYY-MM-DD`. Throws on any other form and on dates that are on no calendar. */
export function readCivilDate(text: string): CivilDate {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isOnCalendar(date)) throw new RangeError(`expected a date as YYYY-MM-DD, got ${JSON.stringify(text)}`);
  return date;
}

/** Reads `HH:MM`, 00:00 to 23:59. Throws on anything else; midnight at the end of a day is the 00:00 of the next. */
export function readCivilTime(text: string): CivilTime {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined) {
    throw new RangeError(
      `expected a time as HH:MM from 00:00 to 23:59 (midnight is 00:00), got ${JSON.stringify(text)}`,
    );
  }
  return { hour: Number(hour), minute: Number(minute) };
}

/** Days from 1970-01-01 to this date: the form in which dates are added. Throws when it is on no calendar. */
export function epochDay(date: CivilDate): number {
  if (!isOnCalendar(date)) {
    throw new RangeError(`expected a date on the calendar, got year ${date.year} month ${date.month} day ${date.day}`);
  }
  return utcMidnight(date) / DAY;
}

/** The date so many days after 1970-01-01: the inverse of `epochDay`. */
export function dateOfEpochDay(day: number): CivilDate {
  const utc = new Date(day * DAY);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() };
}

export function weekdayOf(day: number): Weekday {
  // 1970-01-01 was a Thursday, three days after a Monday.
  const weekday = WEEKDAYS[(((day + 3) % 7) + 7) % 7];
  if (weekday === undefined) throw new RangeError(`expected a whole number of days since 1970-01-01, got ${day}`);
  return weekday;
}

function knownZone(name: string): IANAZone {
  if (!isZone(name)) {
    throw new RangeError(`expected an IANA time zone such as "Europe/Bucharest", got ${JSON.stringify(name)}`);
  }
  return IANAZone.create(name);
}

/** How far the zone's wall clock is ahead of UTC at this instant. */
function offset(zone: IANAZone, at: Instant): Duration {
  // Luxon counts in minutes, with fractions for the local mean times before railways.
  return Math.round(zone.offset(at) * MINUTE);
}

function utcMidnight(date: CivilDate): Instant {
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999; this does not.
  return new Date(0).setUTCFullYear(date.year, date.month - 1, date.day);
}

function isOnCalendar(date: CivilDate): boolean {
  const same = dateOfEpochDay(utcMidnight(date) / DAY);
  return same.year === date.year && same.month === date.month && same.day === date.day;
}

function minuteOfDay({ hour, minute }: CivilTime): number {
  const whole = Number.isInteger(hour) && Number.isInteger(minute);
  if (!whole || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    throw new RangeError(`expected a time of day from 0:00 to 23:59, got hour ${hour} minute ${minute}`);
  }
  return hour * 60 + minute;
}
