import { nearest } from '../config/nearest.ts';
import { FIXED_CHOICES } from './choices.ts';
import { TONGUES, type Tongue } from './leads.ts';
import type { Context, Misread, Parsed } from './parsed.ts';
import { readArguments } from './read-arguments.ts';
import { isPlainlyName, type Name, nameAt } from './request-name.ts';
import { keyOf, keysOf, phraseAt, type Token, tokensOf } from './tokens.ts';
import { WORDS, type Word } from './words.ts';

/** A whole answer fits; what is longer was pasted by mistake. */
const LONGEST = 20_000;

/** The word that a text begins with, as far as it can be read without knowing any request. */
export type Head = {
  readonly word: Word;
  /** The languages in which it is called so. */
  readonly tongues: readonly Tongue[];
  /** What follows the word, when that may name a request. */
  readonly name?: Name;
  readonly tokens: readonly Token[];
  /** The first token after the word. */
  readonly next: number;
};

export type ParseResult =
  | { readonly ok: true; readonly parsed: Parsed }
  | { readonly ok: false; readonly misread: Misread };

/** Never throws, whatever the text. */
export function readHead(text: string): Head | { readonly misread: Misread } {
  if (text.length > LONGEST) return { misread: { code: 'too_long' } };
  const tokens = tokensOf(text);
  const [first] = tokens;
  if (first === undefined) return { misread: { code: 'empty' } };
  const [best] = NAMES.map((entry) => ({ ...entry, length: phraseAt(tokens, 0, [entry.keys]) }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length);
  if (best === undefined) return { misread: unknownWord(text.slice(first.start, first.end)) };
  const { word, length } = best;
  const tongues = TONGUES.filter((tongue) => hasName(word, tongue, best.keys));
  const name = word.about === 'nothing' ? undefined : nameAt(text, tokens[length - 1]?.end ?? text.length);
  return { word, tongues, tokens, next: length, ...(name === undefined ? {} : { name }) };
}

/** Whether what follows the word names a request. Where nothing else can be said, all that is said is the name. */
export function namesRequest({ word, name }: Head, isRequest: (name: string) => boolean): boolean {
  return name !== undefined && (word.args.length === 0 || isPlainlyName(name.name) || isRequest(name.name));
}

/** The word of this name; undefined when there is none. */
export function wordNamed(text: string): Word | undefined {
  const key = keysOf(text).join(' ');
  return NAMES.find(({ keys }) => keys.join(' ') === key)?.word;
}

/**
 * The command that a text says, or why it is none. Never throws, whatever the text. A text without the name of a request is
 * read too where the word does without; which request is meant is not decided here.
 */
export function parse(text: string, context: Context): ParseResult {
  const head = readHead(text);
  if ('misread' in head) return { ok: false, misread: head.misread };
  const { word, name } = head;
  const isNamed = namesRequest(head, context.isRequest);
  if (!isNamed && word.about === 'request') return { ok: false, misread: { code: 'request_missing', word: word.name } };
  const after = isNamed && name !== undefined ? name.end : undefined;
  const from = after === undefined ? head.next : head.tokens.findIndex(({ start }) => start >= after);
  const tokens = from < 0 ? [] : head.tokens.slice(from);
  const choices = { ...FIXED_CHOICES, ...context.choices };
  const read = readArguments({ text, tokens, word, tongues: head.tongues, context: { ...context, choices } });
  if ('misread' in read) return { ok: false, misread: read.misread };
  return { ok: true, parsed: { word, ...(isNamed && name !== undefined ? { name: name.name } : {}), ...read } };
}

export function unknownWord(given: string): Misread {
  const names = NAMES.map(({ keys }) => keys.join(' '));
  const near = nearest(keyOf(given), names);
  const word = near === undefined ? undefined : NAMES[names.indexOf(near)];
  return { code: 'unknown_word', given, ...(word === undefined ? {} : { nearest: word.shown }) };
}

const NAMES = WORDS.flatMap((word) =>
  TONGUES.flatMap((tongue) => word.names[tongue].map((shown) => ({ word, shown, keys: keysOf(shown) }))),
);

function hasName(word: Word, tongue: Tongue, keys: readonly string[]): boolean {
  return word.names[tongue].some((name) => keysOf(name).join(' ') === keys.join(' '));
}
