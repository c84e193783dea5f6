import type { FastifyInstance } from 'fastify';
import { catalogue, type Language } from '../../locales/catalogue.ts';
import { languageFor } from '../language.ts';
import { bareDocument, sendPage } from '../page/document.ts';
import { type Html, html } from '../page/html.ts';
import type { PageParts } from '../page-parts.ts';
import { COOKIE, clearCookie, setCookie } from './cookie.ts';
import { isSameSite } from './own-request.ts';
import { isLetIn, openSession } from './session.ts';
import { signedIn } from './signed-in.ts';
import { refuseForged, refuseLink } from './signed-out.ts';
import { hashOf } from './token.ts';

/**
 * Signing in by a link, and out. Opening the link uses nothing up (mail programs and chats open links to show what they
 * are); the button on its page does.
 */
export function signIn(app: FastifyInstance, parts: PageParts): void {
  app.get('/signin/:token', async (request, reply) => {
    const language = languageFor(request.headers['accept-language']);
    return sendPage(reply, bareDocument(language, enter(language)));
  });

  app.post('/signin/:token', async (request, reply) => {
    const language = languageFor(request.headers['accept-language']);
    if (!isSameSite(request)) return refuseForged(reply, language);
    const { token } = request.params as { token: string };
    const officer = await parts.sessions.useLink(hashOf(token), parts.desk.clock.now());
    if (officer === undefined || !(await isLetIn(parts, officer))) return refuseLink(reply, language);
    setCookie(reply, await openSession(parts, officer));
    return reply.redirect('/', 303);
  });

  app.post(
    '/signout',
    signedIn(parts, async (_viewer, request, reply) => {
      await parts.sessions.end(hashOf(request.cookies[COOKIE] ?? ''), parts.desk.clock.now());
      clearCookie(reply);
      return reply.redirect('/', 303);
    }),
  );
}

function enter(language: Language): Html {
  const text = catalogue(language);
  // Without an action the form goes to the address it was got from: the secret stands nowhere in the page.
  return html`<h1>${text('signin.title')}</h1>
<p>${text('signin.explain')}</p>
<form method="post"><button autofocus>${text('signin.enter')}</button></form>`;
}
