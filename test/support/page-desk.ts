import { createHash } from 'node:crypto';
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import type { Incoming, Origin } from '../../src/desk/incoming.ts';
import { receive } from '../../src/desk/receive.ts';
import type { Message } from '../../src/request/message.ts';
import { involvedDesks, type RequestState } from '../../src/request/state.ts';
import { guard } from '../../src/web/guard.ts';
import { DeskPageChannel } from '../../src/web/page/channel.ts';
import { Hub } from '../../src/web/page/hub.ts';
import type { HouseFacts } from '../../src/web/page-parts.ts';
import { PagerHub } from '../../src/web/pager/hub.ts';
import { pages } from '../../src/web/pages.ts';
import { makeLink } from '../../src/web/signin/link.ts';
import { type TestDesk, testDesk } from './desk.ts';
import { HandTimers } from './hand-timers.ts';

export type PageDesk = TestDesk & {
  readonly app: FastifyInstance;
  readonly hub: Hub;
  readonly pagers: PagerHub;
  readonly timers: HandTimers;
  /** How often the engine was told to look. */
  readonly nudges: () => number;
  readonly link: (officer: string) => Promise<string>;
  readonly signIn: (officer: string) => Promise<Visitor>;
  readonly receive: (message: Partial<Message>, more?: Partial<Incoming & Origin>) => Promise<RequestState>;
  /** Where it can be reached over the network of this machine. */
  readonly listen: () => Promise<string>;
  readonly close: () => Promise<void>;
};

/** A browser with a session. */
export type Visitor = {
  readonly cookie: string;
  readonly csrf: string;
  readonly get: (url: string, headers?: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
  /** A form of one of our own pages. */
  readonly post: (
    url: string,
    fields?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<LightMyRequestResponse>;
};

const CALM: HouseFacts = {
  unapplied: () => undefined,
  revision: () => undefined,
  checkpoint: async () => undefined,
  held: { current: () => undefined, requests: async () => [], resume: async () => false },
};

const HOST = { host: 'localhost' };

/** The pages for people on the fictional desk, without an engine. */
export async function pageDesk(facts: Partial<HouseFacts> = {}): Promise<PageDesk> {
  const made = await testDesk();
  const { desk, store, clock } = made;
  const timers = new HandTimers(clock);
  const hub = new Hub();
  const pagers = new PagerHub(clock, timers);
  let nudges = 0;
  const parts = {
    desk,
    sessions: store.sessions,
    hub,
    pagers,
    timers,
    nudge: () => void nudges++,
    house: { ...CALM, ...facts },
  };
  const app = Fastify({ forceCloseConnections: true });
  guard(app);
  for (const page of pages(parts)) await app.register(page);
  const link = async (officer: string) =>
    (await makeLink({ sessions: store.sessions, clock, chance: desk.chance }, officer)).path;
  return {
    ...made,
    app,
    hub,
    pagers,
    timers,
    nudges: () => nudges,
    link,
    signIn: async (officer) => visitor(app, await link(officer)),
    receive: (message, more = {}) => received(made, message, more),
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}

/** Tells the channels of the page that a request changed, as the engine does. */
export async function showOn(hub: Hub, channel: string, state: RequestState): Promise<void> {
  const { id: requestId, shortId, urgency, status, kind, provisional, receivedAt } = state;
  const none = { clocks: [], paged: [], warnings: [], actions: [] };
  const desks = involvedDesks(state);
  const card = { requestId, version: 2, desks, shortId, urgency, status, kind, provisional, receivedAt, ...none };
  await new DeskPageChannel(channel, hub, () => desks).show(card);
}

async function visitor(app: FastifyInstance, link: string): Promise<Visitor> {
  const entered = await app.inject({ method: 'POST', url: link, headers: HOST });
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const get: Visitor['get'] = (url, headers = {}) => app.inject({ url, headers: { ...HOST, cookie, ...headers } });
  const csrf = /name="csrf" value="([^"]+)"/.exec((await get('/')).body)?.[1] ?? '';
  const post: Visitor['post'] = (url, fields = {}, headers = {}) =>
    app.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams({ csrf, ...fields }).toString(),
      headers: { ...HOST, cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  return { cookie, csrf, get, post };
}

async function received(
  { desk }: TestDesk,
  message: Partial<Message>,
  more: Partial<Incoming & Origin>,
): Promise<RequestState> {
  const id = desk.chance.id();
  const origin: Origin = {
    desk: 'ncp',
    source: 'ncb',
    network: 'INTERPOL',
    known: true,
    mayTest: false,
    verification: { how: 'token', by: 'NCB Example' },
    actor: { kind: 'source', source: 'ncb' },
    ...more,
  };
  const incoming: Incoming = {
    id,
    message: { kind: 'preservation', sender: {}, items: {}, identifiers: [], ...message },
    attachments: [],
    kindChosenBy: 'source',
    nature: 'request',
    notes: [],
    bodySha256: createHash('sha256').update(id).digest('hex'),
    overRate: false,
    ...more,
  };
  const answer = await receive(desk, origin, incoming);
  if (!('request' in answer)) throw new Error(`the request was not taken: ${answer.result}`);
  return answer.request;
}
