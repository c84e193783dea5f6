import type { FastifyInstance } from 'fastify';
import type { PageParts } from '../page-parts.ts';
import { signedIn } from '../signin/signed-in.ts';
import { mayResume } from './held.ts';
import { sendNotFound } from './not-found.ts';

/** What the button of the hold after a restore does. Pressed again, or when the time is over, it changes nothing. */
export function heldRoutes(app: FastifyInstance, parts: PageParts): void {
  app.post(
    '/resume',
    signedIn(parts, async (viewer, _request, reply) => {
      if (!mayResume(viewer)) return sendNotFound(viewer, reply);
      await parts.house.held.resume({ kind: 'officer', officer: viewer.officer });
      return reply.redirect('/', 303);
    }),
  );
}
