import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Attached, attach } from '../../desk/attach.ts';
import { catalogue } from '../../locales/catalogue.ts';
import { languageFor } from '../language.ts';
import { Problem, type ProblemCode } from '../problem.ts';
import { faultIn } from './faults.ts';
import { mediaTypeOf, safeFileName } from './file-name.ts';
import { type IntakeParts, sourceIn } from './parts.ts';
import { ownRequest } from './standing-route.ts';

type Address = { readonly reference: string; readonly name: string };

const REFUSALS: Readonly<Record<Exclude<Attached['result'], 'attached' | 'was_there'>, ProblemCode>> = {
  name_taken: 'name_taken',
  too_many: 'too_many_files',
  closed: 'closed',
  unknown_request: 'not_found',
};

/** Adds a file to a request of the source; answers once it is committed, with the SHA-256 of what was kept. */
export async function attachFile(request: FastifyRequest, reply: FastifyReply, parts: IntakeParts, address: Address) {
  const row = await ownRequest(request, parts, address.reference);
  const file = fileIn(request, address.name);
  const attached = await attach(parts.desk, row.id, { kind: 'source', source: sourceIn(request).id }, file);
  if (attached.result !== 'attached' && attached.result !== 'was_there') throw new Problem(REFUSALS[attached.result]);
  if (attached.result === 'attached') parts.nudge();
  reply.code(attached.result === 'attached' ? 201 : 200);
  const { sha256, size } = attached.attachment;
  return { name: file.name, sha256, size };
}

function fileIn({ body, headers }: FastifyRequest, asked: string) {
  const text = catalogue(languageFor(headers['accept-language']));
  const name = safeFileName(asked);
  const bytes = body instanceof Uint8Array && body.length > 0 ? body : undefined;
  const faults = [
    ...(name === undefined ? [faultIn('name', 'form', 'file_name', text)] : []),
    ...(bytes === undefined ? [faultIn('', 'empty_file', 'file', text)] : []),
  ];
  if (name === undefined || bytes === undefined) throw new Problem('invalid', { faults });
  return { name, mediaType: mediaTypeOf(headers['content-type']), bytes };
}
