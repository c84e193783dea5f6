import type { MailNature } from '../../src/ports/mail-reader.ts';
import { rawHeader } from './headers.ts';
import { AUTO_REPLY_SUBJECTS, NO_PING, PING_SUBJECTS } from './nature-words.ts';
import { parametersOf, type SplitMail } from './parts.ts';

/** What of a mail its nature is told by. */
type Seen = {
  readonly mail: SplitMail;
  readonly subject: string;
  readonly text: string;
  /** Claimed sender address, empty when there is none. */
  readonly from: string;
  readonly attachments: number;
};

/** A ping is short; a request with a ping's subject is not. */
const PING_TEXT_MAX = 3000;
const IP_ADDRESS = /\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}\b/i;
/** Machines that report on mail, in the names that mail servers give them. */
const MAIL_SYSTEM = /^(?:mailer-daemon|mail-daemon|postmaster)@/i;

/** First match wins; none of them is a request. */
const RULES: readonly (readonly [MailNature, (seen: Seen) => boolean])[] = [
  ['bounce', isBounce],
  ['auto_reply', isAutoReply],
  ['ping', isPing],
];

/** What a mail says it is, by its headers first and its words last; `request` when in doubt. */
export function natureOf(seen: Seen): MailNature {
  return RULES.find(([, applies]) => applies(seen))?.[0] ?? 'request';
}

/** A delivery report (RFC 3464), or an old one without that form: no return path, and from a mail system. */
function isBounce({ mail, from }: Seen): boolean {
  return reportType(mail) === 'delivery-status' || (hasNullReturnPath(mail) && MAIL_SYSTEM.test(from));
}

/**
 * Headers that only an answering machine sets are enough. Those that ticket systems set as well on what people wrote
 * (`auto-generated`, `Precedence: bulk`, `X-Auto-Response-Suppress`) need a second sign: the subject that mail programs
 * give to automatic replies, or an answer without a return path (RFC 3834 §3.3). That subject alone needs an answer.
 */
function isAutoReply({ mail, subject }: Seen): boolean {
  const submitted = firstWord(rawHeader(mail, 'auto-submitted'));
  const precedence = firstWord(rawHeader(mail, 'precedence'));
  if (reportType(mail) === 'disposition-notification') return true;
  if (submitted === 'auto-replied' || precedence === 'auto_reply') return true;
  if (['x-autoreply', 'x-autorespond'].some((name) => rawHeader(mail, name))) return true;
  if (submitted === 'no') return false;
  const byMachine =
    submitted !== '' ||
    ['bulk', 'junk'].includes(precedence) ||
    rawHeader(mail, 'x-auto-response-suppress') !== undefined;
  const isTitled = AUTO_REPLY_SUBJECTS.some((prefix) => subject.toLowerCase().startsWith(prefix));
  const isAnswer = rawHeader(mail, 'in-reply-to') !== undefined;
  return (byMachine && (isTitled || (isAnswer && hasNullReturnPath(mail)))) || (isTitled && isAnswer);
}

/** A test names itself in its subject, is short, carries no file, no address to look up and no word of a case. */
function isPing({ subject, text, attachments }: Seen): boolean {
  const title = subject.toLowerCase();
  if (!PING_SUBJECTS.some((words) => title.includes(words))) return false;
  if (attachments > 0 || text.length > PING_TEXT_MAX) return false;
  const all = `${title}\n${text.toLowerCase().replace(/\s+/g, ' ')}`;
  return !IP_ADDRESS.test(all) && !NO_PING.some((words) => all.includes(words));
}

function reportType({ headers }: SplitMail): string {
  const value = headers.get('content-type');
  const isReport = typeof value === 'object' && 'value' in value && value.value === 'multipart/report';
  return isReport ? (parametersOf(headers)['report-type'] ?? '').toLowerCase() : '';
}

function hasNullReturnPath(mail: SplitMail): boolean {
  const path = rawHeader(mail, 'return-path');
  return path !== undefined && /^(?:<\s*>)?$/.test(path);
}

function firstWord(value = ''): string {
  return /^[\w-]*/.exec(value.toLowerCase())?.[0] ?? '';
}
