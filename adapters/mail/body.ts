import { decode } from './charset.ts';
import { unflow } from './flowed.ts';
import { htmlToText } from './html.ts';
import type { Notes } from './notes.ts';
import type { Part } from './parts.ts';

/** Characters (UTF-16 units) of text that are kept; the rest is in the original. */
export const TEXT_MAX = 200_000;
/** No character set that we read takes more than four bytes for a character. */
const PLAIN_BYTES_MAX = 4 * TEXT_MAX;
const TEXT_TYPES = new Set(['text/plain', 'text/html', 'message/delivery-status']);

/** Whether a part is meant to be read in place, not opened as a file. */
export function isText(part: Part): boolean {
  return TEXT_TYPES.has(part.mediaType) && part.disposition !== 'attachment';
}

/**
 * The readable text of a message's parts: plain parts in their order, then what HTML parts say beyond them. The two
 * are compared by their words and not by `multipart/alternative`, because a plain part may be a stub ("your program
 * cannot show this message") and a mail may hide its substance in the version that the reader does not show.
 */
export function textOf(parts: readonly Part[], notes: Notes): string {
  const texts = parts.filter(isText);
  const plain = joined(
    texts.filter(({ mediaType }) => mediaType !== 'text/html').map((part) => plainText(part, notes)),
  );
  const html = joined(texts.filter(({ mediaType }) => mediaType === 'text/html').map((part) => fromHtml(part, notes)));
  if (plain === '' || html === '') {
    notes.addIf(html !== '', 'html_only');
    return plain + html;
  }
  const added = linesWithNewWords(html, plain);
  notes.addIf(added !== '', 'html_added');
  return joined([plain, added]);
}

/** Texts below one another, empty ones left out. */
export function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

/** The first `TEXT_MAX` characters of a text, noted when there were more. Never half a surrogate pair. */
export function cut(text: string, notes: Notes): string {
  if (text.length <= TEXT_MAX) return text;
  notes.add('text_cut');
  const last = text.charCodeAt(TEXT_MAX - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? TEXT_MAX - 1 : TEXT_MAX);
}

function plainText(part: Part, notes: Notes): string {
  notes.addIf(part.bytes.length > PLAIN_BYTES_MAX, 'text_cut');
  const text = decoded({ ...part, bytes: part.bytes.subarray(0, PLAIN_BYTES_MAX) }, notes);
  const { format = '', delsp = '' } = part.parameters;
  const flowed = format.toLowerCase() === 'flowed' ? unflow(text, delsp.toLowerCase() === 'yes') : text;
  return cut(flowed, notes).trim();
}

function fromHtml(part: Part, notes: Notes): string {
  const { text, cut: tooLong, simplified } = htmlToText(decoded(part, notes));
  notes.addIf(tooLong, 'text_cut');
  notes.addIf(simplified, 'html_simplified');
  return cut(text, notes);
}

function decoded(part: Part, notes: Notes): string {
  const { text, guessed } = decode(part.bytes, part.parameters['charset']);
  notes.addIf(guessed, 'charset_unknown');
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

function linesWithNewWords(text: string, known: string): string {
  const words = new Set(wordsOf(known));
  return text
    .split('\n')
    .filter((line) => wordsOf(line).some((word) => !words.has(word)))
    .join('\n');
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
