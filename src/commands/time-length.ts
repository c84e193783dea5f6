import { civilAt, civilToInstant, dateOfEpochDay, epochDay } from '../../rota/civil.ts';
import { HOUR, type Instant, MINUTE } from '../../rota/instant.ts';
import type { TimeContext } from './time-context.ts';
import { UNITS } from './time-words.ts';

const IN = /^(?:in|dans) (.+)$/;
const AGO = /^(?:il y a (.+)|(.+) ago)$/;
const HALF = /^(?:half an hour|une demi-heure)$/;
const PIECE = /^(\d{1,4}|an?|une?) ?([a-z]+)(?: (?:and|et))? ?/;
/** `2h30`: the minutes need no unit. */
const HOURS_AND_MINUTES = /^(\d{1,3}) ?h ?(\d\d)$/;

type Length = { readonly days: number; readonly ms: number };

/** `in 2h`, `dans 1 h 30 min`, `20 min ago`, `il y a 2 jours`, folded: the instant, or undefined for all else. */
export function durationIn(key: string, { now, zone }: TimeContext): Instant | undefined {
  const [, ahead] = IN.exec(key) ?? [];
  const [, depuis, ago] = AGO.exec(key) ?? [];
  const length = lengthOf(ahead ?? depuis ?? ago ?? '');
  if (length === undefined) return undefined;
  const sign = ahead === undefined ? -1 : 1;
  return daysLater(now, sign * length.days, zone) + sign * length.ms;
}

function lengthOf(text: string): Length | undefined {
  if (HALF.test(text)) return { days: 0, ms: 30 * MINUTE };
  const [, hours, minutes] = HOURS_AND_MINUTES.exec(text) ?? [];
  if (hours !== undefined) return { days: 0, ms: Number(hours) * HOUR + Number(minutes) * MINUTE };
  let rest = text;
  let [days, ms] = [0, 0];
  while (rest !== '') {
    const [piece, count = '', name = ''] = PIECE.exec(rest) ?? [];
    const unit = UNITS.get(name);
    if (piece === undefined || unit === undefined) return undefined;
    const number = /\d/.test(count) ? Number(count) : 1;
    if (unit === 'day' || unit === 'week') days += number * (unit === 'week' ? 7 : 1);
    else ms += number * (unit === 'hour' ? HOUR : MINUTE);
    rest = rest.slice(piece.length);
  }
  return text === '' ? undefined : { days, ms };
}

/** A day later is the same time on the wall clock, however long the day is. */
function daysLater(now: Instant, days: number, zone: string): Instant {
  if (days === 0) return now;
  const civil = civilAt(now, zone);
  return civilToInstant({ ...civil, ...dateOfEpochDay(epochDay(civil) + days) }, zone);
}
