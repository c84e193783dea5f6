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
/** Why a mail is not read any more: the process ends. */
const CLOSING = 'closing';

/** Mails are committed before anybody reads them, and become requests afterwards: at once, or after the next start. */
export class MailIntake {
  readonly #parts: MailParts;
  /** What is being read now; nobody else takes it up. */
  readonly #inHand = new Set<string>();
  #run: Promise<void> | undefined;

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
    const row = { id, source: source.id, receivedAt: desk.clock.now(), media: mediaFor(source, how.key), bytes };
    this.#inHand.add(id);
    try {
      await inbox.keep(row);
      return await this.#process(row, source, how.overRate);
    } finally {
      this.#inHand.delete(id);
    }
  }

  /**
   * Begins to make requests of what waits in the inbox, beside everything else: each mail may take seconds to read. To be
   * called at start and now and then; nothing is begun while it is still at it. New mails need not wait for old ones: a mail
   * is never added to an earlier request, and which of two that are the same is read first makes no difference.
   */
  takeUp(): void {
    this.#run ??= this.processWaiting()
      .then(() => undefined, this.#parts.onFault)
      .finally(() => {
        this.#run = undefined;
      });
  }

  /** Resolves when nothing is taken up any more; soon after the reader was closed. */
  async settled(): Promise<void> {
    await this.#run;
  }

  /**
   * Makes requests of what waits in the inbox: after a crash or a time without a store. How many mails were dealt with;
   * once the process ends the rest is left to the next start.
   */
  async processWaiting(): Promise<number> {
    let done = 0;
    for (const row of await this.#parts.inbox.waiting(BATCH)) {
      if (this.#inHand.has(row.id)) continue;
      this.#inHand.add(row.id);
      try {
        done += await this.#processKept(row);
      } catch (error) {
        if (isClosing(error)) return done;
        this.#parts.onFault(error);
      } finally {
        this.#inHand.delete(row.id);
      }
    }
    return done;
  }

  async #processKept(row: Waiting): Promise<0 | 1> {
    const bytes = await this.#parts.inbox.bytes(row.id);
    if (bytes === undefined) return 0;
    await this.#process({ ...row, bytes }, await this.#sourceOf(row), false);
    return 1;
  }

  /**
   * The mail was accepted for a desk, and that desk has to see it, whatever became of its source meanwhile. A release before
   * this one did not keep which desk it was.
   */
  async #sourceOf({ source: id, media }: Waiting): Promise<Source> {
    const { sources, desk } = this.#parts;
    const found = sources().find((source) => source.id === id);
    const meant = deskIn(media) ?? found?.desk ?? (await this.#deskThatKnew(id));
    const setup = desk.setups.desks().find((one) => one.id === meant) ?? desk.setups.desks()[0];
    if (setup === undefined) throw new Error('a configuration has at least one desk');
    return { id, name: id, known: false, tests: false, tokenSha256: '', ...found, desk: setup.id };
  }

  /** The desk that the source belonged to in the newest revision that had it. */
  async #deskThatKnew(source: string): Promise<string | undefined> {
    const { setups, store } = this.#parts.desk;
    for (let revision = setups.newest() - 1; revision > 0; revision--) {
      await setups.load([revision], store);
      const had = setups.desks().find(({ id }) => setups.desk(id, revision)?.sourceNames[source] !== undefined);
      if (had !== undefined) return had.id;
    }
    return undefined;
  }

  async #process(row: Kept, source: Source, overRate: boolean): Promise<TakenMail> {
    const { desk, reader } = this.#parts;
    const read = await reader.read(row.bytes);
    // The process ends: the mail stays in the inbox and is read after the next start.
    if ('unreadable' in read && read.unreadable === 'closed') throw new StoreUnavailable(CLOSING, false);
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

function isClosing(error: unknown): boolean {
  return error instanceof StoreUnavailable && error.code === CLOSING;
}

type Waiting = Omit<Kept, 'bytes'> & { readonly source: string };
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

/**
 * The desk that it is for and the sender's key travel with the bytes: a mail that is read after a crash must still be known
 * by them.
 */
function mediaFor({ desk }: Source, key: string | undefined): string {
  const ofDesk = `${MAIL}; desk=${encodeURIComponent(desk)}`;
  return key === undefined ? ofDesk : `${ofDesk}; idempotency-key=${encodeURIComponent(key)}`;
}

function deskIn(media: string): string | undefined {
  return parameterIn(media, 'desk');
}

function keyIn(media: string): string | undefined {
  return parameterIn(media, 'idempotency-key');
}

function parameterIn(media: string, name: string): string | undefined {
  const [, ...parameters] = media.split('; ');
  const value = parameters.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  return value === undefined ? undefined : decodeURIComponent(value);
}
