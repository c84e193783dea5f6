import { DAY, HOUR, type Instant, instant, rfc3339 } from '../../rota/instant.ts';

/** A time as a sender wrote it, read without guessing what is not there. */
export type SenderTime =
  /** With an offset: a moment. */
  | { readonly form: 'instant'; readonly at: Instant }
  /** A wall clock somewhere. `asUtc` is what it would be in UTC; the moment lies up to 14 h before or 12 h after. */
  | { readonly form: 'zone_not_stated'; readonly asUtc: Instant }
  /** A day without a time of day; `asUtc` is its beginning in UTC. */
  | { readonly form: 'date'; readonly asUtc: Instant }
  /** 03/04/2026 is in March for some and in April for others. */
  | { readonly form: 'ambiguous' }
  | { readonly form: 'unreadable' };

const UNREADABLE: SenderTime = { form: 'unreadable' };

const ISO_DATE = '(?<isoYear>\\d{4})-(?<isoMonth>\\d{2})-(?<isoDay>\\d{2})';
const PAPER_DATE = '(?<first>\\d{1,2})(?<separator>[./-])(?<second>\\d{1,2})\\k<separator>(?<paperYear>\\d{4})';
const CLOCK = '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<seconds>\\d{2})(?<fraction>[.,]\\d{1,9})?)?';
const ZONE =
  '\\(?(?:(?<utc>Z|UTC|GMT)|(?:UTC|GMT)?\\s?(?<sign>[+-])(?<offHour>\\d{1,2})(?::?(?<offMinute>\\d{2}))?)\\)?';
const TIME = new RegExp(`^(?:${ISO_DATE}|${PAPER_DATE})(?:(?:T|,\\s?|\\s)${CLOCK}(?:\\s?${ZONE})?)?$`, 'iu');

/**
 * Reads RFC 3339 and its usual relatives (a space for T, "UTC+1", no seconds) and dates as on paper (09.11.2026, 09/11/2026).
 * Dots are day first; with strokes the order is taken only where one number is no month. Anything else is unreadable.
 */
export function readTime(text: string): SenderTime {
  if (text.length > 60) return UNREADABLE;
  const parts = TIME.exec(text.trim().replaceAll('\u2212', '-').replace(/\s+/g, ' '))?.groups;
  if (parts === undefined) return UNREADABLE;
  const date = dateOf(parts);
  if (date === 'ambiguous') return { form: 'ambiguous' };
  if (date === undefined) return UNREADABLE;
  if (parts['hour'] === undefined) return { form: 'date', asUtc: instant(`${date}T00:00:00Z`) };
  const clock = clockOf(parts);
  const offset = offsetOf(parts);
  if (clock === undefined || offset === 'impossible') return UNREADABLE;
  return offset === undefined
    ? { form: 'zone_not_stated', asUtc: instant(`${date}T${clock}Z`) }
    : { form: 'instant', at: instant(`${date}T${clock}${offset}`) };
}

/** Between which instants a time lies: zones reach from UTC-12 to UTC+14. Undefined for what is no time. */
export function rangeOf(time: SenderTime): { readonly earliest: Instant; readonly latest: Instant } | undefined {
  if (time.form === 'instant') return { earliest: time.at, latest: time.at };
  if (time.form === 'zone_not_stated') return { earliest: time.asUtc - 14 * HOUR, latest: time.asUtc + 12 * HOUR };
  if (time.form === 'date') return { earliest: time.asUtc - 14 * HOUR, latest: time.asUtc + DAY + 12 * HOUR };
  return undefined;
}

type Parts = Readonly<Record<string, string | undefined>>;

function dateOf(parts: Parts): string | 'ambiguous' | undefined {
  const { isoYear, isoMonth, isoDay, first = '', second = '', separator, paperYear } = parts;
  if (isoYear !== undefined) return existing(`${isoYear}-${isoMonth}-${isoDay}`);
  const dayFirst = existing(`${paperYear}-${second.padStart(2, '0')}-${first.padStart(2, '0')}`);
  if (separator === '.') return dayFirst;
  const monthFirst = existing(`${paperYear}-${first.padStart(2, '0')}-${second.padStart(2, '0')}`);
  if (dayFirst !== undefined && monthFirst !== undefined && dayFirst !== monthFirst) return 'ambiguous';
  return dayFirst ?? monthFirst;
}

/** The date, unless no calendar has it (31 February). */
function existing(date: string): string | undefined {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && rfc3339(at).startsWith(date) ? date : undefined;
}

function clockOf({ hour = '', minute = '', seconds = '00', fraction = '' }: Parts): string | undefined {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(seconds) > 60) return undefined;
  // A leap second is the second before it: what is asked of a provider is never so exact.
  const second = seconds === '60' ? '59' : seconds;
  return `${hour.padStart(2, '0')}:${minute}:${second}${fraction.replace(',', '.')}`;
}

/** UTC-12 to UTC+14 are the zones there are. */
function offsetOf({ utc, sign, offHour = '', offMinute = '00' }: Parts): string | 'impossible' | undefined {
  if (utc !== undefined) return 'Z';
  if (sign === undefined) return undefined;
  const minutes = Number(offHour) * 60 + Number(offMinute);
  if (Number(offMinute) > 59 || minutes > (sign === '+' ? 14 : 12) * 60) return 'impossible';
  return `${sign}${offHour.padStart(2, '0')}:${offMinute}`;
}
