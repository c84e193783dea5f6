import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { catalogue } from '../locales/catalogue.ts';
import { languageFor } from './language.ts';
import { assetRoutes } from './page/assets.ts';
import { deskPage } from './page/desk-page.ts';
import { bareDocument, sendPage } from './page/document.ts';
import { html } from './page/html.ts';
import type { PageParts } from './page-parts.ts';
import { pagerPage } from './pager/pager.ts';
import { PROBLEMS, Problem } from './problem.ts';
import { refusalOf } from './refusal.ts';
import { signIn } from './signin/signin.ts';

/** Words of officers, nothing larger: attachments do not come this way. */
const LARGEST_FORM = 256 * 1024;

/** Everything that people see in a browser, to be registered beside the interface for senders. */
export function pages(parts: PageParts): readonly ((app: FastifyInstance) => Promise<void>)[] {
  return [
    async (app) => {
      await app.register(cookie);
      await app.register(formbody, { bodyLimit: LARGEST_FORM });
      app.addHook('onRequest', sayOrigin);
      app.setErrorHandler(sendFault);
      assetRoutes(app);
      signIn(app, parts);
      deskPage(app, parts);
      pagerPage(app, parts);
    },
  ];
}

/** Without a referrer of our own the browser would not say that a form comes from us. Other sites still get none. */
async function sayOrigin(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('referrer-policy', 'same-origin');
}

/** A page in place of an answer. A fault of ours is logged once; the person sees its id and nothing else of it. */
async function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { code } = refusalOf(error) ?? new Problem('internal');
  if (code === 'internal' || code === 'unavailable') {
    request.log.error({ id: request.id, route: request.routeOptions.url ?? 'none', err: error }, 'a page failed');
  }
  const language = languageFor(request.headers['accept-language']);
  const text = catalogue(language);
  const what = code === 'internal' || code === 'unavailable' ? code : 'other';
  const main = html`<h1>${text('page.fault')}</h1><p role="alert">${text(`page.fault.${what}`)}</p><p><small>${request.id}</small></p>`;
  return sendPage(reply.code(PROBLEMS[code]), bareDocument(language, main));
}
