import type { Instant } from '../../rota/instant.ts';
import type { Message } from '../request/message.ts';

/**
 * What a mail turned out to be. `request` whenever there is doubt: the other three only say how it was labelled, and
 * its text is there in every case, so that whoever decides can overrule the label (a threat to life in an automatic
 * reply is still a threat to life).
 */
export type MailNature = 'request' | 'ping' | 'bounce' | 'auto_reply';

/** Something about a mail that an officer has to know before trusting what is shown. */
export type MailNoteCode =
  | 'body_missing' // no readable text at all; look at the attachments
  | 'charset_unknown' // its character set is absent, unknown or wrong: it was guessed, letters may be wrong
  | 'date_implausible' // more than a day ahead of us or more than a year old
  | 'date_unreadable' // no date, not one, or one without a time zone
  | 'embedded_message' // it carries whole messages; their text is appended (count: how many)
  | 'encrypted' // S/MIME or OpenPGP: only the addressee's mail program can open it
  | 'html_added' // the HTML version says more than the plain one: those lines are appended
  | 'html_only' // the text was made from HTML
  | 'html_simplified' // the HTML was too deep or too strange for a proper conversion: tags were only removed
  | 'replaced_characters' // unreadable characters are shown as U+FFFD (count: how many)
  | 'sender_missing' // no usable From address
  | 'several_senders' // more than one From: the first one is shown
  | 'structure_broken' // its parts could not be told apart: the raw body is shown as text
  | 'text_cut' // longer than can be shown: the rest is in the original
  | 'too_many_parts' // more parts than are taken apart (count: attachments left out, where known)
  | 'truncated' // it breaks off before its end
  | 'winmail_dat'; // Outlook packed text or files into winmail.dat

export type MailNote = { readonly code: MailNoteCode; readonly count?: number };

/** `name` is safe to show and to use as a file name, and unique within the mail, letter case ignored. */
export type MailAttachment = { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array };

export type ReadMail = {
  /** Its sender is what the From header claims, no more. Kind, urgency, items and identifiers are not read from text. */
  readonly message: Message;
  readonly nature: MailNature;
  readonly attachments: readonly MailAttachment[];
  /** At most one of each code. */
  readonly notes: readonly MailNote[];
  /** With its angle brackets. */
  readonly messageId?: string;
  /** With its angle brackets. */
  readonly inReplyTo?: string;
  /** The Date header, where it names its zone. A claim: see `date_implausible`. */
  readonly claimedDate?: Instant;
};

/**
 * Why nothing could be read. `timeout`, `memory` and `broken` are final: the mail is still a request, of which only
 * the original is there. `closed` says nothing about the mail: read it again after the next start.
 */
export type Unreadable = { readonly unreadable: 'timeout' | 'memory' | 'broken' | 'closed' };

/** Reads an RFC 5322 message. Never rejects, whatever the bytes; the caller keeps them. */
export interface MailReader {
  read(bytes: Uint8Array): Promise<ReadMail | Unreadable>;
  /** Ends the reading under way with `closed`. */
  close(): Promise<void>;
}
