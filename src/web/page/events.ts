import type { FastifyInstance } from 'fastify';
import { SECOND } from '../../../rota/instant.ts';
import { desksWithOfficer } from '../../desk/setup.ts';
import { EventStream } from '../event-stream.ts';
import type { PageParts } from '../page-parts.ts';
import { COOKIE } from '../signin/cookie.ts';
import { fieldsOf } from '../signin/own-request.ts';
import { sessionOf } from '../signin/session.ts';
import { type Handler, signedIn } from '../signin/signed-in.ts';
import { maySee } from '../viewer.ts';
import { type News, share } from './hub.ts';
import { OpenWindows } from './open-windows.ts';

const HEARTBEAT = 15 * SECOND;

/** What open windows are told, and that they are there. */
export function eventRoutes(app: FastifyInstance, parts: PageParts): void {
  const windows = new OpenWindows();
  app.get('/events', eventsHandler(parts, windows));
  app.post(
    '/events/beat',
    signedIn(parts, async ({ officer }, request, reply) => {
      const isOpen = windows.answer(fieldsOf(request.body)['window'] ?? '', officer);
      return reply.code(isOpen ? 204 : 410).send();
    }),
  );
}

/**
 * `changed` for each request that changes (with `?request=` for that one only), and `house` for what concerns the house, so
 * that the window brings its parts up to date. It begins with both: between the page that it was served, or the loss of its
 * last connection, and this one it may have missed something. A `beat` each 15 s tells a window that it is not looking at
 * old news; with it goes the check that its session still holds. A window hears of the desks that its officer belongs to at
 * that moment, and of the one request that it was opened for if its officer might see it then. It answers each beat: one
 * that does not (a laptop that sleeps) has nobody before it, and is let go at the next.
 */
function eventsHandler(parts: PageParts, windows: OpenWindows): Handler {
  return signedIn(parts, async (viewer, request, reply) => {
    const only = (request.query as { request?: unknown }).request;
    const { setups, store } = parts.desk;
    const desks = () => desksWithOfficer(setups, viewer.officer);
    const row = typeof only === 'string' ? await store.request(only) : undefined;
    const isOwn = row !== undefined && maySee(viewer, row);
    const stream = new EventStream(reply);
    stream.mark('0');
    stream.send({ event: 'changed', data: '' });
    stream.send({ event: 'house', data: '' });
    const isWanted = (news: Exclude<News, { kind: 'house' }>) => {
      if (news.kind === 'pagers' || typeof only !== 'string') return share(news.desks, desks());
      return isOwn && news.kind === 'changed' && news.requestId === only;
    };
    const hear = (news: News) => {
      if (news.kind === 'house') stream.send({ event: 'house', data: '' });
      else if (isWanted(news)) stream.send({ event: 'changed', data: news.kind === 'changed' ? news.requestId : '' });
    };
    // Who has one request before them does not see what is said on the board.
    const stop = parts.hub.listen(hear, typeof only === 'string' ? undefined : desks);
    const window = parts.desk.chance.id();
    windows.open(window, viewer.officer);
    stream.onEnd(() => {
      stop();
      windows.close(window);
    });
    const beat = async () => {
      const session = await sessionOf(parts, request.cookies[COOKIE]);
      if (session === undefined || !windows.ask(window)) stream.close();
      else stream.send({ event: 'beat', data: window });
    };
    // A store that cannot answer: the window says that it is cut off and comes back by itself.
    void stream.every(HEARTBEAT, parts.timers, beat).catch(() => stream.close());
  });
}
