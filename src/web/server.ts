import { randomUUID } from 'node:crypto';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { MINUTE, SECOND } from '../../rota/instant.ts';
import { drainOnClose } from './drain.ts';
import { guard, protect } from './guard.ts';
import { type HealthParts, healthRoutes } from './health.ts';
import type { IntakeParts } from './intake/parts.ts';
import { intakeRoutes } from './intake/routes.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { describeRoutes } from './openapi.ts';
import { sendNoPage } from './page/not-found.ts';
import { Problem, sendProblem } from './problem.ts';
import { refusalOf } from './refusal.ts';

export type WebParts = {
  readonly intake: Omit<IntakeParts, 'observe'>;
  readonly health: HealthParts;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Of this release. */
  readonly version: string;
  /** The pages for people. */
  readonly pages: readonly FastifyPluginAsync[];
};

/** How long a closing server waits for what is in flight. */
const GRACE = 4 * SECOND;
/** A body that takes longer than this to arrive is given up. */
const SLOWEST_REQUEST = 2 * MINUTE;
/** Answers with this status and above say no. */
const FAILED = 400;
/** A name that is given in an address, with every character escaped. */
const LONGEST_PARAM = 3000;

/**
 * The HTTP side of Tocsin: the interface for machines, health and metrics, and the pages. To be listened to on the
 * loopback alone. Closing it first lets what is in flight end.
 */
export async function createServer(parts: WebParts): Promise<FastifyInstance> {
  const { log, metrics } = parts;
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    genReqId: () => randomUUID(),
    requestTimeout: SLOWEST_REQUEST,
    routerOptions: { maxParamLength: LONGEST_PARAM },
    frameworkErrors: (_, request, reply) => {
      protect(reply);
      void sendNothing(request, reply);
    },
  });
  logAndCount(app, parts);
  guard(app);
  drainOnClose(app, GRACE);
  app.setErrorHandler<FastifyError>((error, request, reply) => answerError(error, request, reply, parts));
  app.setNotFoundHandler(sendNothing);
  const api: FastifyPluginAsync = async (scope) => {
    scope.setValidatorCompiler(validatorCompiler);
    scope.setSerializerCompiler(serializerCompiler);
    await describeRoutes(scope, parts.version);
    await intakeRoutes(scope, { ...parts.intake, observe: metrics.intake });
    healthRoutes(scope, parts.health, metrics);
  };
  await app.register(api);
  for (const pages of parts.pages) await app.register(pages);
  return app;
}

/** There is nothing at this address: a page for a browser, an answer in JSON for a program. */
function sendNothing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isPerson = request.headers.accept?.includes('text/html') === true;
  return isPerson ? sendNoPage(request, reply) : sendProblem(request, reply, new Problem('not_found'));
}

/**
 * One line and one measurement an answer: method, route, status, time, id; never an address, a header or a body. What
 * succeeded is counted in the metrics, and told at `debug` only: pagers beat every ten seconds, and would drown the rest.
 */
function logAndCount(app: FastifyInstance, { log, metrics }: WebParts): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method, id } = request;
    const status = reply.statusCode;
    metrics.answered(method, route, status, reply.elapsedTime);
    const level = status < FAILED ? 'debug' : 'info';
    log[level]({ id, method, route, status, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
}

/** A fault of ours is logged once, under the id that the answer shows; an expected refusal is no fault. */
function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, { log, metrics }: WebParts) {
  const refusal = refusalOf(error);
  if (refusal?.code === 'unavailable') metrics.storeFault();
  if (refusal === undefined || refusal.code === 'unavailable') {
    const { method, id } = request;
    log.error({ id, method, route: request.routeOptions.url ?? 'none', err: error }, 'could not answer');
  }
  return sendProblem(request, reply, refusal ?? new Problem('internal'));
}
