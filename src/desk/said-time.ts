import { civilToInstant, readCivilDate, readCivilTime } from '../../rota/civil.ts';
import { type Instant, instant } from '../../rota/instant.ts';

const CIVIL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?$/;

/**
 * A time that a person gave: with an offset it is an instant, without one (a date and a time of day, as a browser's
 * form sends it) it is read in the desk's zone. Undefined when it is neither.
 */
export function saidTime(text: string, zone: string): Instant | undefined {
  const [, date, time] = CIVIL.exec(text.trim()) ?? [];
  try {
    if (date !== undefined && time !== undefined)
      return civilToInstant({ ...readCivilDate(date), ...readCivilTime(time) }, zone);
    return instant(text.trim());
  } catch {
    return undefined;
  }
}
