import { fold } from '../request/fold.ts';

/** A piece of what was typed, with the place where it stands; `key` is how it is compared. */
export type Token = { readonly key: string; readonly start: number; readonly end: number };

/** An elision is a word of its own: `jusqu'à` is two, `qu'ils` is two. */
const PIECE = /[^\s'’]+['’]?|['’]/g;
const TRAILING = /[,;:.!]+$/;

export function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(PIECE)].map(({ 0: piece, index }) => ({
    key: keyOf(piece),
    start: index,
    end: index + piece.length,
  }));
}

/** Case, accents, kinds of apostrophes and punctuation at the end do not count. */
export function keyOf(text: string): string {
  return fold(text).replaceAll('’', "'").replace(TRAILING, '').trim();
}

/** The keys of a phrase of ours, as they stand in what was typed. */
export function keysOf(phrase: string): readonly string[] {
  return tokensOf(phrase).map(({ key }) => key);
}

/** How many tokens from `at` on are one of the phrases, the longest; 0 when none is. */
export function phraseAt(tokens: readonly Token[], at: number, phrases: readonly (readonly string[])[]): number {
  const lengths = phrases
    .filter((keys) => keys.length > 0 && keys.every((key, index) => tokens[at + index]?.key === key))
    .map(({ length }) => length);
  return Math.max(0, ...lengths);
}
