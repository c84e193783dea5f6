import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogue, type Language, type Text } from '../../locales/catalogue.ts';
import { languageFor } from '../language.ts';
import type { Viewer } from '../viewer.ts';
import { bareDocument, sendPage } from './document.ts';
import { html } from './html.ts';

/** There is no such thing here, or not for this officer. */
export function sendNotFound({ text, language }: Viewer, reply: FastifyReply): FastifyReply {
  return send(text, language, reply);
}

/** The same for anybody, signed in or not, where no page has this address. */
export function sendNoPage({ headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageFor(headers['accept-language']);
  return send(catalogue(language), language, reply);
}

function send(text: Text, language: Language, reply: FastifyReply): FastifyReply {
  const main = html`<h1>${text('page.not_found')}</h1><p><a href="/">${text('page.to_board')}</a></p>`;
  return sendPage(reply.code(404), bareDocument(language, main));
}
