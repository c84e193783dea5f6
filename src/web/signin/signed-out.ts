import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogue, type Language } from '../../locales/catalogue.ts';
import { bareDocument, sendPage } from '../page/document.ts';
import { type Html, html } from '../page/html.ts';

/**
 * Says how to get in. A visitor who follows a link from elsewhere comes without the cookie, which is only sent from our
 * own pages: this page then asks for the same address once more, as ours.
 */
export function sendSignedOut(request: FastifyRequest, reply: FastifyReply, language: Language): FastifyReply {
  const fromElsewhere = request.method === 'GET' && request.headers['sec-fetch-site'] === 'cross-site';
  if (fromElsewhere) return sendPage(reply.code(200), bareDocument(language, comeAgain(language, request.url), 0));
  // A part of a page must not be replaced by this page: the window as a whole shows it.
  if (request.headers['hx-request'] !== undefined) reply.header('hx-refresh', 'true');
  return sendPage(reply.code(401), bareDocument(language, howToGetIn(language)));
}

export function refuseForged(reply: FastifyReply, language: Language): FastifyReply {
  return sendPage(reply.code(403), bareDocument(language, message(language, 'signin.forged')));
}

/** A link that was used, has expired or never was; whoever holds it may not know which. */
export function refuseLink(reply: FastifyReply, language: Language): FastifyReply {
  return sendPage(
    reply.code(410),
    bareDocument(language, [message(language, 'signin.bad_link'), howToGetIn(language)]),
  );
}

function howToGetIn(language: Language): Html {
  const text = catalogue(language);
  return html`<h1>${text('signin.signed_out')}</h1>
<p>${text('signin.how')}</p>
<p><code>npx tocsin link ${text('signin.officer')}</code></p>`;
}

function comeAgain(language: Language, url: string): Html {
  return html`<p><a href="${url}">${catalogue(language)('signin.continue')}</a></p>`;
}

function message(language: Language, key: string): Html {
  return html`<p role="alert">${catalogue(language)(key)}</p>`;
}
