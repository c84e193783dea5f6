import { type Instant, rfc3339 } from '../../rota/instant.ts';

/** Instants as people read them, in the zone of a desk. */
export type Times = {
  readonly zone: string;
  /** `03:12` on the day of `now`, else with its date; the year only where it is another. */
  readonly short: (at: Instant, now: Instant) => string;
  /** The same to the second: for what happened. */
  readonly precise: (at: Instant, now: Instant) => string;
  /** `24 Nov 2026, 03:12:45`: for what is proof. */
  readonly exact: (at: Instant) => string;
  /** In UTC, with the word; the date only where it is another there. */
  readonly utc: (at: Instant) => string;
};

const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DATE = { weekday: 'short', day: 'numeric', month: 'short' } as const;
const SECONDS = { second: '2-digit' } as const;
const YEAR = { year: 'numeric' } as const;

/** Throws when the zone is unknown. */
export function timesIn(language: string, timeZone: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(dialect(language), options);
  const time = format({ ...TIME, timeZone });
  const date = format({ ...DATE, ...TIME, timeZone });
  const withYear = format({ ...DATE, ...YEAR, ...TIME, timeZone });
  const exact = format({ day: 'numeric', month: 'short', ...YEAR, ...TIME, ...SECONDS, timeZone });
  const utc = format({ ...DATE, ...TIME, timeZone: 'UTC' });
  const utcTime = format({ ...TIME, timeZone: 'UTC' });
  const seconds = format({ ...TIME, ...SECONDS, timeZone });
  const dayIn = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const day = dayIn(timeZone);
  const year = format({ ...YEAR, timeZone });
  const utcDay = dayIn('UTC');
  const isSameDay = (at: Instant, now: Instant) => day.format(at) === day.format(now);
  return {
    zone: timeZone,
    short: (at, now) => {
      if (isSameDay(at, now)) return time.format(at);
      return (year.format(at) === year.format(now) ? date : withYear).format(at);
    },
    precise: (at, now) => (isSameDay(at, now) ? seconds : exact).format(at),
    exact: (at) => exact.format(at),
    utc: (at) => `${(day.format(at) === utcDay.format(at) ? utcTime : utc).format(at)} UTC`,
  };
}

/** What a machine reads in the attribute of a `time` element. */
export function machineTime(at: Instant): string {
  return rfc3339(at);
}

/** English as it is written in Europe: the day before the month. */
function dialect(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}
