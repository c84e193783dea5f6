import type { Instant } from '../../rota/instant.ts';
import type { ReadMail, Unreadable } from '../../src/ports/mail-reader.ts';
import { sanitise } from '../../src/request/sanitise.ts';
import { attachmentsOf } from './attachments.ts';
import { cut, joined, textOf } from './body.ts';
import { bodyStart, countReplaced, repairHeader } from './charset.ts';
import { claimedDateOf, languageOf, messageIdOf, rawHeader, senderOf, subjectOf } from './headers.ts';
import { natureOf } from './nature.ts';
import { Notes } from './notes.ts';
import { ownReference } from './own-reference.ts';
import { PARTS_MAX, type Part, parametersOf, type SplitMail, split } from './parts.ts';

/** Messages inside the message whose text is shown; one level, as many as a digest has. */
const EMBEDDED_MAX = 20;

/**
 * Reads a message in the caller's own process; `now` judges its date. Throws on nothing that is known, but its input is
 * hostile: run it where it can be stopped (`worker.ts`). Returns `broken` when not even a header was found.
 */
export async function readMail(original: Uint8Array, now: Instant): Promise<ReadMail | Unreadable> {
  const notes = new Notes();
  const { bytes, guessed } = repairHeader(original);
  notes.addIf(guessed, 'charset_unknown');
  const mail = await split(bytes);
  if (mail.headerLines.length === 0 && mail.parts.length === 0 && !mail.complete) return { unreadable: 'broken' };
  noteLosses(mail, bytes, notes);
  const subject = subjectOf(mail);
  const attachments = attachmentsOf(mail.parts, notes);
  const text = await shownText(mail, bytes, notes);
  const sender = senderOf(mail, notes);
  const seen = { mail, subject, text, from: sender.email ?? '', attachments: attachments.length };
  return {
    message: {
      sender,
      items: {},
      identifiers: [],
      ...optional('subject', subject || undefined),
      ...optional('text', text || undefined),
      ...optional('ownReference', ownReference(subject, text)),
      ...optional('language', languageOf(mail)),
    },
    nature: natureOf(seen),
    attachments,
    ...optional('messageId', messageIdOf(mail, 'message-id')),
    ...optional('inReplyTo', messageIdOf(mail, 'in-reply-to')),
    ...optional('claimedDate', claimedDateOf(mail, now, notes)),
    notes: notes.all(),
  };
}

function noteLosses(mail: SplitMail, bytes: Uint8Array, notes: Notes): void {
  notes.addIf(mail.parts.length >= PARTS_MAX, 'too_many_parts');
  const { boundary } = parametersOf(mail.headers);
  const isClosed =
    boundary === undefined || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(`--${boundary}--`);
  notes.addIf(!mail.complete || !isClosed, 'truncated');
}

/** The text an officer reads: the mail's, then that of the messages inside it, cleaned and cut. */
async function shownText(mail: SplitMail, bytes: Uint8Array, notes: Notes): Promise<string> {
  const parts = mail.parts.length > 0 ? mail.parts : rawBody(bytes, notes);
  const own = textOf(parts, notes);
  const embedded = await embeddedTexts(parts, notes);
  const { text } = sanitise(cut(joined([own, ...embedded]), notes));
  notes.addIf(text.trim() === '', 'body_missing');
  notes.add('replaced_characters', countReplaced(text));
  return text.trim();
}

/** A body that no parser can divide (a boundary that never comes) is shown as it is rather than not at all. */
function rawBody(bytes: Uint8Array, notes: Notes): readonly Part[] {
  const body = bytes.subarray(bodyStart(bytes));
  notes.addIf(body.length > 0, 'structure_broken');
  return [{ mediaType: 'text/plain', disposition: '', parameters: {}, bytes: body }];
}

async function embeddedTexts(parts: readonly Part[], notes: Notes): Promise<readonly string[]> {
  const messages = parts.filter(({ mediaType }) => mediaType === 'message/rfc822');
  notes.add('embedded_message', messages.length);
  notes.addIf(messages.length > EMBEDDED_MAX, 'text_cut');
  const texts: string[] = [];
  for (const { bytes } of messages.slice(0, EMBEDDED_MAX)) {
    const inner = await split(repairHeader(bytes).bytes);
    texts.push(joined([headOf(inner), textOf(inner.parts, notes)]));
  }
  return texts;
}

/** Header names are the same in every language, so the line that announces a message inside needs no translation. */
function headOf(inner: SplitMail): string {
  const { person = '', email = '' } = senderOf(inner, new Notes());
  const head = { From: `${person} <${email}>`.trim(), Date: rawHeader(inner, 'date') ?? '', Subject: subjectOf(inner) };
  return ['----- message/rfc822 -----', ...Object.entries(head).map(([name, value]) => `${name}: ${value}`)].join('\n');
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
