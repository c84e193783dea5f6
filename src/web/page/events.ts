import { SECOND } from '../../../rota/instant.ts';
import { channelsOf } from '../../desk/desk.ts';
import { EventStream } from '../event-stream.ts';
import type { PageParts } from '../page-parts.ts';
import { COOKIE } from '../signin/cookie.ts';
import { sessionOf } from '../signin/session.ts';
import { type Handler, signedIn } from '../signin/signed-in.ts';
import type { News } from './hub.ts';

const HEARTBEAT = 15 * SECOND;

/**
 * `changed` for each request that changes (with `?request=` for that one only), and `house` for what concerns the house, so
 * that the window brings its parts up to date. It begins with both: between the page that it was served, or the loss of its
 * last connection, and this one it may have missed something. A `beat` each 15 s tells a window that it is not looking at
 * old news; with it goes the check that its session still holds.
 */
export function eventsHandler(parts: PageParts): Handler {
  return signedIn(parts, async (viewer, request, reply) => {
    const only = (request.query as { request?: unknown }).request;
    const channels = viewer.desks.flatMap(({ id }) => channelsOf(parts.desk.setups)(id));
    const stream = new EventStream(reply);
    stream.mark('0');
    stream.send({ event: 'changed', data: '' });
    stream.send({ event: 'house', data: '' });
    const isWanted = (news: Extract<News, { channel: string }>) =>
      channels.includes(news.channel) &&
      (typeof only !== 'string' || (news.kind === 'changed' && news.requestId === only));
    const hear = (news: News) => {
      if (news.kind === 'house') stream.send({ event: 'house', data: '' });
      else if (news.kind === 'pagers') stream.send({ event: 'changed', data: '' });
      else if (isWanted(news)) stream.send({ event: 'changed', data: news.kind === 'changed' ? news.requestId : '' });
    };
    // Who has one request before them does not see what is said on the board.
    const stop = parts.hub.listen(hear, typeof only === 'string' ? [] : channels);
    stream.ended.addEventListener('abort', stop, { once: true });
    const beat = async () => {
      const session = await sessionOf(parts, request.cookies[COOKIE]);
      if (session === undefined) stream.close();
      else stream.send({ event: 'beat', data: '' });
    };
    // A store that cannot answer: the window says that it is cut off and comes back by itself.
    void stream.every(HEARTBEAT, parts.timers, beat).catch(() => stream.close());
  });
}
