import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** Nothing inline, nothing from elsewhere, in no frame; whatever may hold a case is kept by nobody on the way. */
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/**
 * What holds for every answer: the headers above (a route of plain files may set its own `cache-control`), and that only
 * this machine is spoken to by its own name. A page of a foreign site whose name was made to point here (DNS rebinding)
 * comes with that name in Host and is turned away.
 */
export function guard(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    protect(reply);
    if (!isOwnHost(request)) throw new Problem('wrong_host');
  });
}

export function protect(reply: FastifyReply): void {
  reply.headers(HEADERS);
}

const OWN_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const HTTP_PORT = 80;

function isOwnHost({ headers, socket }: FastifyRequest): boolean {
  const [, name = '', port = String(HTTP_PORT)] = /^(.+?)(?::(\d{1,5}))?$/.exec(headers.host ?? '') ?? [];
  // Without a real socket (a test that injects) there is no port of ours but that of http.
  return OWN_NAMES.has(name.toLowerCase()) && Number(port) === (socket.localPort ?? HTTP_PORT);
}
