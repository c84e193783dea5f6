import { civilToInstant, dateOfEpochDay, epochDay } from '../../rota/civil.ts';
import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Asked, SearchTerm } from '../ports/search.ts';
import { fold } from '../request/fold.ts';
import { KINDS } from '../request/kinds.ts';
import type { RequestState } from '../request/state.ts';
import { URGENCIES, type Urgency } from '../request/urgency.ts';
import { nameWord, termsOf } from './search-words.ts';

/** A question to the search, read. */
export type Query = {
  readonly terms: readonly SearchTerm[];
  /** What was typed without the conditions. */
  readonly words: string;
  /** That as one name: a reference or a short id, should it be one. */
  readonly name?: string;
  readonly conditions: Omit<Asked, 'terms' | 'seenBy' | 'only' | 'except'>;
  /** What looked like a condition and is none; it was left out. */
  readonly misread: readonly Misread[];
};

/** A condition that is not known: its name as written, what was given, and what it takes. */
export type Misread = { readonly key: ConditionName; readonly value: string; readonly takes: readonly string[] };

export type ConditionName = 'is' | 'urgency' | 'kind' | 'since' | 'until' | 'country';

type Context = {
  /** Whose `mine` it is; nobody's is nobody's. */
  readonly officer: OfficerId | undefined;
  /** In which a date is meant. */
  readonly zone: string;
};

type Conditions = { -readonly [K in keyof Query['conditions']]: Query['conditions'][K] };
type Reading = { readonly conditions: Conditions; readonly terms: SearchTerm[]; readonly context: Context };
/** False: the value is none of what it takes. */
type Condition = {
  readonly names: readonly string[];
  readonly takes: readonly string[];
  readonly read: (value: string, reading: Reading) => boolean;
};

const STATES: Readonly<Record<string, readonly string[]>> = {
  open: ['open', 'ouverte', 'ouvert'],
  acknowledged: ['acknowledged', 'prise'],
  concluded: ['concluded', 'conclue'],
  closed: ['closed', 'close', 'fermee'],
  mine: ['mine', 'mienne', 'moi'],
  unowned: ['unowned', 'sans-titulaire'],
  waiting: ['waiting', 'attente', 'en-attente'],
};

const URGENCY_NAMES: Readonly<Record<Urgency, readonly string[]>> = {
  emergency: ['emergency', 'urgence', 'vitale'],
  urgent: ['urgent', 'urgente'],
  test: ['test'],
  routine: ['routine', 'courante'],
};

const DATES: readonly string[] = ['2026-11-24', '2026-11', '2026'];

/** The conditions that a question may hold, under their names in every language: `is:open`, `depuis:2026-11-01`. */
const CONDITIONS: Readonly<Record<ConditionName, Condition>> = {
  is: { names: ['is', 'est', 'etat'], takes: Object.keys(STATES), read: readState },
  urgency: { names: ['urgency', 'urgence'], takes: URGENCIES, read: readUrgency },
  kind: { names: ['kind', 'type', 'nature'], takes: KINDS.map(({ id }) => id), read: readKind },
  since: { names: ['since', 'depuis'], takes: DATES, read: readSince },
  until: { names: ['until', 'jusque', 'jusqu', 'jusqua'], takes: DATES, read: readUntil },
  country: { names: ['country', 'pays'], takes: ['FR', 'RO'], read: readCountry },
};

const NAMES = new Map(
  (Object.keys(CONDITIONS) as ConditionName[]).flatMap((key) =>
    CONDITIONS[key].names.map((name) => [name, key] as const),
  ),
);

/**
 * Reads what somebody looks for: words, and conditions as `name:value`. Total: whatever it is given, it is a question, and
 * what is no condition is words. A condition that is named twice holds for both values where it can (`is:open is:closed`),
 * else as it was said last.
 */
