import { HOUR, MINUTE, SECOND } from '../../rota/instant.ts';
import type { Received } from '../../src/desk/incoming.ts';
import { officersOf } from './desks.ts';
import { type Letter, letter, type Wanted } from './letters.ts';
import type { Officers } from './officers.ts';
import type { Outside } from './outside.ts';

export type SendersParts = {
  readonly outside: Outside;
  readonly officers: Officers;
  readonly newId: () => string;
  /** A sender was told what became of the message. */
  readonly answered: (received: Received) => void;
};

/** Those who ask for help: they send again when nobody answers, send more, send twice. */
export class Senders {
  readonly #parts: SendersParts;
  #references = 0;

  constructor(parts: SendersParts) {
    this.#parts = parts;
  }

  send(wanted: Wanted): void {
    const { random } = this.#parts.outside;
    const follows = wanted.urgency !== 'test' && random.happens(0.25);
    const first = { ...wanted, ...(follows ? { ownReference: `REF ${this.#references++} / 7` } : {}) };
    const sent = this.#letter(first);
    this.#hand(sent);
    if (random.happens(0.12)) this.#later(2 * SECOND, 20 * MINUTE, () => this.#hand(sent));
    if (random.happens(0.03)) this.#later(2 * SECOND, HOUR, () => this.#hand(withOtherBody(sent, this.#letter(first))));
    if (follows) this.#later(30 * SECOND, 6 * HOUR, () => this.#more(first));
  }

  /** An automatic reply is kept, and wakes nobody. */
  sendReply(wanted: Wanted): void {
    const { origin, incoming } = this.#letter(wanted);
    this.#hand({ origin, incoming: { ...incoming, nature: 'auto_reply' } });
  }

  /** The same reference again: what is new to it, and sometimes more urgent than before. */
  #more(first: Wanted): void {
    const { random } = this.#parts.outside;
    this.#hand(this.#letter(random.happens(0.4) ? { ...first, urgency: 'emergency' } : first));
    if (random.happens(0.2)) this.#later(MINUTE, 24 * HOUR, () => this.#more(first));
  }

  #letter(wanted: Wanted): Letter {
    const { random, now } = this.#parts.outside;
    const made = letter(wanted, random, now());
    // A source that sends too fast is asked to come again.
    return random.happens(0.02) ? { ...made, incoming: { ...made.incoming, overRate: true } } : made;
  }

  #hand({ origin, incoming }: Letter): void {
    this.#parts.outside.ask(
      (house) => house.receive(origin, { ...incoming, id: this.#parts.newId() }),
      (received) => {
        this.#parts.answered(received);
        if (received.result === 'over_rate') {
          this.#later(10 * SECOND, MINUTE, () => this.#hand({ origin, incoming: { ...incoming, overRate: false } }));
        }
        if (received.result === 'received') this.#mayBeSeen(received.request.id, origin.desk);
      },
    );
  }

  /** The desk page is open somewhere. */
  #mayBeSeen(request: string, desk: string): void {
    const { random } = this.#parts.outside;
    const by = random.pick(officersOf(desk));
    if (by === undefined || !random.happens(0.08)) return;
    this.#later(5 * SECOND, 30 * MINUTE, () => this.#parts.officers.saw(request, by));
  }

  #later(from: number, to: number, run: () => void): void {
    const { outside } = this.#parts;
    outside.after(outside.random.mostlyShort(from, to), run);
  }
}

/** The same key with another body is a mistake of the sender's. */
function withOtherBody(sent: Letter, other: Letter): Letter {
  const { idempotencyKey } = sent.incoming;
  return { ...other, incoming: { ...other.incoming, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) } };
}
