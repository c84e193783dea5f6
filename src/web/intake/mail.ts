import { createHash } from 'node:crypto';
import type { Instant } from '../../../rota/instant.ts';
import type { Desk } from '../../desk/desk.ts';
import { dropInbox } from '../../desk/drop-inbox.ts';
import type { Incoming, Received } from '../../desk/incoming.ts';
import type { Inbox } from '../../ports/inbox.ts';
import type { MailReader, ReadMail, Unreadable } from '../../ports/mail-reader.ts';
import { StoreUnavailable } from '../../ports/store.ts';
import type { Message } from '../../request/message.ts';
import { mailOrigin, type Source, type Sources } from './source.ts';
import { take } from './take.ts';

export type MailParts = {
  readonly desk: Desk;
  readonly inbox: Inbox;
  readonly reader: MailReader;
  readonly sources: Sources;
  /** A waiting mail that could not be made a request; it waits on and holds up no other. */
  readonly onFault: (error: unknown) => void;
};

export type TakenMail = { readonly received: Received; readonly message: Message; readonly notes: readonly string[] };

/** The note of a mail of which only the original is there. */
const UNREADABLE = 'unreadable_message';
const MAIL = 'message/rfc822';
const BATCH = 1000;

/** Mails are committed before anybody reads them, and become requests afterwards: at once, or after the next start. */
export class MailIntake {
  readonly #parts: MailParts;
  /** What is being read now; nobody else takes it up. */
  readonly #inHand = new Set<string>();

  constructor(parts: MailParts) {
    this.#parts = parts;
  }

  /**
   * Keeps a mail, reads it and makes a request of it. Throws `StoreUnavailable` when it could not be kept, or could not
   * be made a request now: what was kept becomes one later, and the same mail sent again is found to be a repetition.
   */
  async receive(source: Source, bytes: Uint8Array, how: { key?: string; overRate: boolean }): Promise<TakenMail> {
    const { desk, inbox } = this.#parts;
    const id = desk.chance.id();
    const row = { id, source: source.id, receivedAt: desk.clock.now(), media: mediaWith(how.key), bytes };
    this.#inHand.add(id);
    try {
      await inbox.keep(row);
      return await this.#process(row, source, how.overRate);
    } finally {
      this.#inHand.delete(id);
    }
  }

  /**
   * Makes requests of what waits in the inbox: after a crash or a time without a store. To be called at start, before
   * anything new is taken in, and now and then. How many mails were dealt with.
   */
  async processWaiting(): Promise<number> {
    let done = 0;
    for (const row of await this.#parts.inbox.waiting(BATCH)) {
      if (this.#inHand.has(row.id)) continue;
      this.#inHand.add(row.id);
      try {
        done += await this.#processKept(row);
      } catch (error) {
        this.#parts.onFault(error);
      } finally {
        this.#inHand.delete(row.id);
      }
    }
    return done;
  }

  async #processKept(row: Omit<Kept, 'bytes'> & { readonly source: string }): Promise<0 | 1> {
    const bytes = await this.#parts.inbox.bytes(row.id);
    if (bytes === undefined) return 0;
    await this.#process({ ...row, bytes }, this.#sourceOf(row.source), false);
    return 1;
  }

  /** A source that was taken out of the configuration meanwhile had its mail accepted: some desk has to see it. */
  #sourceOf(id: string): Source {
    const { sources, desk } = this.#parts;
    const found = sources().find((source) => source.id === id);
    const [first] = desk.setups.desks();
    if (first === undefined) throw new Error('a configuration has at least one desk');
    return found ?? { id, desk: first.id, name: id, known: false, tests: false, tokenSha256: '' };
  }

  async #process(row: Kept, source: Source, overRate: boolean): Promise<TakenMail> {
    const { desk, reader } = this.#parts;
    const read = await reader.read(row.bytes);
    // The process ends: the mail stays in the inbox and is read after the next start.
    if ('unreadable' in read && read.unreadable === 'closed') throw new StoreUnavailable('closing', false);
    const incoming = incomingOf(row, read, overRate);
    const received = await this.#take(incoming, source);
    if (received.result !== 'received') await dropInbox(desk, source.desk, row.id);
    return { received, message: incoming.message, notes: incoming.notes };
  }

  /** The id of the inbox is that of the request, so that what became one before a crash does not become another. */
  async #take(incoming: Incoming, source: Source): Promise<Received> {
    const { desk } = this.#parts;
    const before = await desk.store.request(incoming.id);
    if (before !== undefined) return { result: 'replayed', request: before.state };
    return take(desk, mailOrigin(source), incoming);
  }
}

type Kept = { readonly id: string; readonly receivedAt: Instant; readonly media: string; readonly bytes: Uint8Array };

function incomingOf({ id, media, bytes }: Kept, read: ReadMail | Unreadable, overRate: boolean): Incoming {
  const key = keyIn(media);
  return {
    id,
    ...('unreadable' in read ? NOTHING_READ : contentOf(read)),
    original: bytes,
    kindChosenBy: 'nobody',
    bodySha256: createHash('sha256').update(bytes).digest('hex'),
    ...(key === undefined ? {} : { idempotencyKey: key }),
    overRate,
    inbox: id,
  };
}

type Content = Pick<Incoming, 'message' | 'attachments' | 'nature' | 'notes'>;

const NOTHING_READ: Content = {
  message: { sender: {}, items: {}, identifiers: [] },
  attachments: [],
  nature: 'request',
  notes: [UNREADABLE],
};

function contentOf({ message, attachments, nature, notes }: ReadMail): Content {
  return { message, attachments, nature, notes: notes.map(({ code }) => code) };
}

/** The sender's key travels with the bytes: a mail that is read after a crash must still be known by it. */
function mediaWith(key: string | undefined): string {
  return key === undefined ? MAIL : `${MAIL}; idempotency-key=${encodeURIComponent(key)}`;
}

function keyIn(media: string): string | undefined {
  const key = /; idempotency-key=([^;]+)$/.exec(media)?.[1];
  return key === undefined ? undefined : decodeURIComponent(key);
}
