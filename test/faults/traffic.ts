import { createHash } from 'node:crypto';
import type { Random } from '../simulation/random.ts';
import { Officer } from '../support/officer.ts';
import type { Tocsin } from '../support/process.ts';
import { emergency, SOURCE, shortDesk, urgent } from '../support/story-desk.ts';

/** A source may send 60 messages a minute: so many share what the story sends. */
const SOURCES = 20;
const tokenOf = (index: number) => `token-of-the-source-${index % SOURCES}-7d1e9a`;

export function deskUnderFire(): string {
  const sources = Array.from({ length: SOURCES }, (_, index) => {
    const hash = createHash('sha256').update(tokenOf(index)).digest('hex');
    return `\n      - { id: ncb-${index}, name: NCB ${index} of Examplia, token_sha256: ${hash} }`;
  });
  return shortDesk().replace(SOURCE, `sources:${sources.join('')}`);
}

/** What was sent under one key; with a reference once intake has answered that it is kept. */
type Sent = { readonly index: number; readonly key: string; readonly body: string; readonly type: string };
export type Kept = Sent & { readonly reference: string; readonly shortId: string };

/** What an officer was told: it is yours. */
export type Owned = { readonly shortId: string; readonly officer: string; readonly toldAt: number };

/** Requests coming in and acknowledgements going on, all of it recorded as its senders and officers know it. */
export class Traffic {
  readonly kept = new Map<string, Kept>();
  readonly owned = new Map<string, Owned>();
  /** Answers that must not be: neither kept, nor "not now". */
  readonly wrong: string[] = [];
  readonly #random: Random;
  readonly #unanswered = new Map<string, Sent>();
  #made = 0;
  #answers = 0;
  #wanted: { readonly answers: number; readonly reached: () => void } | undefined;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Goes on until the process is killed; a few requests each time, and what was not answered before once more. */
  async run(tocsin: Tocsin, requests: number): Promise<void> {
    // A mail takes longer to read than some of these lives last: it must not always come first.
    const old = [...this.#unanswered.values()].slice(0, requests);
    const queue = [...Array.from({ length: requests }, () => this.#make()), ...old];
    const officers = ['dan', 'ana', 'eva'];
    const working = [
      this.#sendAll(tocsin, queue),
      this.#sendAll(tocsin, queue),
      ...officers.map((officer) => this.#answer(tocsin, officer)),
    ];
    await Promise.all(working.map((work) => work.catch(ifKilled)));
  }

  /** Once senders and officers have had so many more answers: a moment that does not depend on how fast the machine is. */
  more(answers: number): Promise<void> {
    return new Promise((reached) => {
      this.#wanted = { answers: this.#answers + answers, reached };
    });
  }

  #answered(): void {
    this.#answers += 1;
    if (this.#wanted !== undefined && this.#answers >= this.#wanted.answers) this.#wanted.reached();
  }

  #make(): Sent {
    const index = this.#made++;
    const key = `key-${this.#random.seed}-${index}`;
    const name = `fire-${this.#random.seed}-${index}`;
    const sent = this.#random.happens(0.15)
      ? { index, key, type: 'message/rfc822', body: mail(name) }
      : { index, key, type: 'application/json', body: JSON.stringify(this.#random.pick([emergency, urgent])(name)) };
    this.#unanswered.set(key, sent);
    return sent;
  }

  async #sendAll(tocsin: Tocsin, queue: Sent[]): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { status, text } = await tocsin.post(next.body, {
        authorization: `Bearer ${tokenOf(next.index)}`,
        'content-type': next.type,
        'idempotency-key': next.key,
      });
      this.#answered();
      if (status === 201 || status === 200) this.#keep(next, JSON.parse(text) as Kept);
      else if (status !== 503) this.wrong.push(`${next.key}: ${status} ${text}`);
    }
  }

  #keep(sent: Sent, { reference, shortId }: Kept): void {
    this.#unanswered.delete(sent.key);
    const before = this.kept.get(sent.key);
    if (before !== undefined && before.reference !== reference) this.wrong.push(`${sent.key}: two references`);
    this.kept.set(sent.key, { ...sent, reference, shortId });
  }

  /** Acknowledges what is known, by the pager or by the form, while pages arrive; now and then what somebody has already. */
  async #answer(tocsin: Tocsin, id: string): Promise<void> {
    const officer = await Officer.signIn(tocsin, id);
    const pager = await officer.pager();
    try {
      for (;;) {
        const isWanted = ({ shortId }: Kept) => this.#random.happens(this.owned.has(shortId) ? 0.2 : 0.6);
        const some = [...this.kept.values()].slice(-20).filter(isWanted).slice(0, 5);
        for (const { shortId } of some) await this.#acknowledge(officer, id, shortId);
        await officer.reads('/');
      }
    } finally {
      pager.close();
    }
  }

  async #acknowledge(officer: Officer, id: string, shortId: string): Promise<void> {
    const done = this.#random.happens(0.5)
      ? (await officer.presses('ack', shortId)).lines.includes(`You have ${shortId}.`)
      : (await officer.tries(shortId, 'acknowledge')).status === 303;
    this.#answered();
    if (!done) return;
    const before = this.owned.get(shortId);
    if (before !== undefined && before.officer !== id) this.wrong.push(`${shortId} belongs to two officers`);
    this.owned.set(shortId, { shortId, officer: id, toldAt: Date.now() });
  }
}

function mail(name: string): string {
  return `From: duty@ncb.example.org\r\nSubject: Preservation ${name}\r\nMessage-ID: <${name}@ncb.example.org>\r\n\r\nPlease keep the logs of account_${name}.\r\n`;
}

/** A connection that breaks is what a power cut looks like from outside; anything else is a fault. */
function ifKilled(error: unknown): void {
  if (error instanceof TypeError && /fetch failed|terminated|network/i.test(error.message)) return;
  if (error instanceof Error && /ECONNREFUSED|ECONNRESET|EPIPE|socket hang up|no Tocsin answers/.test(error.message))
    return;
  throw error;
}
