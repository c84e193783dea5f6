import type { MailAttachment } from '../../src/ports/mail-reader.ts';
import { sanitise } from '../../src/request/sanitise.ts';
import { isText } from './body.ts';
import type { Notes } from './notes.ts';
import { CONTROLS } from './one-line.ts';
import type { Part } from './parts.ts';

/** Attachments that are kept apart; more are in the original only. */
const ATTACHMENTS_MAX = 100;
const NAME_MAX = 200;
const EXTENSION_MAX = 20;
/** Names for parts that come without one; the type decides what opens them. */
const UNNAMED: Readonly<Record<string, string>> = {
  'application/ms-tnef': 'winmail.dat',
  'application/pdf': 'attachment.pdf',
  'application/pkcs7-mime': 'smime.p7m',
  'application/vnd.ms-tnef': 'winmail.dat',
  'image/jpeg': 'image.jpg',
  'image/png': 'image.png',
  'message/rfc822': 'message.eml',
  'text/calendar': 'invitation.ics',
  'text/html': 'text.html',
  'text/plain': 'text.txt',
};
const PACKED_BY_OUTLOOK = new Set(['application/ms-tnef', 'application/vnd.ms-tnef']);
const ENCRYPTED = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime', 'application/pgp-encrypted']);

/** The parts that are files, by safe names. A text with a file name is both text and file. */
export function attachmentsOf(parts: readonly Part[], notes: Notes): MailAttachment[] {
  const files = parts.filter((part) => part.fileName !== undefined || (!isText(part) && part.bytes.length > 0));
  notes.add('too_many_parts', Math.max(0, files.length - ATTACHMENTS_MAX));
  const taken = new Set<string>();
  return files.slice(0, ATTACHMENTS_MAX).map((part) => {
    const mediaType = /^[\w.+-]+\/[\w.+-]{1,100}$/.test(part.mediaType) ? part.mediaType : 'application/octet-stream';
    const name = unique(safeName(part.fileName ?? '') || (UNNAMED[mediaType] ?? 'attachment'), taken);
    notes.addIf(PACKED_BY_OUTLOOK.has(mediaType) || name.toLowerCase() === 'winmail.dat', 'winmail_dat');
    notes.addIf(ENCRYPTED.has(mediaType), 'encrypted');
    return { name, mediaType, bytes: part.bytes };
  });
}

/**
 * A file name without path, controls, marks that reverse reading, or characters that a file system forbids; at most
 * 200 characters with its extension kept. Empty when nothing is left.
 */
export function safeName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const clean = sanitise(base)
    .text.normalize('NFC')
    .replace(CONTROLS, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+/, '');
  return shortened(trimmedEnd(clean), NAME_MAX);
}

/** Windows drops trailing dots and spaces, so that `a.exe.` would be opened as `a.exe`. */
function trimmedEnd(name: string): string {
  let end = name.length;
  while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end);
}

function shortened(name: string, max: number, suffix = ''): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= EXTENSION_MAX ? name.slice(dot) : '';
  const stem = name.slice(0, name.length - extension.length).slice(0, max - extension.length - suffix.length);
  return `${stem.replace(/[\uD800-\uDBFF]$/, '')}${suffix}${extension}`;
}

/** Letter case ignored, as file systems do. */
function unique(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let n = 2; taken.has(candidate.toLowerCase()); n += 1) candidate = shortened(name, NAME_MAX, ` (${n})`);
  taken.add(candidate.toLowerCase());
  return candidate;
}
