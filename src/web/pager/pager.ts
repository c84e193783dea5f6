import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OfficerId } from '../../../rota/rota.ts';
import { type AnsweredAll, acknowledgeAll, passAll } from '../../desk/acknowledge-all.ts';
import type { Desk } from '../../desk/desk.ts';
import { markSeen } from '../../desk/seen.ts';
import { sendPage } from '../page/document.ts';
import type { PageParts } from '../page-parts.ts';
import { fieldsOf } from '../signin/own-request.ts';
import { signedIn } from '../signin/signed-in.ts';
import { nameIn, type Viewer } from '../viewer.ts';
import { Cards } from './cards.ts';
import { connect } from './connect.ts';
import { outdated } from './outdated.ts';
import { pagerDocument } from './pager-page.ts';
import { answerText, isSettled, quietText } from './pager-texts.ts';
import { isPlain } from './standing.ts';

/** One card is at most so many pages; whoever sends more is no pager. */
const MOST_AT_ONCE = 200;

/**
 * The pager: a page that stays open on a phone. Pages are pushed to it; it confirms each one that it shows, beats every
 * 10 s, and answers by short id.
 */
export function pagerPage(app: FastifyInstance, parts: PageParts): void {
  const { desk, hub, pagers } = parts;
  const cards = new Cards(desk, pagers);
  // Whatever changes may be the answer to something that rings. A store that cannot say now leaves it ringing.
  hub.listen((news) => {
    if (news.kind === 'changed') void cards.changed(news.requestId).catch(() => undefined);
  });
  pagers.arrangeBy((officer, page) => (page === undefined ? cards.arrange(officer) : cards.came(officer, page)));

  app.get(
    '/pager',
    signedIn(parts, async (viewer, _request, reply) => sendPage(reply, pagerDocument(viewer))),
  );
  app.get(
    '/pager/events',
    signedIn(parts, async (viewer, request, reply) => connect(parts, cards, viewer, request, reply)),
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
    '/pager/outdated',
    signedIn(parts, async (viewer, request, reply) => {
      const shortIds = shortIdsIn(request);
      const found = await outdated(desk, pagers, viewer.officer, shortIds, parts.house.held.current()?.since);
      return reply.send({ quiet: found.map(({ shortId, ...settled }) => quietText(viewer, shortId, settled)) });
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

/**
 * Answers for everything that the short id stands for, or several of them that are one card (`K7Q2 M3XA`); what is settled
 * by it stops ringing on all pagers of the officer. `left`: what rings on.
 */
async function answer(
  { desk, pagers, nudge }: PageParts,
  viewer: Viewer,
  by: 'acknowledge' | 'pass',
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const shortIds = shortIdsIn(request);
  const told = pagers.ringing(viewer.officer).filter((page) => !isPlain(page) || page.requests > 1);
  const answers: AnsweredAll[] = [];
  const left: string[] = [];
  for (const shortId of shortIds) {
    const result = await (by === 'acknowledge' ? acknowledgeAll : passAll)(desk, shortId, viewer.officer);
    answers.push(result);
    nudge();
    if (!isSettled(result)) {
      left.push(shortId);
      continue;
    }
    if (told.some((page) => page.shortId === shortId)) await allSeen(desk, result, viewer.officer);
    pagers.quiet(viewer.officer, shortId, { by: by === 'acknowledge' ? [viewer.officer] : [] });
  }
  const nameOf = (officer: string) => nameIn(desk.setups, officer);
  const lines = answerText(viewer, by, shortIds.join(' '), together(answers), nameOf);
  return reply.send({ settled: left.length === 0, ...(left.length === 0 ? {} : { left }), lines });
}

/** What could not be taken, because somebody has it or had an outcome for it, was told: that is answered by knowing it. */
async function allSeen(desk: Desk, answered: AnsweredAll, officer: OfficerId): Promise<void> {
  const told = answered.ok
    ? answered.requests.filter(({ result }) => result === 'has_owner' || result === 'refused')
    : [];
  for (const { requestId } of told) await markSeen(desk, requestId, officer);
}

function shortIdsIn(request: FastifyRequest): readonly string[] {
  const given = (fieldsOf(request.body)['shortId'] ?? '').trim();
  return given.split(/\s+/).slice(0, MOST_AT_ONCE);
}

/** One answer of several: of a request that stands on two pages the first answer is told. */
function together(answers: readonly AnsweredAll[]): AnsweredAll {
  const requests = new Map(
    answers
      .flatMap((one) => (one.ok ? one.requests : []))
      .toReversed()
      .map((one) => [one.requestId, one]),
  );
  const [first] = answers;
  if (requests.size === 0) return { ok: false, why: 'unknown_short_id' };
  const bundle = answers.length > 1 || (first?.ok === true && first.bundle);
  return { ok: true, bundle, requests: [...requests.values()].toReversed() };
}
