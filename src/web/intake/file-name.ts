import { sanitise } from '../../request/sanitise.ts';

const LONGEST = 200;
const NO_TYPE = 'application/octet-stream';

/** Path separators, and what no file system, page or terminal should be handed: controls, marks that turn the text round. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The name of a file as it is kept: the last part of a path, safe to show; undefined when nothing is left of it. */
export function safeFileName(name: string): string | undefined {
  const last = sanitise(name).text.split(/[/\\]/).at(-1) ?? '';
  const safe = last.replace(UNSAFE, '').trim().slice(0, LONGEST);
  return safe === '' || /^\.+$/.test(safe) ? undefined : sanitise(safe).text;
}

/** A name that none of `taken` has, letter case ignored: `log.txt`, `log (2).txt`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, end] = dot <= 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${stem} (${count})${end}`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}

/** A media type without its parameters, as it is kept; the one for plain bytes where it has no proper form. */
export function mediaTypeOf(header: string | undefined): string {
  const [type = ''] = (header ?? '').toLowerCase().split(';');
  return /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(type.trim()) ? type.trim() : NO_TYPE;
}
