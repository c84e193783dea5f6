import type { FastifyReply } from 'fastify';
import type { Viewer } from '../viewer.ts';
import { bareDocument, sendPage } from './document.ts';
import { html } from './html.ts';

/** There is no such thing here, or not for this officer. */
export function sendNotFound({ text, language }: Viewer, reply: FastifyReply): FastifyReply {
  const main = html`<h1>${text('page.not_found')}</h1><p><a href="/">${text('page.to_board')}</a></p>`;
  return sendPage(reply.code(404), bareDocument(language, main));
}
