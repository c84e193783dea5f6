import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';

/** Names that promise nothing: mail programs write them, or nothing at all, whatever they send. */
const ASSUMED_UTF8 = new Set(['', 'utf-8', 'utf8', 'us-ascii', 'ascii', 'ansi_x3.4-1968']);
/** The parser refuses a longer header block, so there is nothing to repair. */
const HEAD_MAX = 1024 * 1024;
const FALLBACK = new TextDecoder('windows-1252');

/**
 * Text from bytes. Without a usable character set, or when the text is plainly not in the one that is named, UTF-8 is
 * tried, then windows-1252 (as browsers do): a keyword with a wrong accent is lost to the urgency rules, one read by a
 * guess is not. `guessed` says so. Bytes that fit nothing become U+FFFD.
 */
export function decode(bytes: Uint8Array, charset = ''): { text: string; guessed: boolean } {
  const label = charset.trim().toLowerCase();
  if (ASSUMED_UTF8.has(label)) return utf8OrFallback(bytes, false);
  const decoder = decoderFor(label);
  return decoder ? { text: decoder.decode(bytes), guessed: false } : utf8OrFallback(bytes, true);
}

function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined; // the only way to ask which names it knows
  }
}

/** One damaged character in a text of UTF-8 is damage; more damaged than sound ones mean that it is something else. */
function utf8OrFallback(bytes: Uint8Array, unknown: boolean): { text: string; guessed: boolean } {
  const text = new TextDecoder().decode(bytes);
  if (isUtf8(bytes)) return { text, guessed: unknown };
  const damaged = countReplaced(text);
  const sound = text.replace(/[\p{ASCII}\uFFFD]/gu, '').length;
  return damaged > sound ? { text: FALLBACK.decode(bytes), guessed: true } : { text, guessed: unknown };
}

/** How many characters of a text could not be read. */
export function countReplaced(text: string): number {
  return text.split('\uFFFD').length - 1;
}

/**
 * The message with a header block in UTF-8: eight-bit headers are forbidden without SMTPUTF8, and sent all the same,
 * in whatever the sender's machine speaks. Each line is judged by itself.
 */
export function repairHeader(bytes: Uint8Array): { bytes: Uint8Array; guessed: boolean } {
  const end = bodyStart(bytes);
  const head = bytes.subarray(0, end);
  if (end > HEAD_MAX || isUtf8(head)) return { bytes, guessed: false };
  const lines = Buffer.from(head)
    .toString('latin1')
    .split('\n')
    .map((line) => decode(Buffer.from(line, 'latin1')).text);
  return { bytes: Buffer.concat([Buffer.from(lines.join('\n')), bytes.subarray(end)]), guessed: true };
}

/** Where the body begins: after the first empty line, or at the end when there is none. */
export function bodyStart(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends = ['\n\n', '\n\r\n'].flatMap((mark) => {
    const at = view.indexOf(mark);
    return at < 0 ? [] : [at + mark.length];
  });
  return Math.min(bytes.length, ...ends);
}
