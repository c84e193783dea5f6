import { civilAt } from '../../../rota/civil.ts';
import type { Instant } from '../../../rota/instant.ts';

/** As a browser's field for date and time wants it, in the desk's zone; seconds are left out. */
export function localTime(at: Instant, zone: string): string {
  const { year, month, day, hour, minute } = civilAt(at, zone);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}
