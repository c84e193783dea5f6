import { civilAt, civilToInstant, dateOfEpochDay, epochDay, readCivilTime, type Weekday, weekdayOf } from './civil.ts';
import { DAY, type Duration, type Instant, type Span } from './instant.ts';

/**
 * Opens on each of `days` at `from` and closes at `to`; when `to` is not later than `from`, on the next day (equal: 24
 * hours on the wall clock).
 */
export type DutyWindow = {
  readonly days: readonly Weekday[];
  /** `HH:MM` */
  readonly from: string;
  /** `HH:MM` */
  readonly to: string;
};

/**
 * When the desk sits at its desks: routine work waits for it, urgent work does not.
 * Windows may overlap. Without a window that ever opens it is always duty time: work must not wait for ever.
 */
export type DutyHours = { readonly zone: string; readonly windows: readonly DutyWindow[] };

/** A window that opened the day before yesterday can still be open: one that ends on a skipped date ends a day late. */
const DAYS_BACK = 2;
/** A window that opens once a week can fall into a gap of the clock, so that it opens only the week after. */
const DAYS_AHEAD = 15;
/** Tomorrow's window can be open when the clock went back over midnight, so that the calendar shows today again. */
const TOMORROW = 1;

/** Is `at` inside a window? Windows are half-open: their first instant belongs to them, their last does not. */
export function isDutyTime(hours: DutyHours, at: Instant): boolean {
  return closing(hours, at) > at;
}

/** `at` itself when it is duty time, else the moment at which the next window opens. */
export function nextDutyTime(hours: DutyHours, at: Instant): Instant {
  if (isDutyTime(hours, at)) return at;
  let first = Number.POSITIVE_INFINITY;
  for (const { start } of spans(hours, at, DAYS_AHEAD)) {
    // Days come in order, and a clock that jumps delays an opening by a day at most.
    if (start > first + 2 * DAY) break;
    if (start > at) first = Math.min(first, start);
  }
  // None opens only if the clock swallowed the same window twice running: then now, rather than never.
  return first < Number.POSITIVE_INFINITY ? first : at;
}

/**
 * The instant at which `duration` of duty time has passed since `at`. Real time counts, not the wall clock: a window
 * from 22:00 to 06:00 holds seven hours when the clock goes forward and nine when it goes back. Time in two windows
 * counts once. When the last of it ends with a window the answer is that closing, not the next opening; a duration of 0
 * gives `at`, inside or outside. Throws on a duration that is negative or without end.
 */
export function addDutyTime(hours: DutyHours, at: Instant, duration: Duration): Instant {
  if (!Number.isFinite(duration) || duration < 0) {
    throw new RangeError(`expected a duration in milliseconds, 0 or more, got ${duration}`);
  }
  let left = duration;
  let now = at;
  while (left > 0) {
    now = nextDutyTime(hours, now);
    const open = closing(hours, now) - now;
    // Nothing opens at all (see nextDutyTime): real time then, rather than no answer.
    if (left <= open || open === 0) return now + left;
    left -= open;
    now += open;
  }
  return now;
}

/** When the last of the windows around `at` closes; `at` itself outside all windows; never when duty has no hours. */
function closing(hours: DutyHours, at: Instant): Instant {
  if (hours.windows.every(({ days }) => days.length === 0)) return Number.POSITIVE_INFINITY;
  let last = at;
  for (const { start, end } of spans(hours, at, TOMORROW)) if (start <= at) last = Math.max(last, end);
  return last;
}

/** The windows that open from two days before the civil date of `at` to so many days after it, day by day. */
function* spans({ zone, windows }: DutyHours, at: Instant, daysAhead: number): Generator<Span> {
  const today = epochDay(civilAt(at, zone));
  for (let day = today - DAYS_BACK; day <= today + daysAhead; day++) {
    for (const window of windows.filter(({ days }) => days.includes(weekdayOf(day)))) {
      const span = spanOn(day, window, zone);
      // Where the clock jumps over a window, nothing of it is left.
      if (span.start < span.end) yield span;
    }
  }
}

function spanOn(day: number, { from, to }: DutyWindow, zone: string): Span {
  const overnight = to <= from;
  return {
    start: civilToInstant({ ...dateOfEpochDay(day), ...readCivilTime(from) }, zone),
    end: civilToInstant({ ...dateOfEpochDay(overnight ? day + 1 : day), ...readCivilTime(to) }, zone),
  };
}
