import type { FastifyReply, FastifyRequest } from 'fastify';
import { HOUR, SECOND } from '../../../rota/instant.ts';
import { EventStream } from '../event-stream.ts';
import type { PageParts } from '../page-parts.ts';
import { COOKIE } from '../signin/cookie.ts';
import { sessionOf } from '../signin/session.ts';
import type { Viewer } from '../viewer.ts';
import type { Cards } from './cards.ts';
import type { PagerEvent } from './hub.ts';
import { endsText, foldText, pageText, quietText } from './pager-texts.ts';
import { restoreRinging } from './restore.ts';

/** Tells a pager that its connection lives; it must hear something more often than it gives up. */
const TICK = 10 * SECOND;
/** So long before its session ends the pager says so: time enough to get a new link from a colleague. */
const WARNED_BEFORE = HOUR;

/** A pager is there: it is told what rings for its officer, and whatever happens from then on. */
export async function connect(
  parts: PageParts,
  cards: Cards,
  viewer: Viewer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { desk, pagers, timers, house } = parts;
  const { officer } = viewer;
  const pager = desk.chance.id();
  // A store that cannot say now must not keep a pager away.
  await restoreRinging(desk, pagers, officer, house.held.current()?.since).catch(() => undefined);
  await cards.arrange(officer).catch(() => undefined);
  const stream = new EventStream(reply);
  const send = (event: string, data: object) => stream.send({ event, data: JSON.stringify(data) });
  send('hello', { pager });
  const leave = pagers.connect(officer, pager, (event) => send(event.type, wordsFor(viewer, event)));
  stream.onEnd(leave);
  let warned = false;
  const watchSession = async () => {
    const session = await sessionOf(parts, request.cookies[COOKIE]);
    if (session === undefined) {
      send('end', {});
      stream.close();
    } else if (!warned && session.expiresAt - desk.clock.now() <= WARNED_BEFORE) {
      warned = true;
      send('ends', endsText(viewer, session.expiresAt, desk.clock.now()));
    }
  };
  const tick = async () => {
    await watchSession();
    send('tick', {});
  };
  void watchSession()
    .then(() => stream.every(TICK, timers, tick))
    .catch(() => stream.close());
}

function wordsFor(viewer: Viewer, event: PagerEvent): object {
  if (event.type === 'page') return pageText(viewer, event.page);
  return event.type === 'quiet' ? quietText(viewer, event.shortId, event) : foldText(viewer, event.fold);
}
