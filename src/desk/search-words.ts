import type { SearchTerm } from '../ports/search.ts';
import { fold, foldToLetters } from '../request/fold.ts';

/** Of what hangs together without a space, so many parts are looked at together. */
const TOGETHER = 8;
/** Longer parts and wholes are cut, when they are kept and when they are looked for. */
const LONGEST_PART = 64;
const LONGEST = 200;
/** A text is read so far; what is longer is a file and no message. */
const MOST_LETTERS = 1_000_000;
/** Of a question so many terms count: no request is found by an essay. */
const MOST_TERMS = 12;

/** Scripts that write no spaces: each character is a part of its own. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
const PART = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, 'gu');
const WRITTEN_PART = new RegExp(
  `[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}\\p{Default_Ignorable_Code_Point}])*`,
  'gu',
);
const ONE_UNSPACED = new RegExp(`^[${UNSPACED}]$`, 'u');

/**
 * The words of a text as the index keeps them: folded; what is written together (a reference, an address, a page) whole and
 * from each of its parts on, so that each of them is a beginning of something. `REF-123/2026` is kept as `ref.123.2026`,
 * `123.2026` and `2026`.
 */
export function wordsOf(text: string): readonly string[] {
  const words = new Set<string>();
  for (const run of runsOf(text)) {
    for (const index of run.keys()) words.add(joined(run.slice(index, index + TOGETHER)));
  }
  return [...words];
}

/**
 * What a question asks for, each of which a request must have: what was written together is looked for together, as the
 * beginning of something; a single letter only as a whole word.
 */
export function termsOf(text: string): readonly SearchTerm[] {
  const terms = new Map<string, SearchTerm>();
  for (const run of runsOf(text)) {
    for (let from = 0; from < run.length; from += TOGETHER) {
      const word = joined(run.slice(from, from + TOGETHER));
      terms.set(word, { word, prefix: [...word].length > 1 || ONE_UNSPACED.test(word) });
    }
  }
  return [...terms.values()].slice(0, MOST_TERMS);
}

/** A name (a reference, a short id) as the index keeps it to be met as a whole, however it is spaced; undefined: no name. */
export function nameWord(name: string): string | undefined {
  const letters = cut(foldToLetters(cut(name, LONGEST)), LONGEST_PART);
  return letters === '' ? undefined : `=${letters}`;
}

/** The parts of folded text, as they were written together. */
function runsOf(text: string): readonly (readonly string[])[] {
  return fold(text.slice(0, MOST_LETTERS))
    .split(/\s+/u)
    .map(partsOf)
    .filter((run) => run.length > 0);
}

function partsOf(run: string): readonly string[] {
  return run.match(PART) ?? [];
}

/** Where the parts stand in a text that is not folded; marks above and below letters belong to them. */
export function partSpans(run: string): readonly { readonly start: number; readonly end: number }[] {
  return [...run.matchAll(WRITTEN_PART)].map(({ 0: part, index }) => ({ start: index, end: index + part.length }));
}

/** Parts with a point between, as far as the index keeps them. */
export function joined(parts: readonly string[]): string {
  return cut(parts.map((part) => cut(part, LONGEST_PART)).join('.'), LONGEST);
}

/** Whole characters only: half of one is none. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
