import { textsOf } from '../../src/locales/catalogue.ts';

const GROUPS = new Set([...textsOf('en').keys()].map((key) => key.split('.')[0]));

/** Keys of texts that stand in a page where their text should: nobody wrote it, or it lacks a value. */
export function keysShown(page: string): readonly string[] {
  const words = page.replace(/<[^>]*>/g, ' ');
  const found = words.match(/\b[a-z_]+(?:\.[a-z_]+)+\b/g) ?? [];
  return found.filter((word) => GROUPS.has(word.split('.')[0]));
}
