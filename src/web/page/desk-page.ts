import type { FastifyInstance } from 'fastify';
import type { PageParts } from '../page-parts.ts';
import { signedIn } from '../signin/signed-in.ts';
import { maySee, type Viewer } from '../viewer.ts';
import { board, boardData } from './board.ts';
import { fullDocument, sendPage } from './document.ts';
import { downloadRoutes } from './downloads.ts';
import { dutyRoutes } from './duty-routes.ts';
import { eventsHandler } from './events.ts';
import { foot, houseRoutes } from './house.ts';
import { type Html, html } from './html.ts';
import { sendNotFound } from './not-found.ts';
import { requestRoutes } from './requests.ts';

/** The channel where no chat is needed: the board, each request, and the events that keep open windows up to date. */
export function deskPage(app: FastifyInstance, parts: PageParts): void {
  const current = async (viewer: Viewer): Promise<Html> => board(viewer, await boardData(parts, viewer));

  app.get(
    '/',
    signedIn(parts, async (viewer, _request, reply) => {
      const main = html`<div id="board-parts" hx-get="/board" hx-trigger="changed from:#live throttle:300ms, every 60s" hx-swap="innerMorph">${await current(viewer)}</div>${await foot(viewer, parts.house)}`;
      return sendPage(reply, fullDocument(viewer, { title: 'Tocsin', main, live: '/events' }));
    }),
  );
  app.get(
    '/board',
    signedIn(parts, async (viewer, _request, reply) => sendPage(reply, await current(viewer))),
  );
  app.get('/events', eventsHandler(parts));
  app.get(
    '/s/:shortId',
    signedIn(parts, async (viewer, request, reply) => {
      const { shortId } = request.params as { shortId: string };
      const id = await oneRequest(parts, viewer, shortId);
      return id === undefined ? sendNotFound(viewer, reply) : reply.redirect(id);
    }),
  );
  dutyRoutes(app, parts);
  requestRoutes(app, parts);
  houseRoutes(app, parts);
  downloadRoutes(app, parts);
}

/** Where a short id leads: to its request; that of a bundle of several to the board. */
async function oneRequest({ desk }: PageParts, viewer: Viewer, shortId: string): Promise<string | undefined> {
  const found = await desk.store.byShortId(shortId);
  const rows = await Promise.all((found?.requests ?? []).map((id) => desk.store.request(id)));
  const seen = rows.flatMap((row) => (row !== undefined && maySee(viewer, row) ? [row.id] : []));
  if (seen.length === 0) return undefined;
  return seen.length === 1 ? `/requests/${seen[0]}` : '/';
}
