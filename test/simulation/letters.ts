import { createHash } from 'node:crypto';
import { HOUR, type Instant, rfc3339 } from '../../rota/instant.ts';
import type { Incoming, Origin } from '../../src/desk/incoming.ts';
import type { Message } from '../../src/request/message.ts';
import type { Urgency } from '../../src/request/urgency.ts';
import { MAIN } from './desks.ts';
import type { Random } from './random.ts';

/** What a sender hands in; each attempt gets an id of its own. */
export type Letter = { readonly origin: Origin; readonly incoming: Omit<Incoming, 'id'> };

export type Wanted = {
  readonly desk: string;
  readonly urgency: Urgency;
  /** Known to the sender; the same one again is more of the same request. */
  readonly ownReference?: string;
  /** What many requests of one moment have in common. */
  readonly subjectOf?: string;
};

const OFFENCE = 'A fictional fraud against a fictional shop.';

/** A real-looking request that the urgency table finds as urgent as `wanted` says. */
export function letter(wanted: Wanted, random: Random, at: Instant): Letter {
  const byMail = wanted.ownReference === undefined && wanted.urgency !== 'test' && random.happens(0.15);
  const message: Message = {
    ...MESSAGES[wanted.urgency](random),
    ...(wanted.ownReference === undefined ? {} : { ownReference: wanted.ownReference }),
    sender: { organisation: 'Police of Exampleland', country: 'XX', email: 'duty@exampleland.example' },
    identifiers: identifiersOf(wanted, random, at),
    text: `${OFFENCE} Number ${random.uint32()}.`,
  };
  // What is routine is only so when somebody known says what it is.
  const unknown = byMail && wanted.urgency !== 'routine';
  const kindChosenBy = message.kind === undefined ? 'nobody' : 'source';
  return {
    origin: unknown ? mailbox(wanted.desk) : source(wanted.desk),
    incoming: {
      message,
      attachments: random.happens(0.1) ? [attachment(random)] : [],
      kindChosenBy,
      nature: 'request',
      notes: [],
      bodySha256: sha256(JSON.stringify(message)),
      ...(random.happens(0.7) ? { idempotencyKey: `key-${random.uint32()}-${random.uint32()}` } : {}),
      overRate: false,
    },
  };
}

const MESSAGES: Readonly<Record<Urgency, (random: Random) => Pick<Message, 'kind' | 'urgency' | 'grounds' | 'items'>>> =
  {
    emergency: (random) =>
      random.happens(0.5)
        ? { kind: 'emergency_disclosure', items: { emergency_facts: 'A fictional danger.' } }
        : { urgency: 'emergency', grounds: ['life'], items: {} },
    urgent: (random) =>
      random.happens(0.6)
        ? { kind: 'preservation', items: { data: 'A fictional log.', necessity: 'It will be deleted.' } }
        : { urgency: 'urgent', grounds: ['custody'], items: {} },
    routine: () => ({ kind: 'other', urgency: 'not_urgent', items: { question: 'A fictional question.' } }),
    test: () => ({ kind: 'other', urgency: 'test', items: {} }),
  };

function identifiersOf({ subjectOf }: Wanted, random: Random, at: Instant): Message['identifiers'] {
  if (subjectOf !== undefined) return [{ type: 'account', value: subjectOf }];
  const time = rfc3339(at - random.between(0, 48) * HOUR);
  return random.happens(0.3) ? [{ type: 'ip', value: `198.51.100.${random.between(1, 250)}`, at: time }] : [];
}

function attachment(random: Random): Incoming['attachments'][number] {
  const bytes = new TextEncoder().encode(`a fictional page ${random.uint32()}`);
  return { name: `page-${random.between(1, 9)}.txt`, mediaType: 'text/plain', bytes };
}

function source(desk: string): Origin {
  const name = desk === MAIN ? 'exampleland' : 'borderland';
  return {
    desk,
    source: name,
    known: true,
    mayTest: true,
    verification: { how: 'token', by: name },
    actor: { kind: 'source', source: name },
  };
}

function mailbox(desk: string): Origin {
  const verification = { how: 'unverified', by: 'mailbox' } as const;
  return { desk, source: `mailbox-${desk}`, known: false, mayTest: false, verification, actor: { kind: 'requester' } };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
