import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changeDuty, type DutyRefusal } from '../../desk/change-duty.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import type { PageParts } from '../page-parts.ts';
import { fieldsOf } from '../signin/own-request.ts';
import { signedIn } from '../signin/signed-in.ts';
import type { Viewer } from '../viewer.ts';
import { fullDocument, sendPage } from './document.ts';
import { type DutyAttempt, dutyPage } from './duty-form.ts';
import { saidDuty } from './duty-said.ts';
import { sendNotFound } from './not-found.ts';

/** The page on which the officers of a desk change who is on duty there, and what its form does. */
export function dutyRoutes(app: FastifyInstance, parts: PageParts): void {
  const { desk } = parts;
  const ofDesk = (
    work: (viewer: Viewer, setup: DeskSetup, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  ) =>
    signedIn(parts, async (viewer, request, reply) => {
      const { desk: id } = request.params as { desk: string };
      const setup = viewer.desks.find((one) => one.id === id);
      return setup === undefined ? sendNotFound(viewer, reply) : work(viewer, setup, request, reply);
    });
  const show = async (viewer: Viewer, setup: DeskSetup, reply: FastifyReply, attempt?: DutyAttempt) => {
    const main = dutyPage(viewer, setup, await desk.store.overrides(setup.id), attempt);
    return sendPage(reply, fullDocument(viewer, { title: 'Tocsin', main, live: '/events' }));
  };

  app.get(
    '/desks/:desk/duty',
    ofDesk((viewer, setup, _request, reply) => show(viewer, setup, reply)),
  );
  app.post(
    '/desks/:desk/duty',
    ofDesk(async (viewer, setup, request, reply) => {
      const { csrf: _checked, ...said } = fieldsOf(request.body);
      const read = saidDuty(said, setup.zone);
      if ('faults' in read) return show(viewer, setup, reply.code(422), { said, faults: read.faults });
      const result = await changeDuty(desk, setup.id, read.wanted, viewer.officer);
      if (!result.ok && result.why !== 'refused') return sendNotFound(viewer, reply);
      if (!result.ok) {
        const refusal = refusalText(viewer, result.refusal);
        return show(viewer, setup, reply.code(422), { said, faults: [], refusal });
      }
      parts.nudge();
      return reply.redirect('/', 303);
    }),
  );
}

function refusalText({ text, nameOf }: Viewer, refusal: DutyRefusal): string {
  return text(`duty_refusal.${refusal.code}`, 'officer' in refusal ? { officer: nameOf(refusal.officer) } : {});
}
