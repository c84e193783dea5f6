import type { FastifyInstance } from 'fastify';
import type { PageParts } from '../page-parts.ts';
import { signedIn } from '../signin/signed-in.ts';
import { maySee, type Viewer } from '../viewer.ts';
import { board, boardData } from './board.ts';
import { type BoardFilter, boardFilter, filterQuery } from './board-filter.ts';
import { commandBox, openShortIds } from './command-box.ts';
import { commandBoxRoutes } from './command-box-routes.ts';
import { fullDocument, sendPage } from './document.ts';
import { downloadRoutes } from './downloads.ts';
import { dutyRoutes } from './duty-routes.ts';
import { eventRoutes } from './events.ts';
import { foot, houseRoutes } from './house.ts';
import { type Html, html } from './html.ts';
import { sendNotFound } from './not-found.ts';
import { requestRoutes } from './requests.ts';
import { searchRoutes } from './search.ts';

/** The channel where no chat is needed: the board, each request, and the events that keep open windows up to date. */
export function deskPage(app: FastifyInstance, parts: PageParts): void {
  const current = async (viewer: Viewer, filter: BoardFilter): Promise<Html> =>
    board(viewer, await boardData(parts, viewer, filter), filter);

  app.get(
    '/',
    signedIn(parts, async (viewer, request, reply) => {
      const filter = boardFilter(request.query);
      const main = html`${commandBox(viewer, { shortIds: await openShortIds(parts.desk, viewer) })}<div id="board-parts" hx-get="/board${filterQuery(filter)}" hx-trigger="changed from:#live throttle:300ms, every 60s" hx-swap="innerMorph">${await current(viewer, filter)}</div>${await foot(viewer, parts.house)}`;
      return sendPage(reply, fullDocument(viewer, { title: 'Tocsin', main, live: '/events' }));
    }),
  );
  app.get(
    '/board',
    signedIn(parts, async (viewer, request, reply) =>
      sendPage(reply, await current(viewer, boardFilter(request.query))),
    ),
  );
  eventRoutes(app, parts);
  app.get(
    '/s/:shortId',
    signedIn(parts, async (viewer, request, reply) => {
      const { shortId } = request.params as { shortId: string };
      const id = await oneRequest(parts, viewer, shortId);
      return id === undefined ? sendNotFound(viewer, reply) : reply.redirect(id);
    }),
  );
  commandBoxRoutes(app, parts);
  dutyRoutes(app, parts);
  requestRoutes(app, parts);
  searchRoutes(app, parts);
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
