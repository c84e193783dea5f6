import { randomBytes } from 'node:crypto';
import { MINUTE } from '../../rota/instant.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { writeMessage } from '../../src/desk/message-content.ts';
import { requestStream } from '../../src/journal/stream.ts';
import type { Change } from '../../src/ports/steps.ts';
import type { Message } from '../../src/request/message.ts';
import { changeOf, entry, request } from '../contracts/store/rows.ts';
import { DESK } from './bench-desk.ts';

/** The last ones nobody has yet; the others are closed. */
export const OPEN = 200;
const REQUESTS_A_STEP = 200;
const WORDS = 150;
const VOCABULARY = 20_000;
const COUNTRIES = ['RO', 'FR', 'DE', 'PT', 'GE', 'MD', 'TR', 'UA', 'GH', 'CL'];

/** Years of closed requests in a store, each with a message of some length that says something of its own, and a note. */
export async function fillArchive({ store, chance }: Desk, count: number): Promise<void> {
  for (let from = 0; from < count; from += REQUESTS_A_STEP) {
    const size = Math.min(REQUESTS_A_STEP, count - from);
    const changes = Array.from({ length: size }, (_, i) => archived(chance, from + i, count));
    await store.step(`register/${DESK}`, async (step) => {
      for (const change of changes) await step.save(change);
    });
  }
}

function archived(chance: Desk['chance'], index: number, count: number): Change {
  const isOpen = index >= count - OPEN;
  const receivedAt = Date.now() - (count - index) * 5 * MINUTE;
  const id = chance.id();
  const plain = request({
    id,
    desk: DESK,
    receivedAt,
    urgency: index % 10 === 0 ? 'emergency' : 'urgent',
    status: isOpen ? 'open' : 'closed',
    wantsPages: false,
    ...(index % 3 === 0 ? { owner: 'ana' } : {}),
  });
  const names = {
    reference: `T-2026-${String(index).padStart(6, '0')}`,
    shortId: index.toString(36).toUpperCase().padStart(5, '0'),
  };
  const kind = index % 2 === 0 ? 'preservation' : 'other';
  const message = piece(chance, writeMessage(archivedMessage(index)));
  const note = piece(chance, `The provider ${wordOf(index % VOCABULARY)} was called about it`);
  const received = entry('request.received/1', { message: message.ref });
  const written = entry('note.written/1', { text: note.ref });
  return {
    ...changeOf({ ...plain, ...names, state: { ...plain.state, ...names, kind } }),
    stream: requestStream(id),
    at: receivedAt,
    entries: [received, written],
    contents: [message.content, note.content],
  };
}

function piece(chance: Desk['chance'], text: string) {
  const id = chance.id();
  const content = { id, salt: randomBytes(32), bytes: new TextEncoder().encode(text) };
  return { content, ref: { content: id, sha256: '0'.repeat(64) } };
}

/** Said by all: the words that stand in every request. Said by one: a reference, an account, an address, a name. */
export function archivedMessage(index: number): Message {
  const words = Array.from({ length: WORDS }, (_, i) => wordOf(drawn(index * WORDS + i)));
  return {
    ownReference: `REF-${index}/2026`,
    sender: {
      organisation: '24/7 Contact Point of Exampleland',
      person: `Insp. ${wordOf(index % VOCABULARY)} Sample`,
      country: COUNTRIES[index % COUNTRIES.length] ?? 'XX',
      email: 'duty@ncb.example.org',
    },
    subject: 'Preservation of traffic data',
    text: words.join(' '),
    items: { data: 'Subscriber and traffic data of the address below' },
    identifiers: [
      { type: 'account', value: `account.${index}@example.org` },
      { type: 'ip', value: `203.0.${Math.floor(index / 250) % 250}.${index % 250}` },
    ],
  };
}

/** As words are in a language: few are frequent, most are rare. Always the same for the same number. */
function drawn(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x119de1f3);
  const part = ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  return Math.floor(VOCABULARY * part ** 3);
}

const SYLLABLES = [
  'ba',
  'ke',
  'li',
  'mo',
  'nu',
  'pra',
  'ste',
  'vi',
  'cro',
  'du',
  'fa',
  'ge',
  'hi',
  'jo',
  'ru',
  'sa',
  'te',
  'wi',
  'xo',
  'zu',
];

/** A word that can be said, three or four syllables long. */
export function wordOf(number: number): string {
  const at = (digit: number) => SYLLABLES[Math.floor(number / 20 ** digit) % 20] ?? '';
  return `${at(0)}${at(1)}${at(2)}${number % 3 === 0 ? at(0) : ''}${number >= 8000 ? 'n' : ''}`;
}
