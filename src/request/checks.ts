import { type Duration, HOUR, type Instant, instant, MINUTE } from '../../rota/instant.ts';
import { type AddressClass, addressClass } from './address.ts';
import type { Identifier, Message } from './message.ts';
import { rangeOf, readTime, type SenderTime } from './sender-time.ts';

/** Technical nonsense in a request. It is told to the officer and to the requester, and refuses nothing. */
export type Flag = {
  readonly code: FlagCode;
  /** The field it was found in (`identifiers.0.at`); never what stands there. */
  readonly path: string;
  readonly weight: 'warning' | 'hint';
};

export type FlagCode = keyof typeof WEIGHTS;

const WEIGHTS = {
  malformed_address: 'warning',
  private_address: 'warning',
  loopback_address: 'warning',
  link_local_address: 'warning',
  reserved_address: 'warning',
  /** Many subscribers at once: only with port and exact time does it lead to one. */
  shared_address: 'hint',
  /** Set aside for examples: a hint, because exercises use it rightly. */
  documentation_address: 'hint',
  port_out_of_range: 'warning',
  zone_not_stated: 'warning',
  time_ambiguous: 'warning',
  time_unreadable: 'hint',
  time_in_future: 'warning',
  time_too_old: 'warning',
  times_disagree: 'warning',
  times_reversed: 'warning',
  beyond_retention: 'warning',
  preservation_too_short: 'hint',
} as const satisfies Record<string, Flag['weight']>;

export const FLAG_CODES = Object.keys(WEIGHTS) as readonly FlagCode[];

const ADDRESS_FLAGS: Readonly<Record<Exclude<AddressClass, 'public'>, FlagCode>> = {
  malformed: 'malformed_address',
  private: 'private_address',
  shared: 'shared_address',
  loopback: 'loopback_address',
  link_local: 'link_local_address',
  reserved: 'reserved_address',
  documentation: 'documentation_address',
};

/** A computer's clock may be a little ahead of ours. */
const SKEW: Duration = 5 * MINUTE;
/** No provider has logs from before it; a two-digit year read wrongly (1969) lands there. */
const NO_LOGS_BEFORE: Instant = instant('1990-01-01T00:00:00Z');
/** Art. 29(7) of the Convention: not less than 60 days. */
const SHORTEST_PRESERVATION = 60;

/**
 * What is technically wrong or unclear in `message` at `now`. `retention` is how long the provider keeps such data, where
 * known. What a time could be in the sender's favour is granted: without a zone it is in the future only if it is
 * so everywhere.
 */
export function checks(message: Message, now: Instant, retention?: Duration): readonly Flag[] {
  const found = [
    ...message.identifiers.flatMap((identifier, index) => checkIdentifier(identifier, `identifiers.${index}`)),
    ...timesOf(message).flatMap(({ path, time }) => judge(time, now, retention).map((code) => ({ code, path }))),
    ...checkItems(message),
    ...checkExtended(message),
  ];
  return found.map(({ code, path }) => ({ code, path, weight: WEIGHTS[code] }));
}

type Found = { readonly code: FlagCode; readonly path: string };

function checkIdentifier({ type, value, port, at, atUtc }: Identifier, path: string): Found[] {
  const found: Found[] = [];
  const address = type === 'ip' ? addressClass(value) : 'public';
  if (address !== 'public') found.push({ code: ADDRESS_FLAGS[address], path: `${path}.value` });
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    found.push({ code: 'port_out_of_range', path: `${path}.port` });
  }
  if (at === undefined) return found;
  const local = readTime(at);
  const utc = atUtc === undefined ? undefined : utcOf(atUtc);
  if (local.form === 'zone_not_stated' && utc === undefined)
    found.push({ code: 'zone_not_stated', path: `${path}.at` });
  if (utc !== undefined && disagree(local, utc)) found.push({ code: 'times_disagree', path: `${path}.atUtc` });
  return found;
}

function checkItems({ items }: Message): Found[] {
  const found: Found[] = [];
  const start = readTime(items['comm_start'] ?? '');
  const end = readTime(items['comm_end'] ?? '');
  if (start.form === 'zone_not_stated') found.push({ code: 'zone_not_stated', path: 'items.comm_start' });
  if (end.form === 'zone_not_stated') found.push({ code: 'zone_not_stated', path: 'items.comm_end' });
  const [from, until] = [rangeOf(start), rangeOf(end)];
  if (from && until && until.latest < from.earliest) found.push({ code: 'times_reversed', path: 'items.comm_end' });
  const days = /^\s*(\d{1,5})\b/.exec(items['preservation_days'] ?? '')?.[1];
  if (days !== undefined && Number(days) < SHORTEST_PRESERVATION) {
    found.push({ code: 'preservation_too_short', path: 'items.preservation_days' });
  }
  return found;
}

const UNCLEAR: Readonly<Partial<Record<SenderTime['form'], FlagCode>>> = {
  zone_not_stated: 'zone_not_stated',
  ambiguous: 'time_ambiguous',
  unreadable: 'time_unreadable',
};

/** The end of a preservation: unlike all other times it lies ahead. */
function checkExtended({ preservedUntil }: Message): Found[] {
  const code = preservedUntil === undefined ? undefined : UNCLEAR[readTime(preservedUntil).form];
  return code === undefined ? [] : [{ code, path: 'preservedUntil' }];
}

function timesOf({ identifiers, items }: Message): { path: string; time: SenderTime }[] {
  const written = [
    ...identifiers.flatMap(({ at, atUtc }, index) => [
      { path: `identifiers.${index}.at`, text: at },
      { path: `identifiers.${index}.atUtc`, text: atUtc },
    ]),
    { path: 'items.comm_start', text: items['comm_start'] },
    { path: 'items.comm_end', text: items['comm_end'] },
  ];
  return written.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, time: readTime(text) }]));
}

function judge(time: SenderTime, now: Instant, retention: Duration | undefined): FlagCode[] {
  const range = rangeOf(time);
  if (range === undefined) return [time.form === 'ambiguous' ? 'time_ambiguous' : 'time_unreadable'];
  if (range.earliest > now + SKEW) return ['time_in_future'];
  if (range.latest < NO_LOGS_BEFORE) return ['time_too_old'];
  return retention !== undefined && range.latest < now - retention ? ['beyond_retention'] : [];
}

/** The field says that it is UTC, so a time without an offset is. */
function utcOf(text: string): Instant | undefined {
  const time = readTime(text);
  if (time.form === 'instant') return time.at;
  return time.form === 'zone_not_stated' ? time.asUtc : undefined;
}

/** Seconds that one of the two leaves out are no disagreement; without a zone, the difference must be that of some zone. */
function disagree(local: SenderTime, utc: Instant): boolean {
  if (local.form === 'instant') return Math.abs(local.at - utc) >= MINUTE;
  if (local.form !== 'zone_not_stated') return false;
  const ahead = local.asUtc - utc;
  const offset = Math.round(ahead / (15 * MINUTE)) * 15 * MINUTE;
  return Math.abs(ahead - offset) >= MINUTE || offset < -12 * HOUR || offset > 14 * HOUR;
}
