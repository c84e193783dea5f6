import type { Finding } from '../fault.ts';
import { nearest } from '../nearest.ts';
import { type Raw, textOf } from '../raw.ts';
import { isShownKey, shownText } from '../secrecy.ts';

/** What a check needs to know beside the file. */
export type CheckContext = { readonly tokens: Readonly<Record<string, string>> };

/** Looks at the file as a whole, before its shape is known to be right. */
export type Check = (file: Raw, context: CheckContext) => readonly Finding[];

/** A finding for each of `refs` that names nothing in `known`; what is no text has a fault of its own already. */
export function unknown(
  refs: readonly Raw[],
  known: readonly string[],
  noun: string,
  /** Where a name does exist that may not be used here: why not. */
  elsewhere: readonly string[] = [],
): readonly Finding[] {
  const names = [...new Set(known)].filter(isShownKey);
  const expected = names.length === 0 ? `${noun}, of which this file has none` : `one of ${names.join(', ')}`;
  return refs.flatMap((ref) => {
    const name = textOf(ref);
    if (name === undefined || known.includes(name)) return [];
    const wrong = elsewhere.includes(name) ? `is not ${noun} of this desk` : `is not ${noun}`;
    return [
      { path: ref.path, wrong: `${shownText(name, ref.path)} ${wrong}`, expected, nearest: nearest(name, names) },
    ];
  });
}

/** A finding for each name that an earlier one has already. */
export function twice(names: readonly Raw[], noun: string, expected = 'each of them once'): readonly Finding[] {
  const seen = new Set<string>();
  return names.flatMap((raw) => {
    const name = textOf(raw);
    if (name === undefined) return [];
    const again = seen.has(name);
    seen.add(name);
    if (!again) return [];
    const wrong = `${shownText(name, raw.path)} is ${noun} twice`;
    return [{ path: raw.path, wrong, expected }];
  });
}

export function texts(raws: readonly Raw[]): readonly string[] {
  return raws.flatMap((raw) => textOf(raw) ?? []);
}
