import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Duration, SECOND } from '../../rota/instant.ts';
import { catalogue } from '../locales/catalogue.ts';
import { languageFor } from './language.ts';

/** Every way in which the interface says no. Each code has a text in the catalogues (`api.<code>`). */
export const PROBLEMS = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  key_reused: 409,
  name_taken: 409,
  closed: 409,
  too_large: 413,
  too_many_files: 413,
  unsupported_media: 415,
  wrong_host: 421,
  over_rate: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** What is wrong with one field of a body, in the language of the reader; never what stands in it. */
export type FieldFault = { readonly field: string; readonly wrong: string; readonly expected: string };

/** An answer that says no. Expected: it is thrown by handlers and never logged as a fault. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly faults: readonly FieldFault[];
  readonly retryAfter: Duration | undefined;

  constructor(code: ProblemCode, more: { faults?: readonly FieldFault[]; retryAfter?: Duration } = {}) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.faults = more.faults ?? [];
    this.retryAfter = more.retryAfter;
  }
}

/** Sends a problem in the reader's language. `id` names the request in our log; it is in every such answer. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const text = catalogue(languageFor(request.headers['accept-language']));
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(problem.retryAfter / SECOND)));
  if (problem.code === 'unauthorized') reply.header('www-authenticate', 'Bearer realm="tocsin"');
  const faults = problem.faults.length === 0 ? {} : { faults: problem.faults };
  const message = text(`api.${problem.code}`);
  return reply
    .code(PROBLEMS[problem.code])
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send({ error: { id: request.id, code: problem.code, message, ...faults } });
}
