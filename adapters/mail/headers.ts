import type { EmailAddress, Headers } from 'mailparser';
import type { Instant } from '../../rota/instant.ts';
import { DAY } from '../../rota/instant.ts';
import type { Sender } from '../../src/request/message.ts';
import type { Notes } from './notes.ts';
import { oneLine } from './one-line.ts';
import type { SplitMail } from './parts.ts';

/** Longest header value that is looked at; RFC 5322 allows lines of 998 characters. */
const VALUE_MAX = 1000;
/**
 * A date with its zone (RFC 5322 §3.3 and the obsolete zone names that are still sent), comments apart. Checked before
 * `Date.parse`, which reads `yesterday +0100` as a day in the year 100.
 */
const DATE = new RegExp(
  '^(?:[a-z]{3}, ?)?\\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) \\d{2,4} ' +
    '\\d{1,2}:\\d\\d(?::\\d\\d)? (?:[+-]\\d{4}|gmt|utc?|z|[ecmp][sd]t)$',
  'i',
);
const COMMENT = /\([^()]*\)/g;
/** A date further from now is noted: a zone taken the wrong way round is less than a day, a mail queue less than a year. */
const FUTURE_MAX = DAY;
const PAST_MAX = 366 * DAY;

/** The first header of that name as it was sent, unfolded; undefined when there is none. Empty when it says nothing. */
export function rawHeader({ headerLines }: SplitMail, name: string): string | undefined {
  const line = headerLines.find(({ key }) => key === name)?.line;
  return line === undefined ? undefined : oneLine(line.slice(line.indexOf(':') + 1), VALUE_MAX);
}

/** The subject in its real characters, on one line. */
export function subjectOf({ headers }: SplitMail): string {
  return oneLine(textValue(headers, 'subject'));
}

/** `<left@right>`, or undefined when there is none or it is none. */
export function messageIdOf({ headers }: SplitMail, name: 'message-id' | 'in-reply-to'): string | undefined {
  return /<[^<>\s]+>/.exec(oneLine(textValue(headers, name), VALUE_MAX))?.[0];
}

/** ISO 639-1 code of the first language in Content-Language, where it has one. */
export function languageOf(mail: SplitMail): string | undefined {
  return /^([a-z]{2})(?![a-z])/i.exec(rawHeader(mail, 'content-language') ?? '')?.[1]?.toLowerCase();
}

/** Whom the From header claims to be: the display name as the person. Empty when it names nobody. */
export function senderOf(mail: SplitMail, notes: Notes): Sender {
  const senders = flat(addressesOf(mail.headers, 'from'));
  const from = senders.find(({ address }) => address?.includes('@')) ?? senders[0];
  const person = oneLine(from?.name ?? '', 200);
  const email = oneLine(from?.address ?? '', 320);
  const isAddress = /^[^\s@<>]+@[^\s@<>]+$/.test(email);
  notes.addIf(!isAddress, 'sender_missing');
  notes.addIf(senders.length > 1 || mail.headerLines.filter(({ key }) => key === 'from').length > 1, 'several_senders');
  return { ...(person ? { person } : {}), ...(isAddress ? { email } : {}) };
}

/**
 * The moment the Date header names. Undefined and noted when there is none, it is none, or it lacks a zone, which is
 * not guessed; noted when it is implausible. mailparser is not asked: it takes "now" for a date that it cannot read.
 */
export function claimedDateOf(mail: SplitMail, now: Instant, notes: Notes): Instant | undefined {
  const value = (rawHeader(mail, 'date') ?? '').slice(0, 100).replace(COMMENT, '').trim();
  const date = DATE.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) {
    notes.add('date_unreadable');
    return undefined;
  }
  notes.addIf(date > now + FUTURE_MAX || date < now - PAST_MAX, 'date_implausible');
  return date;
}

function textValue(headers: Headers, name: string): string {
  const value = headers.get(name);
  return typeof value === 'string' ? value : '';
}

function addressesOf(headers: Headers, name: string): readonly EmailAddress[] {
  const value = headers.get(name);
  return typeof value === 'object' && 'html' in value ? value.value : [];
}

/** Members of groups (`Desk: a@x.example, b@x.example;`) beside the others. */
function flat(addresses: readonly EmailAddress[]): readonly EmailAddress[] {
  return addresses.flatMap((address) => address.group ?? [address]);
}
