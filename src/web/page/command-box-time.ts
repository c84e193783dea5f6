import type { Instant } from '../../../rota/instant.ts';
import type { Reader } from '../viewer.ts';

/**
 * A time that somebody typed, in full: `Wed 25 Nov 2026 09:00 EET (07:00 UTC)`, so that a wrong one is noticed before it
 * wakes the wrong people. In UTC the day is there only where it is another.
 */
export function fullTime({ language, timesIn }: Reader, timeZone: string, at: Instant): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { ...options, timeZone }).format(at);
  const day = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replaceAll(',', '');
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' });
  return timeZone === 'UTC' ? `${day} ${time}` : `${day} ${time} (${timesIn(timeZone).utc(at)})`;
}
