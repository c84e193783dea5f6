import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Incoming, Received } from '../../desk/incoming.ts';
import { catalogue, type Text } from '../../locales/catalogue.ts';
import type { Message } from '../../request/message.ts';
import { languageFor } from '../language.ts';
import { Problem } from '../problem.ts';
import { receiptOf } from './answer.ts';
import type { Receipt } from './answer-schema.ts';
import { faultIn } from './faults.ts';
import { readForm } from './form.ts';
import { readMessage } from './json-body.ts';
import { type IntakeParts, mustStillBeKnown, sourceIn } from './parts.ts';
import { type Source, tokenOrigin } from './source.ts';
import { take } from './take.ts';

/** A message on its way in: who sends it, under which key, and in which language the answer is. */
type Sending = {
  readonly source: Source;
  readonly key: string | undefined;
  readonly text: Text;
};

/** What became of it, and what its sender is told beside. */
type Taken = { readonly received: Received; readonly message: Message; readonly notes: readonly string[] };

type Read = (request: FastifyRequest, sending: Sending, parts: IntakeParts) => Promise<Taken>;

/** How each media type is read. Its parser has let no other through. */
const READERS: Readonly<Record<string, Read>> = {
  'application/json': async (request, sending, parts) => {
    const bytes = request.body as Buffer;
    return takeWritten(parts, sending, { json: bytes, attachments: [], sha256: sha256Of(bytes) });
  },
  'multipart/form-data': async (request, sending, parts) => {
    const form = await readForm(request, sending.text);
    mustStillBeKnown(request, parts.sources);
    return takeWritten(parts, sending, form);
  },
  'message/rfc822': async (request, { source, key }, parts) => {
    const overRate = isOverRate(parts, source);
    const how = { ...(key === undefined ? {} : { key }), overRate };
    return parts.mail.receive(source, request.body as Buffer, how);
  },
};

/**
 * Takes a request in and answers once it is committed: 201 for a new one, 200 for a repetition and for more of an open
 * one. Whether the source is too fast is decided by the rules, after they know whether it is an emergency.
 */
export async function receiveRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: IntakeParts,
): Promise<Receipt> {
  const text = catalogue(languageFor(request.headers['accept-language']));
  const source = sourceIn(request);
  const read = READERS[mediaOf(request)];
  if (read === undefined) throw new Problem('unsupported_media');
  const sending = { source, key: keyOf(request, text), text };
  const { received, message, notes } = await read(request, sending, parts);
  parts.observe.received(received.result, source.id, 'request' in received ? received.request.urgency : 'none');
  if (received.result === 'key_reused') throw new Problem('key_reused');
  if (received.result === 'over_rate') throw overRate(parts, source);
  parts.nudge();
  const receipt = receiptOf(received.request, message, notes, received.result === 'appended', text);
  if (received.result === 'replayed') reply.header('idempotent-replay', 'true');
  reply.code(received.result === 'received' ? 201 : 200).header('location', receipt.links.self);
  return receipt;
}

type WrittenBody = Pick<Incoming, 'attachments'> & { readonly json: Uint8Array; readonly sha256: string };

async function takeWritten(parts: IntakeParts, { source, key, text }: Sending, body: WrittenBody): Promise<Taken> {
  const { message, notes } = readMessage(body.json, text);
  const incoming: Incoming = {
    id: parts.desk.chance.id(),
    message,
    attachments: body.attachments,
    kindChosenBy: message.kind === undefined ? 'nobody' : 'source',
    nature: 'request',
    notes,
    bodySha256: body.sha256,
    ...(key === undefined ? {} : { idempotencyKey: key }),
    overRate: isOverRate(parts, source),
  };
  return { received: await take(parts.desk, tokenOrigin(source), incoming), message, notes };
}

function isOverRate({ rate, desk }: IntakeParts, { id }: Source): boolean {
  return !rate.take(id, desk.clock.now());
}

function overRate({ rate, desk }: IntakeParts, { id }: Source): Problem {
  return new Problem('over_rate', { retryAfter: Math.max(1, rate.wait(id, desk.clock.now())) });
}

function mediaOf({ headers }: FastifyRequest): string {
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  return type.trim();
}

function keyOf({ headers }: FastifyRequest, text: Text): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  const faults = [faultIn('Idempotency-Key', 'form', 'idempotency_key', text)];
  throw new Problem('invalid', { faults });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
