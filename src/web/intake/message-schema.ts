import { z } from 'zod';
import { KINDS } from '../../request/kinds.ts';
import type { ClaimedUrgency, Ground, Identifier, Message } from '../../request/message.ts';

const CLAIMS = ['emergency', 'urgent', 'not_urgent', 'test'] as const satisfies readonly ClaimedUrgency[];
const GROUNDS = [
  'life',
  'public_security',
  'custody',
  'data_loss',
  'locate_suspect',
] as const satisfies readonly Ground[];
const IDENTIFIER_TYPES = [
  'ip',
  'account',
  'email',
  'phone',
  'url',
  'domain',
  'other',
] as const satisfies readonly Identifier['type'][];

const LONGEST_ITEM = 20_000;
const LONGEST_TEXT = 200_000;
const MOST_IDENTIFIERS = 500;

const text = (max: number) => z.string().max(max);
/** A pattern says by a key of the catalogues what it expects. */
const pattern = (form: RegExp, expected: string) => z.string().regex(form, { error: expected });
const country = pattern(/^[A-Z]{2}$/, 'api.expected.country');

const sender = z
  .strictObject({
    organisation: text(300).exactOptional(),
    person: text(300).exactOptional(),
    country: country.describe('ISO 3166-1 alpha-2').exactOptional(),
    email: text(320).exactOptional(),
    phone: text(60).exactOptional(),
  })
  .describe('Who asks. It proves nothing; who vouches for the request is known by the token.');

const identifier = z
  .strictObject({
    type: z.enum(IDENTIFIER_TYPES),
    value: text(2048),
    port: z.int().exactOptional(),
    at: text(100).describe('When it was used, as written. Without an offset the zone is not guessed.').exactOptional(),
    atUtc: text(100).describe('The same moment in UTC, where both are known.').exactOptional(),
  })
  .describe('Something that can be looked up at a provider');

/** Items of all kinds; those of other kinds than the request's own are kept and shown all the same. */
const ITEM_IDS = [...new Set(KINDS.flatMap(({ items }) => items.map(({ id }) => id)))];
const items: z.ZodType<Message['items']> = z
  .strictObject(Object.fromEntries(ITEM_IDS.map((id) => [id, text(LONGEST_ITEM).exactOptional()])))
  .describe('Answers to the items of the kind');

/** A request as its sender writes it, in JSON. Unknown fields are faults, so that nothing is lost by a slip of the pen. */
export const messageSchema = z
  .strictObject({
    ownReference: text(200).describe('Your own reference, exactly as you write it').exactOptional(),
    kind: z.enum(KINDS.map(({ id }) => id)).exactOptional(),
    urgency: z.enum(CLAIMS).describe('What you claim; what it becomes is decided by the urgency table').exactOptional(),
    grounds: z.array(z.enum(GROUNDS)).max(GROUNDS.length).describe('Objective grounds of the urgency').exactOptional(),
    sender: sender.default({}),
    subject: text(1000).exactOptional(),
    text: text(LONGEST_TEXT).exactOptional(),
    items: items.default({}),
    identifiers: z.array(identifier).max(MOST_IDENTIFIERS).default([]),
    preservedUntil: text(100)
      .describe(
        'To extend a preservation: when it ends, a date or RFC 3339. Without an offset the zone is not guessed.',
      )
      .exactOptional(),
    language: pattern(/^[a-z]{2}$/, 'api.expected.language')
      .describe('ISO 639-1')
      .exactOptional(),
  })
  .describe('A request for help') satisfies z.ZodType<Message>;

/** For the description of the interface and its tests. All of it is fictional. */
export const EXAMPLE: Message = {
  ownReference: 'ABC-2026-117',
  kind: 'preservation',
  urgency: 'urgent',
  grounds: ['data_loss'],
  sender: { organisation: 'Cybercrime Unit of Examplia', person: 'J. Roe', country: 'XZ', email: 'j.roe@unit.example' },
  subject: 'Preservation of traffic data',
  text: 'The provider deletes its logs after seven days.',
  items: {
    offence_and_facts: 'Art. 208 Criminal Code of Examplia: fraud by means of a false shop',
    data: 'Subscriber and traffic data of the address below',
    custodian: 'Example Hosting, Example City',
    necessity: 'The logs are deleted on 28 November',
    mla_intended: 'yes',
  },
  identifiers: [{ type: 'ip', value: '198.51.100.7', port: 443, at: '2026-11-21T21:14:05+02:00' }],
  language: 'en',
};

/** True when nobody could tell from it what is asked. */
export function saysNothing({ ownReference, subject, text: body, items: said, identifiers }: Message): boolean {
  return [ownReference, subject, body, ...Object.values(said)].every(isBlank) && identifiers.length === 0;
}

function isBlank(written: string | undefined): boolean {
  return written === undefined || written.trim() === '';
}
