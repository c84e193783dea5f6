import { sanitise } from '../../src/request/sanitise.ts';

/** Line breaks and all other controls, and the marks that make text read in another order than it is stored. */
export const CONTROLS = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;

/** A header's value as one line of at most `max` characters: nothing in it can begin a header or a line of its own. */
export function oneLine(value: string, max = 500): string {
  const { text } = sanitise(value.slice(0, 4 * max));
  return Array.from(text.replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim()).slice(0, max).join('');
}
