import { type Instant, rfc3339 } from '../../rota/instant.ts';
import type { Said } from '../desk/command-of.ts';
import { choiceAt } from './choices.ts';
import { TONGUES, type Tongue } from './leads.ts';
import { officersNamed } from './officer-named.ts';
import type { Context, Misread } from './parsed.ts';
import { hoursOrClock, readTime } from './time.ts';
import { keysOf, phraseAt, type Token } from './tokens.ts';
import type { Argument, Word } from './words.ts';

type Reading = {
  readonly text: string;
  /** All that follows the word and the name of the request. */
  readonly tokens: readonly Token[];
  readonly word: Word;
  /** The languages of the word: its small words come first. */
  readonly tongues: readonly Tongue[];
  readonly context: Context;
};

/** An argument in what was typed: it begins at `at` and ends before `limit`, where the next one is announced. */
type Place = {
  readonly argument: Argument;
  readonly at: number;
  readonly limit: number;
  readonly isLed: boolean;
  readonly isAnnounced: boolean;
};

/** What was found: its value and how far it goes; nothing where an argument that may be left out is not there. */
type Found =
  | { readonly value: string; readonly end: number; readonly instant?: Instant }
  | { readonly misread: Misread }
  | undefined;

/** Times of what has happened are the last ones of that name, the others the next ones. */
const HAPPENED: ReadonlySet<string> = new Set(['told_at', 'sent_at', 'effective_at']);
/** No time and no name is longer. */
const LONGEST = 8;
/** As much of it is read back. */
const SHOWN = 60;

/** The arguments of a word in their order, each with or without the small word that leads to it. */
export function readArguments(
  reading: Reading,
): { readonly said: Said; readonly times: Readonly<Record<string, Instant>> } | { readonly misread: Misread } {
  const { word, tokens } = reading;
  const said: Record<string, string> = {};
  const times: Record<string, Instant> = {};
  let at = 0;
  for (const argument of word.args) {
    const place = placeOf(reading, argument, at);
    const isThere = place.at < place.limit;
    if (!isThere && argument.required) return { misread: missing(word, argument) };
    const found = isThere ? (READ[argument.kind]?.(reading, place) ?? choice(reading, place)) : undefined;
    if (found === undefined) continue;
    if ('misread' in found) return found;
    said[argument.name] = found.value;
    if (found.instant !== undefined) times[argument.name] = found.instant;
    at = found.end;
  }
  if (at < tokens.length)
    return { misread: { code: 'too_much', word: word.name, given: given(reading, at, tokens.length) } };
  return { said, times };
}

function missing(word: Word, { name }: Argument): Misread {
  return { code: 'missing', word: word.name, argument: name };
}

function placeOf(reading: Reading, argument: Argument, from: number): Place {
  const { tokens, word } = reading;
  const led = leadAt(reading, argument, from);
  const at = from + led;
  const following = word.args.slice(word.args.indexOf(argument) + 1);
  const announced = following.flatMap((one) => announcedFrom(reading, one, at) ?? []);
  const next = announced.length === 0 ? undefined : Math.min(...announced);
  return { argument, at, limit: next ?? tokens.length, isLed: led > 0, isAnnounced: next !== undefined };
}

function leadAt(reading: Reading, { kind, lead }: Argument, at: number): number {
  return phraseAt(reading.tokens, at, phrasesOf(lead, tonguesFor(reading, kind)));
}

/** Where a small word announces the argument: in the language of the word, else in any. */
function announcedFrom(reading: Reading, { kind, lead }: Argument, from: number): number | undefined {
  const { tokens, tongues } = reading;
  for (const spoken of [tongues, tonguesFor(reading, kind)]) {
    const phrases = phrasesOf(lead, spoken);
    const index = tokens.findIndex((_, at) => at >= from && phraseAt(tokens, at, phrases) > 0);
    if (index >= 0) return index;
  }
  return undefined;
}

/** Free words end, and lose their first word, only by a small word of their own language: `car` is a vehicle in the other. */
function tonguesFor({ tongues }: Reading, kind: Argument['kind']): readonly Tongue[] {
  return kind === 'words' ? tongues : TONGUES;
}

function phrasesOf(lead: Argument['lead'], tongues: readonly Tongue[]): readonly (readonly string[])[] {
  return tongues.flatMap((tongue) => lead[tongue].map(keysOf));
}

function given({ text, tokens }: Reading, from: number, to: number): string {
  return slice(text, tokens, from, to).slice(0, SHOWN);
}

/** What was typed, letter by letter. */
function slice(text: string, tokens: readonly Token[], from: number, to: number): string {
  return text.slice(tokens[from]?.start ?? text.length, tokens[to - 1]?.end ?? text.length).trim();
}

type Read = (reading: Reading, place: Place) => Found;

const words: Read = ({ text, tokens }, { at, limit }) => {
  const value = slice(text, tokens, at, limit);
  return value === '' ? undefined : { value, end: limit };
};

const time: Read = (reading, place) => {
  const { text, tokens, word, context } = reading;
  const { argument, at, limit, isLed, isAnnounced } = place;
  const side = HAPPENED.has(argument.name) ? 'behind' : 'ahead';
  const reader = { now: context.now, zone: context.zone, side } as const;
  const ambiguous = (shown: string, readings: readonly Instant[]): Found => ({
    misread: { code: 'ambiguous_time', word: word.name, given: shown, readings, zone: context.zone },
  });
  for (const end of endsOf(at, limit, isAnnounced)) {
    const shown = slice(text, tokens, at, end);
    const read = readTime(shown, reader);
    if (read === undefined) continue;
    if ('ambiguous' in read) return ambiguous(shown, read.ambiguous);
    const either = isLed ? undefined : hoursOrClock(shown, reader);
    return either === undefined ? { value: rfc3339(read.at), end, instant: read.at } : ambiguous(shown, either);
  }
  return { misread: { code: 'not_a_time', word: word.name, given: given(reading, at, Math.min(limit, at + LONGEST)) } };
};

const officer: Read = (reading, { at, limit, isAnnounced }) => {
  const { text, tokens, word, context } = reading;
  for (const end of endsOf(at, limit, isAnnounced)) {
    const shown = slice(text, tokens, at, end);
    const candidates = officersNamed(shown, context);
    const [only] = candidates;
    if (only === undefined) continue;
    if (candidates.length === 1) return { value: only, end };
    return { misread: { code: 'ambiguous_officer', word: word.name, given: shown, candidates } };
  }
  const candidates = context.officers.map(({ id }) => id);
  const shown = given(reading, at, Math.min(limit, at + LONGEST));
  return { misread: { code: 'unknown_officer', word: word.name, given: shown, candidates } };
};

const choice: Read = (reading, { argument, at, limit }) => {
  const { tokens, word, context } = reading;
  const { kind } = argument;
  const choices = context.choices[kind] ?? [];
  const found = choiceAt(tokens.slice(0, limit), at, kind, choices);
  if (found !== undefined) return { value: found.value, end: at + found.length };
  const shown = given(reading, at, Math.min(limit, at + LONGEST));
  return { misread: { code: 'not_a_choice', word: word.name, given: shown, kind, choices } };
};

const READ: Readonly<Partial<Record<Argument['kind'], Read>>> = { words, time, officer };

/** Where it may end, the longest way first; where the next argument is announced it ends there and nowhere else. */
function endsOf(at: number, limit: number, isAnnounced: boolean): readonly number[] {
  if (isAnnounced) return [limit];
  const most = Math.min(limit, at + LONGEST);
  return Array.from({ length: most - at }, (_, index) => most - index);
}
