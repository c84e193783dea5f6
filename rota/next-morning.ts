import { civilAt, civilToInstant, dateOfEpochDay, epochDay } from './civil.ts';
import { type DutyHours, nextDutyTime } from './duty-hours.ts';
import type { Instant } from './instant.ts';

/** A desk that is always on duty still has a morning. */
const MORNING = { hour: 8, minute: 0 };

/**
 * When the next morning's duty begins after `at`: the first duty time of a later civil day at the desk; 08:00 where the
 * desk has no hours of its own.
 */
export function nextMorning(hours: DutyHours, at: Instant): Instant {
  const tomorrow = dateOfEpochDay(epochDay(civilAt(at, hours.zone)) + 1);
  if (hours.windows.every(({ days }) => days.length === 0)) return civilToInstant({ ...tomorrow, ...MORNING }, hours.zone);
  return nextDutyTime(hours, civilToInstant({ ...tomorrow, hour: 0, minute: 0 }, hours.zone));
}
