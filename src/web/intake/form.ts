import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Incoming } from '../../desk/incoming.ts';
import type { Text } from '../../locales/catalogue.ts';
import { Problem } from '../problem.ts';
import { refusalOf } from '../refusal.ts';
import { faultIn } from './faults.ts';
import { freeName, mediaTypeOf, safeFileName } from './file-name.ts';
import { LARGEST_BODY, LARGEST_JSON } from './limits.ts';

export type Form = {
  /** The part `request`. */
  readonly json: Uint8Array;
  readonly attachments: Incoming['attachments'];
  /** Of all its parts; the boundary, which each sending draws anew, is no part of it. */
  readonly sha256: string;
};

const REQUEST_PART = 'request';
const MOST_PARTS = 51;
const UNNAMED = 'attachment';

type Part = {
  readonly field: string;
  readonly name: string | undefined;
  readonly type: string;
  readonly bytes: Buffer;
};

/** Reads a form: one part `request` in JSON, every other part is an attachment. Throws a `Problem`. */
export async function readForm(request: FastifyRequest, text: Text): Promise<Form> {
  const parts = await partsOf(request).catch((error: unknown) => refuse(error, text));
  const [json, second] = parts.filter(({ field }) => field === REQUEST_PART);
  if (json === undefined || second !== undefined) {
    const wrong = json === undefined ? 'missing' : 'twice';
    throw new Problem('invalid', { faults: [faultIn(REQUEST_PART, wrong, 'request_part', text)] });
  }
  if (json.bytes.length > LARGEST_JSON) throw new Problem('too_large');
  const files = parts.filter((part) => part !== json);
  return { json: json.bytes, attachments: attachmentsOf(files), sha256: digestOf([json, ...files]) };
}

/** All parts as bytes, fields too: what a framework makes of their texts would hide what was wrong with them. */
async function partsOf(request: FastifyRequest): Promise<readonly Part[]> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) throw new Problem('too_large');
  const parts: Part[] = [];
  let size = 0;
  const limits = { parts: MOST_PARTS, fileSize: LARGEST_BODY };
  for await (const part of request.parts({ isPartAFile: () => true, limits })) {
    if (part.type !== 'file') continue;
    const bytes = await part.toBuffer();
    size += bytes.length;
    if (size > LARGEST_BODY) throw new Problem('too_large');
    // A part may have no name at all, whatever the parser's types say.
    const field: string | undefined = part.fieldname;
    parts.push({ field: field ?? '', name: part.filename, type: mediaTypeOf(part.mimetype), bytes });
  }
  return parts;
}

/** What the framework names is refused by its name; the rest of what a parser throws is a form that breaks off. */
function refuse(error: unknown, text: Text): never {
  throw refusalOf(error) ?? new Problem('invalid', { faults: [faultIn('', 'form', 'request_part', text)] });
}

function attachmentsOf(files: readonly Part[]): Incoming['attachments'] {
  const taken = new Set<string>();
  return files.map(({ field, name, type, bytes }) => {
    const free = freeName(safeFileName(name ?? field) ?? UNNAMED, taken);
    taken.add(free.toLowerCase());
    return { name: free, mediaType: type, bytes };
  });
}

function digestOf(parts: readonly Part[]): string {
  const whole = createHash('sha256');
  for (const { name, type, bytes } of parts) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    whole.update(`${JSON.stringify([name ?? '', type, sha256])}\n`);
  }
  return whole.digest('hex');
}
