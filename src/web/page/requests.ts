import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ActResult, act } from '../../desk/act.ts';
import { isAction } from '../../desk/actions.ts';
import type { Said } from '../../desk/command-of.ts';
import { refusalText } from '../../locales/refusal-text.ts';
import type { CommandType } from '../../request/command.ts';
import type { PageParts } from '../page-parts.ts';
import { fieldsOf } from '../signin/own-request.ts';
import { signedIn } from '../signin/signed-in.ts';
import { maySee, type Viewer } from '../viewer.ts';
import { type Attempt, actionForm } from './action-form.ts';
import { asksNothing } from './action-list.ts';
import { commandBox } from './command-box.ts';
import { fullDocument, sendPage } from './document.ts';
import { type Html, html, type Piece } from './html.ts';
import { sendNotFound } from './not-found.ts';
import { type RequestData, requestData } from './request-data.ts';
import { doneNote, refusedNote, requestPage, requestParts } from './request-page.ts';

/** The page of a request, its parts for windows that bring them up to date, the forms of its actions, and what they do. */
export function requestRoutes(app: FastifyInstance, parts: PageParts): void {
  const withRequest = (
    work: (viewer: Viewer, data: RequestData, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  ) =>
    signedIn(parts, async (viewer, request, reply) => {
      const data = await load(parts, viewer, request);
      return data === undefined ? sendNotFound(viewer, reply) : work(viewer, data, request, reply);
    });

  app.get(
    '/requests/:id',
    withRequest(async (viewer, data, request, reply) =>
      sendPage(reply, document(viewer, data, panelOf(viewer, data, request.query))),
    ),
  );
  app.get(
    '/requests/:id/now',
    withRequest(async (viewer, data, _request, reply) => sendPage(reply, requestParts(viewer, data, undefined))),
  );
  app.get(
    '/requests/:id/actions/:action',
    withRequest(async (viewer, data, request, reply) => {
      const { action = '' } = request.params as Params;
      return isAction(action) ? sendPage(reply, actionForm(viewer, data, action)) : sendNotFound(viewer, reply);
    }),
  );
  app.post(
    '/requests/:id/actions/:action',
    withRequest(async (viewer, data, request, reply) => {
      const { action = '' } = request.params as Params;
      if (!isAction(action)) return sendNotFound(viewer, reply);
      const { csrf: _checked, ...said } = fieldsOf(request.body);
      const result = await act(parts.desk, data.row.id, action, said, viewer.officer);
      if (result.ok) parts.nudge();
      return answer(parts, viewer, data, action, said, result, request, reply);
    }),
  );
}

type Params = { readonly id?: string; readonly action?: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Undefined for a request that does not exist and for one that the officer may not see: nobody learns which. */
export async function load(
  { desk }: PageParts,
  viewer: Viewer,
  { params, query }: FastifyRequest,
): Promise<RequestData | undefined> {
  const { id = '' } = params as Params;
  const row = UUID.test(id) ? await desk.store.request(id) : undefined;
  if (row === undefined || !maySee(viewer, row)) return undefined;
  return requestData(desk, row, (query as { story?: unknown }).story === 'all');
}

function document(viewer: Viewer, data: RequestData, panel: Piece): Html {
  const { id, shortId } = data.row;
  const box = commandBox(viewer, { beside: id, shortIds: [shortId] });
  const main = html`${box}${requestPage(viewer, data, panel)}`;
  return fullDocument(viewer, { title: `${shortId} · Tocsin`, main, live: `/events?request=${id}` });
}

/** Without scripts the form of an action, and what came of it, are asked for in the address. */
function panelOf(viewer: Viewer, data: RequestData, query: unknown): Piece {
  const { do: wanted, done } = query as { do?: unknown; done?: unknown };
  if (typeof done === 'string' && isAction(done)) return doneNote(viewer, done);
  return typeof wanted === 'string' && isAction(wanted) && actionForm(viewer, data, wanted);
}

/** Done: the request as it is now. Not done: the form again, with what was typed and why it did nothing. */
async function answer(
  parts: PageParts,
  viewer: Viewer,
  data: RequestData,
  action: CommandType,
  said: Said,
  result: ActResult,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const byScript = request.headers['hx-request'] !== undefined;
  if (result.ok) {
    if (!byScript) return reply.redirect(`/requests/${data.row.id}?done=${action}`, 303);
    const fresh = (await load(parts, viewer, request)) ?? data;
    return sendPage(reply, html`${doneNote(viewer, action)}${outOfBand(viewer, fresh)}`);
  }
  const attempt = attemptOf(viewer, data, said, result);
  const refused = asksNothing(action) ? refusedNote(attempt.refusal ?? '') : actionForm(viewer, data, action, attempt);
  reply.code(422);
  return byScript ? sendPage(reply, refused) : sendPage(reply, document(viewer, data, refused));
}

/** The rest of the page, swapped along with the panel. */
function outOfBand(viewer: Viewer, data: RequestData): Html {
  return html`<div id="request" hx-swap-oob="innerMorph">${requestParts(viewer, data, undefined)}</div>`;
}

function attemptOf(viewer: Viewer, { desk }: RequestData, said: Said, result: ActResult & { ok: false }): Attempt {
  const { text, nameOf, now } = viewer;
  if (result.why === 'faults') return { said, faults: result.faults };
  if (result.why !== 'refused') return { said, faults: [], refusal: text(`refused.${result.why}`) };
  const naming = { officer: nameOf, time: (at: number) => viewer.timesIn(desk.zone).short(at, now) };
  return { said, faults: [], refusal: refusalText(text, result.refusal, naming) };
}
