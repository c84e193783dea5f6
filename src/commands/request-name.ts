import { looksLikeShortId } from '../request/short-id.ts';

/** What a text begins with that names a request, and where it ends; one with blanks stands in quotation marks. */
export type Name = { readonly name: string; readonly end: number };

const QUOTED = /^\s*["“«]\s*([^"”»]{1,200}?)\s*["”»]/;
const PLAIN = /^\s*#?(\S{1,200})/;
const REFERENCE = /^(?:[A-Za-z]{1,10}-)?\d{4}-\d{4,}$/;
const TIME = /^\d{1,2}[hH]\d\d$/;

export function nameAt(text: string, at: number): Name | undefined {
  const rest = text.slice(at);
  const [all, found = ''] = QUOTED.exec(rest) ?? PLAIN.exec(rest) ?? [];
  const name = found.replace(/[,:;]+$/, '');
  return all === undefined || name === '' ? undefined : { name, end: at + all.length };
}

/**
 * Whether a word can only be the name of a request: a reference, or a short id with a digit in it or in capitals, so that a
 * mistyped one is not taken for the text of a note. `they` is a word until a request of that name is found.
 */
export function isPlainlyName(name: string): boolean {
  if (REFERENCE.test(name)) return true;
  if (!looksLikeShortId(name) || TIME.test(name)) return false;
  return /\d/.test(name) || name === name.toUpperCase();
}