export function readQuery(text: string, context: Context): Query {
  const words: string[] = [];
  const misread: Misread[] = [];
  const reading: Reading = { conditions: {}, terms: [], context };
  for (const word of text.slice(0, LONGEST).split(/\s+/u)) {
    const said = /^([\p{L}'’]{2,12}):(\S+)$/u.exec(word);
    const key = NAMES.get(fold(said?.[1] ?? '').replace(/['’]/g, ''));
    const value = said?.[2] ?? '';
    if (key === undefined) words.push(word);
    else if (!CONDITIONS[key].read(fold(value), reading)) misread.push({ key, value, takes: CONDITIONS[key].takes });
  }
  const rest = words.join(' ').trim();
  const name = nameWord(rest);
  const terms = [...reading.terms, ...termsOf(rest)];
  return { terms, words: rest, ...(name === undefined ? {} : { name }), conditions: reading.conditions, misread };
}

/** A question is a line, not a text. */
const LONGEST = 500;

function readState(value: string, { conditions, context }: Reading): boolean {
  const state = Object.keys(STATES).find((one) => STATES[one]?.includes(value));
  const more = (...statuses: readonly RequestState['status'][]) => {
    conditions.statuses = [...new Set([...(conditions.statuses ?? []), ...statuses])];
  };
  switch (state) {
    case undefined:
      return false;
    case 'mine':
      more('open', 'acknowledged', 'concluded');
      conditions.owner = context.officer ?? '';
      return true;
    case 'unowned':
      more('open');
      return true;
    case 'waiting':
      more('acknowledged');
      conditions.waiting = true;
      return true;
    default:
      more(state as RequestState['status']);
      return true;
  }
}

function readUrgency(value: string, { conditions }: Reading): boolean {
  const urgency = URGENCIES.find((one) => URGENCY_NAMES[one].includes(value));
  if (urgency === undefined) return false;
  conditions.urgencies = [...new Set([...(conditions.urgencies ?? []), urgency])];
  return true;
}

/** By the beginning of its id. */
function readKind(value: string, { conditions }: Reading): boolean {
  const kinds = KINDS.filter(({ id }) => id.startsWith(value.replaceAll('-', '_'))).map(({ id }) => id);
  if (kinds.length === 0) return false;
  conditions.kinds = [...new Set([...(conditions.kinds ?? []), ...kinds])];
  return true;
}

function readSince(value: string, { conditions, context }: Reading): boolean {
  const from = startOf(value, context.zone, 0);
  if (from === undefined) return false;
  conditions.since = from;
  return true;
}

/** The day, the month or the year that is named belongs to it. */
function readUntil(value: string, { conditions, context }: Reading): boolean {
  const end = startOf(value, context.zone, 1);
  if (end === undefined) return false;
  conditions.before = end;
  return true;
}

function readCountry(value: string, { terms }: Reading): boolean {
  if (!/^[a-z]{2}$/.test(value)) return false;
  terms.push({ word: countryWord(value), prefix: false });
  return true;
}

/** A country as the index keeps it beside its letters, which begin many words. */
export function countryWord(code: string): string {
  return `country=${fold(code)}`;
}

/** When a day, a month or a year (`2026-11-24`, `2026-11`, `2026`) begins in the zone, or, with 1 after it, the next one. */
function startOf(text: string, zone: string, after: 0 | 1): Instant | undefined {
  const said = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (said === null) return undefined;
  const [year, month, day] = [Number(said[1]), Number(said[2] ?? 1), Number(said[3] ?? 1)];
  try {
    const first = epochDay({ year, month, day });
    const date =
      said[3] !== undefined
        ? dateOfEpochDay(first + after)
        : said[2] !== undefined
          ? { year: year + Math.floor((month - 1 + after) / 12), month: ((month - 1 + after) % 12) + 1, day }
          : { year: year + after, month, day };
    return civilToInstant({ ...date, hour: 0, minute: 0 }, zone);
  } catch {
    return undefined;
  }
}
