import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageFor } from '../language.ts';
import type { PageParts } from '../page-parts.ts';
import { type Viewer, viewerOf } from '../viewer.ts';
import { COOKIE } from './cookie.ts';
import { isFromOwnPage } from './own-request.ts';
import { sessionOf } from './session.ts';
import { refuseForged, sendSignedOut } from './signed-out.ts';

export type Work = (viewer: Viewer, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/**
 * Lets `work` answer for an officer with a session, and anything that changes something only for our own pages. Others are
 * told how to get in.
 */
export function signedIn(parts: PageParts, work: Work): Handler {
  return async (request, reply) => {
    const session = await sessionOf(parts, request.cookies[COOKIE]);
    const accepts = request.headers['accept-language'];
    const { setups, clock } = parts.desk;
    const viewer = session && viewerOf(setups, session, accepts, clock.now());
    if (viewer === undefined) return sendSignedOut(request, reply, languageFor(accepts));
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && !isFromOwnPage(request, viewer.csrf)) return refuseForged(reply, viewer.language);
    const unapplied = parts.house.unapplied();
    const warned = unapplied === undefined ? {} : { warned: { unapplied, revision: setups.newest() } };
    return work({ ...viewer, ...warned, ...(await heldFor(parts, viewer)) }, request, reply);
  };
}

async function heldFor({ house }: PageParts, { desks }: Viewer): Promise<Pick<Viewer, 'held'>> {
  const hold = house.held.current();
  if (hold === undefined) return {};
  return { held: { until: hold.until, rows: await house.held.requests(desks.map(({ id }) => id)) } };
}
