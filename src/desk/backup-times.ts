import { civilAt, civilToInstant, dateOfEpochDay, epochDay, readCivilTime } from '../../rota/civil.ts';
import type { Instant } from '../../rota/instant.ts';

/** The last time, up to `now`, that it was this time of day (`03:30`) in a zone. */
export function lastTimeOfDay(time: string, zone: string, now: Instant): Instant {
  const today = epochDay(civilAt(now, zone));
  const clock = readCivilTime(time);
  const times = [today, today - 1, today - 2].map((day) => civilToInstant({ ...dateOfEpochDay(day), ...clock }, zone));
  return times.find((at) => at <= now) ?? now;
}
