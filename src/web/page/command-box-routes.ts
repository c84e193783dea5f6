import type { FastifyInstance } from 'fastify';
import { findIn } from '../../commands/find.ts';
import { run } from '../../commands/run.ts';
import type { PageParts } from '../page-parts.ts';
import { fieldsOf } from '../signin/own-request.ts';
import { signedIn } from '../signin/signed-in.ts';
import { commandBox, openShortIds, replyNote } from './command-box.ts';
import { tell } from './command-box-text.ts';
import { fullDocument, sendPage } from './document.ts';
import { html } from './html.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is typed into the box: done as the officer of the session, and told in the language of the page. */
export function commandBoxRoutes(app: FastifyInstance, parts: PageParts): void {
  const { desk } = parts;
  const commands = { desk, find: findIn(desk) };
  app.post(
    '/commands',
    signedIn(parts, async (viewer, request, reply) => {
      const { text = '', beside = '' } = fieldsOf(request.body);
      const on = UUID.test(beside) ? beside : undefined;
      const { officer } = viewer;
      const done = await run(commands, { text, officer, beside: on, disclosure: 'full' });
      if (done.result === 'done') parts.nudge();
      const told = tell(viewer, done);
      reply.code(told.tone === 'done' ? 200 : 422);
      if (request.headers['hx-request'] !== undefined) return sendPage(reply, replyNote(told));
      const again = told.tone === 'done' ? {} : { text };
      const place = on === undefined ? {} : { beside: on };
      const box = commandBox(viewer, { shortIds: await openShortIds(desk, viewer), told, ...again, ...place });
      const back = on === undefined ? '/' : `/requests/${on}`;
      const main = html`<h1>${viewer.text('command.label')}</h1>${box}<p><a href="${back}">${viewer.text('command.back')}</a></p>`;
      return sendPage(reply, fullDocument(viewer, { title: 'Tocsin', main, live: '/events' }));
    }),
  );
}
