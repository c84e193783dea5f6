import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SECOND } from '../../../rota/instant.ts';
import { acknowledgeAll, passAll } from '../../desk/acknowledge-all.ts';
import { EventStream } from '../event-stream.ts';
import { sendPage } from '../page/document.ts';
import type { PageParts } from '../page-parts.ts';
import { COOKIE } from '../signin/cookie.ts';
import { fieldsOf } from '../signin/own-request.ts';
import { sessionOf } from '../signin/session.ts';
import { signedIn } from '../signin/signed-in.ts';
import { nameIn, type Viewer } from '../viewer.ts';
import { pagerDocument } from './pager-page.ts';
import { answerText, isSettled, pageText, quietText } from './pager-texts.ts';
import { quietAnswered, quietChanged } from './quiet.ts';

/** Tells a pager that its connection lives; it must hear something more often than it gives up. */
const TICK = 10 * SECOND;

/**
 * The pager: a page that stays open on a phone. Pages are pushed to it; it confirms each one that it shows, beats every
 * 10 s, and answers by short id.
 */
export function pagerPage(app: FastifyInstance, parts: PageParts): void {
  const { desk, hub, pagers } = parts;
  // Whatever changes may be the answer to something that rings. A store that cannot say now leaves it ringing.
  hub.listen((news) => {
    if (news.kind === 'changed') void quietChanged(desk, pagers, news.requestId).catch(() => undefined);
  });
  pagers.explainBy((officer, page) => quietAnswered(desk, pagers, officer, [page]));

  app.get(
    '/pager',
    signedIn(parts, async (viewer, _request, reply) => sendPage(reply, pagerDocument(viewer))),
  );
  app.get(
    '/pager/events',
    signedIn(parts, async (viewer, request, reply) => connect(parts, viewer, request, reply)),
  );
  app.post(
    '/pager/beat',
    signedIn(parts, async ({ officer }, request, reply) => {
      const { pager = '', visible, sound } = fieldsOf(request.body);
      const known = pagers.beat(officer, pager, { visible: visible === 'true', sound: sound === 'true' });
      return reply.code(known ? 204 : 410).send();
    }),
  );
  app.post(
    '/pager/confirm',
    signedIn(parts, async ({ officer }, request, reply) => {
      pagers.confirm(officer, fieldsOf(request.body)['id'] ?? '');
      return reply.code(204).send();
    }),
  );
  app.post(
    '/pager/ack',
    signedIn(parts, async (viewer, request, reply) => answer(parts, viewer, 'acknowledge', request, reply)),
  );
  app.post(
    '/pager/pass',
    signedIn(parts, async (viewer, request, reply) => answer(parts, viewer, 'pass', request, reply)),
  );
}

async function connect(parts: PageParts, viewer: Viewer, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { desk, pagers } = parts;
  const { officer } = viewer;
  const pager = desk.chance.id();
  await quietAnswered(desk, pagers, officer);
  const stream = new EventStream(reply);
  const send = (event: string, data: object) => stream.send({ event, data: JSON.stringify(data) });
  send('hello', { pager });
  const leave = pagers.connect(officer, pager, (event) =>
    event.type === 'page'
      ? send('page', pageText(viewer, event.page))
      : send('quiet', quietText(viewer, event.shortId, event.by)),
  );
  stream.ended.addEventListener('abort', leave, { once: true });
  const tick = async () => {
    const session = await sessionOf(parts, request.cookies[COOKIE]);
    if (session === undefined) stream.close();
    else send('tick', {});
  };
  void stream.every(TICK, parts.timers, tick).catch(() => stream.close());
}

/** Answers for everything that the short id stands for; what is settled by it stops ringing on all pagers of the officer. */
async function answer(
  { desk, pagers, nudge }: PageParts,
  viewer: Viewer,
  by: 'acknowledge' | 'pass',
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const shortId = fieldsOf(request.body)['shortId'] ?? '';
  const result = await (by === 'acknowledge' ? acknowledgeAll : passAll)(desk, shortId, viewer.officer);
  nudge();
  const settled = isSettled(result);
  if (settled) pagers.quiet(viewer.officer, shortId, by === 'acknowledge' ? [viewer.officer] : []);
  const nameOf = (officer: string) => nameIn(desk.setups, officer);
  return reply.send({ settled, lines: answerText(viewer, by, shortId, result, nameOf) });
}
