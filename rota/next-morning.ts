import { civilAt, civilToInstant, dateOfEpochDay, epochDay } from './civil.ts';
import { type DutyHours, isDutyTime, nextDutyTime } from './duty-hours.ts';
import type { Instant } from './instant.ts';

/** A desk that is always on duty still has a morning. */
const MORNING = { hour: 8, minute: 0 };

/**
 * When the next morning's duty begins after `at`: the next duty hours of the desk, those of a later civil day when it is
 * duty time now; 08:00 where the desk has no hours of its own.
 */
export function nextMorning(hours: DutyHours, at: Instant): Instant {
  const { zone } = hours;
  const today = epochDay(civilAt(at, zone));
  if (hours.windows.every(({ days }) => days.length === 0)) {
    const mornings = [today, today + 1].map((day) => civilToInstant({ ...dateOfEpochDay(day), ...MORNING }, zone));
    return mornings.find((morning) => morning > at) ?? at;
  }
  if (!isDutyTime(hours, at)) return nextDutyTime(hours, at);
  return nextDutyTime(hours, civilToInstant({ ...dateOfEpochDay(today + 1), hour: 0, minute: 0 }, zone));
}
