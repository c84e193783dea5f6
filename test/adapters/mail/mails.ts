import { readdirSync, readFileSync } from 'node:fs';
import { readMail } from '../../../adapters/mail/read-mail.ts';
import { instant } from '../../../rota/instant.ts';
import type { MailNoteCode, ReadMail, Unreadable } from '../../../src/ports/mail-reader.ts';

const SAMPLES = new URL('../../mail/', import.meta.url);

/** When the samples were written, more or less. */
export const NOW = instant('2026-11-20T20:00:00Z');

export const sampleNames: readonly string[] = readdirSync(SAMPLES)
  .filter((name) => name.endsWith('.eml'))
  .sort();

export function sample(number: string): Buffer {
  const name = sampleNames.find((each) => each.startsWith(number));
  if (name === undefined) throw new Error(`no sample ${number} in ${SAMPLES.pathname}`);
  return readFileSync(new URL(name, SAMPLES));
}

/** A message with the usual headers; a header set to undefined is left out. */
export function mail(headers: Readonly<Record<string, string | undefined>>, body: string | Uint8Array = ''): Buffer {
  const all = {
    From: 'CP Westmark <cp247@westmark.example>',
    To: '24-7@desk.example.org',
    Subject: 'Request',
    Date: 'Fri, 20 Nov 2026 19:00:00 +0100',
    'Message-ID': '<1@westmark.example>',
    'MIME-Version': '1.0',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}

/** A multipart body of parts, each with its header lines and its content. */
export function multipart(parts: readonly (readonly [string, string])[], boundary = 'b'): string {
  const all = parts.map(([head, content]) => `--${boundary}\r\n${head}\r\n\r\n${content}\r\n`);
  return `${all.join('')}--${boundary}--\r\n`;
}

export const MIXED = { 'Content-Type': 'multipart/mixed; boundary=b' };

/** Reads in this thread; fails the test when nothing could be read. */
export async function read(bytes: Uint8Array): Promise<ReadMail> {
  return readable(await readMail(bytes, NOW));
}

export function readable(outcome: ReadMail | Unreadable): ReadMail {
  if ('unreadable' in outcome) throw new Error(`expected a readable mail, got ${outcome.unreadable}`);
  return outcome;
}

export function codes({ notes }: ReadMail): readonly MailNoteCode[] {
  return notes.map(({ code }) => code).sort();
}
