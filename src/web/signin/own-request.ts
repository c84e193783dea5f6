import type { FastifyRequest } from 'fastify';
import { isSame } from './token.ts';

/**
 * Whether a change was asked for by one of our own pages: the browser says that it comes from nowhere else (where it says
 * anything), and it carries the session's own token in the form or, for scripts, in the header.
 */
export function isFromOwnPage(request: FastifyRequest, csrf: string): boolean {
  const { headers, body } = request;
  const given = headers['x-csrf-token'] ?? fieldsOf(body)['csrf'];
  return isSameSite(request) && typeof given === 'string' && isSame(given, csrf);
}

/** What the browser itself says of where a request comes from. One too old to say anything is judged by the token alone. */
export function isSameSite({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** The fields of a form; of a field that is there twice, the first. */
export function fieldsOf(body: unknown): Readonly<Record<string, string>> {
  if (typeof body !== 'object' || body === null) return {};
  const fields = Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return Object.fromEntries(fields.filter(([, value]) => typeof value === 'string'));
}
