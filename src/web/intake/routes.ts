import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { attachmentSchema, problemSchemas, receiptSchema, standingSchema } from './answer-schema.ts';
import { attachFile } from './attach-route.ts';
import { takeFiles, takeRequests } from './parsers.ts';
import { authenticate, type IntakeParts } from './parts.ts';
import { receiveRequest } from './receive-route.ts';
import { tellStanding } from './standing-route.ts';

const SECURITY = [{ token: [] }];
const reference = z
  .string()
  .max(60)
  .meta({ examples: ['T-2026-0042'] });
const language = z.object({ 'accept-language': z.string().optional().describe('English or French') });
const sending = language.extend({
  'idempotency-key': z
    .string()
    .optional()
    .describe('1 to 200 visible ASCII characters. Sent again with it, a request is never taken twice.'),
});

/** What sources may do: hand in requests, add files to them, ask how far they have come. */
export async function intakeRoutes(app: FastifyInstance, parts: IntakeParts): Promise<void> {
  const requests: FastifyPluginAsync = async (scope) => {
    await takeRequests(scope);
    addReceive(scope, parts);
  };
  const files: FastifyPluginAsync = async (scope) => {
    takeFiles(scope);
    addAttach(scope, parts);
  };
  const ofSources: FastifyPluginAsync = async (scope) => {
    authenticate(scope, parts.sources);
    await scope.register(requests);
    await scope.register(files);
    addStanding(scope, parts);
  };
  await app.register(ofSources);
}

function addReceive(app: FastifyInstance, parts: IntakeParts): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/requests',
    {
      schema: {
        operationId: 'sendRequest',
        summary: 'Send a request',
        description:
          'Answers once the request is committed. With the same Idempotency-Key, or within ten minutes the same body, ' +
          'it is taken once. A body with your own reference of a request that is open is added to that one.',
        security: SECURITY,
        headers: sending,
        response: {
          200: receiptSchema.describe(
            'It was there already (header idempotent-replay), or was added to an open request',
          ),
          201: receiptSchema,
          ...problemSchemas(
            'invalid',
            'unauthorized',
            'key_reused',
            'too_large',
            'too_many_files',
            'unsupported_media',
            'wrong_host',
            'over_rate',
            'internal',
            'unavailable',
          ),
        },
      },
    },
    (request, reply) => receiveRequest(request, reply, parts),
  );
}

function addAttach(app: FastifyInstance, parts: IntakeParts): void {
  app.withTypeProvider<ZodTypeProvider>().put(
    '/api/v1/requests/:reference/attachments/:name',
    {
      schema: {
        operationId: 'attachFile',
        summary: 'Add a file to a request of yours',
        description: 'Answers once it is committed. The same bytes under the same name are kept once.',
        security: SECURITY,
        params: z.object({
          reference,
          name: z
            .string()
            .max(1000)
            .meta({ examples: ['log.txt'] }),
        }),
        headers: language,
        response: {
          200: attachmentSchema.describe('It was there already'),
          201: attachmentSchema,
          ...problemSchemas(
            'invalid',
            'unauthorized',
            'not_found',
            'name_taken',
            'closed',
            'too_large',
            'too_many_files',
            'wrong_host',
            'internal',
            'unavailable',
          ),
        },
      },
    },
    (request, reply) => attachFile(request, reply, parts, request.params),
  );
}

function addStanding(app: FastifyInstance, parts: IntakeParts): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/requests/:reference',
    {
      schema: {
        operationId: 'readRequest',
        summary: 'How far a request of yours has come',
        security: SECURITY,
        params: z.object({ reference }),
        headers: language,
        response: {
          200: standingSchema,
          ...problemSchemas('invalid', 'unauthorized', 'not_found', 'wrong_host', 'internal', 'unavailable'),
        },
      },
    },
    (request) => tellStanding(request, parts, request.params.reference),
  );
}
