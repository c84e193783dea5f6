import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EXAMPLE, messageSchema } from './intake/message-schema.ts';

type Document = Extract<ReturnType<FastifyInstance['swagger']>, object>;
type Content = Readonly<Record<string, { readonly schema: object; readonly example?: unknown }>>;
type Described = { readonly description: string; readonly content: Content };

const message = z.toJSONSchema(messageSchema, { io: 'input', target: 'draft-2020-12' });
const BYTES = { type: 'string', format: 'binary' };
const MAIL = [
  'From: J. Roe <j.roe@unit.example>',
  'Subject: Preservation of traffic data',
  '',
  'Please preserve …',
].join('\r\n');

/**
 * Bodies are read as bytes, with more care than a framework takes, so their descriptions stand here and not at the
 * routes.
 */
const BODIES: Readonly<Record<string, { readonly method: 'post' | 'put'; readonly body: Described }>> = {
  '/api/v1/requests': {
    method: 'post',
    body: {
      description: 'At most 1 MiB of JSON; 25 MiB of a form or a mail',
      content: {
        'application/json': { schema: message, example: EXAMPLE },
        'multipart/form-data': {
          schema: { type: 'object', required: ['request'], properties: { request: message, file: BYTES } },
          example: { request: EXAMPLE, file: 'the bytes of a file' },
        },
        'message/rfc822': { schema: { type: 'string' }, example: MAIL },
      },
    },
  },
  '/api/v1/requests/{reference}/attachments/{name}': {
    method: 'put',
    body: {
      description: 'At most 25 MiB; its Content-Type is kept',
      content: { 'application/octet-stream': { schema: BYTES, example: 'the bytes of a file' } },
    },
  },
};

/** Describes every route that is added to `app` after this, at `/openapi.json`. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tocsin',
        version,
        description: 'Hand in requests for urgent help, and ask how far they have come.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'The token that the desk gave to the source' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => ('openapiObject' in document ? withBodies(document.openapiObject) : {}),
  });
  app.get('/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8');
    return app.swagger();
  });
}

function withBodies(document: Partial<Document>): Partial<Document> {
  const described: Record<string, unknown> = { ...('paths' in document ? document.paths : {}) };
  for (const [path, { method, body }] of Object.entries(BODIES)) {
    const item = described[path] as Record<string, object> | undefined;
    if (item?.[method] === undefined) continue;
    described[path] = { ...item, [method]: { ...item[method], requestBody: { required: true, ...body } } };
  }
  return { ...document, paths: described } as Partial<Document>;
}
