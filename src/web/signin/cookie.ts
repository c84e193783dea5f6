import type { FastifyReply } from 'fastify';
import { SECOND } from '../../../rota/instant.ts';
import { SESSION_LASTS } from './session.ts';

export const COOKIE = 'tocsin_session';

/** No script can read it, and no other site's page can make the browser send it. */
const ATTRIBUTES = { path: '/', httpOnly: true, sameSite: 'strict', secure: 'auto' } as const;

export function setCookie(reply: FastifyReply, token: string): void {
  reply.setCookie(COOKIE, token, { ...ATTRIBUTES, maxAge: SESSION_LASTS / SECOND });
}

export function clearCookie(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, ATTRIBUTES);
}
