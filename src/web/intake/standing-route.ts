import type { FastifyRequest } from 'fastify';
import { attachmentsOf } from '../../desk/attach.ts';
import type { Desk } from '../../desk/desk.ts';
import { readMessage } from '../../desk/message-content.ts';
import { catalogue } from '../../locales/catalogue.ts';
import type { RequestRow } from '../../ports/steps.ts';
import type { Message } from '../../request/message.ts';
import type { RequestState } from '../../request/state.ts';
import { languageFor } from '../language.ts';
import { Problem } from '../problem.ts';
import { standingOf } from './answer.ts';
import type { Standing } from './answer-schema.ts';
import { type IntakeParts, sourceIn } from './parts.ts';

/** The request of this reference, for the source that sent it; to others it does not exist. */
export async function ownRequest(
  request: FastifyRequest,
  { desk }: IntakeParts,
  reference: string,
): Promise<RequestRow> {
  const row = await desk.store.byReference(reference);
  const source = sourceIn(request);
  if (row === undefined || row.source !== source.id || row.desk !== source.desk) throw new Problem('not_found');
  return row;
}

export async function tellStanding(request: FastifyRequest, parts: IntakeParts, reference: string): Promise<Standing> {
  const { id, state } = await ownRequest(request, parts, reference);
  const text = catalogue(languageFor(request.headers['accept-language']));
  const [message, attachments] = [await lastMessage(parts.desk, state), await attachmentsOf(parts.desk, id)];
  const files = attachments.map(({ name = null, sha256, size }) => ({ name, sha256, size }));
  return standingOf(state, message, files, text);
}

/** What is missing is told by the newest message of a request. */
async function lastMessage({ store }: Desk, { messages }: RequestState): Promise<Message | undefined> {
  const last = messages.at(-1);
  const stored = last === undefined ? undefined : (await store.contents([last.content])).get(last.content);
  return stored !== undefined && 'bytes' in stored ? readMessage(stored.bytes) : undefined;
}
