import type { Asked } from '../ports/search.ts';

/**
 * A request has at most so many letters of different words in the index. PostgreSQL takes a megabyte for one row, and
 * whoever has sent more has sent a file.
 */
const MOST_LETTERS = 250_000;

/** The words that there were and the new ones, each once, with a space between. What is too much is left out. */
export function joinWords(before: string | undefined, words: readonly string[]): string {
  const all = new Set([...(before ?? '').split(' '), ...words]);
  all.delete('');
  const kept: string[] = [];
  let letters = 0;
  for (const word of all) {
    letters += word.length + 1;
    if (letters > MOST_LETTERS) break;
    kept.push(word);
  }
  return kept.join(' ');
}

/** What no index holds, and what the databases might take for a sign of theirs. Words of the index have none of it. */
const FOREIGN = /[^\p{L}\p{N}.=]/u;

/** Whether any request can have these words. */
export function canMatch({ terms }: Asked): boolean {
  return terms.every(({ word }) => word !== '' && !FOREIGN.test(word));
}
