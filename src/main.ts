import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { hostname } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { createMailReader } from '../adapters/mail/mail-reader.ts';
import { SECOND } from '../rota/instant.ts';
import type { Config, MethodSeed } from './config/config.ts';
import { takeCheckpoint } from './desk/checkpoint.ts';
import type { Desk } from './desk/desk.ts';
import { desksOf } from './desk/from-config.ts';
import { handOverFrom } from './desk/leavers.ts';
import { refusedChanges } from './desk/refused-changes.ts';
import { AppliedRevisions, type ReadRevision } from './desk/revisions.ts';
import { armRota } from './desk/rota-event.ts';
import { SYSTEM } from './desk/settle.ts';
import { channelMethod } from './engine/channel-method.ts';
import { Engine } from './engine/engine.ts';
import { realTimers } from './engine/real-timers.ts';
import { type StandingJob, StandingJobs } from './engine/standing-jobs.ts';
import { steadyClock } from './engine/steady-clock.ts';
import type { Actor } from './journal/actor.ts';
import type { Chance } from './ports/chance.ts';
import type { Channel } from './ports/channel.ts';
import type { Method } from './ports/method.ts';
import type { Steps } from './ports/steps.ts';
import type { Store } from './ports/store.ts';
import { drawShortIds } from './request/short-id.ts';
import { openStore } from './store/open.ts';
import { createAdmin, listenAt } from './web/admin.ts';
import type { HealthParts } from './web/health.ts';
import { MailIntake } from './web/intake/mail.ts';
import { DEFAULT_RATE, Rate } from './web/intake/rate.ts';
import type { Sources } from './web/intake/source.ts';
import type { Log } from './web/log.ts';
import { createMetrics, type Metrics } from './web/metrics.ts';
import { DeskPageChannel } from './web/page/channel.ts';
import { Hub } from './web/page/hub.ts';
import { PagerHub } from './web/pager/hub.ts';
import { PAGER, PagerMethod } from './web/pager/method.ts';
import { pages } from './web/pages.ts';
import { createServer } from './web/server.ts';

/** What the process is started with; everything in it has been checked. */
export type StartOptions = {
  readonly database: string;
  readonly port: number;
  /** Path of the Unix socket for the command line. */
  readonly socket: string;
  /** Text of the configuration to apply; undefined: the file is faulty, and the newest applied revision runs on. */
  readonly configuration: string | undefined;
  readonly author: Actor;
  readonly read: (text: string) => Config;
  readonly version: string;
  readonly log: Log;
};

export type Running = {
  readonly address: string;
  readonly desk: Desk;
  readonly revision: number;
  /** Why the configuration was not applied, one line each; empty when it was. */
  readonly refused: readonly string[];
  /** Finishes what is in flight, at most 5 s, and closes everything in reverse order. */
  stop(): Promise<void>;
};

/** There is neither a configuration that can be applied nor one that was applied before. */
export class NothingToRun extends Error {}

/** For all that is in flight, at the server and at the engine together; the rest of 5 s is for closing. */
const GRACE = 4.5 * SECOND;
const MANY = 1_000_000;

/** Ids that begin with the time lie side by side in the indexes: a commit touches fewer pages, however much is stored. */
const chance: Chance = { id: () => randomUUIDv7(), bytes: (length) => new Uint8Array(randomBytes(length)) };

/** Builds everything once and starts it; what was opened is closed in reverse order. The only place that knows every adapter. */
export async function startTocsin(options: StartOptions): Promise<Running> {
  const closers: (() => Promise<unknown>)[] = [];
  let begun = 0;
  const stop = async () => {
    begun = performance.now();
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const house = await openHouse(options, closers);
    const { desk, setups, mail } = house;
    // What is overdue rings first: waiting mails may take seconds each to read.
    await house.engine.start();
    closers.push(() => house.engine.stop(Math.max(0, GRACE - (performance.now() - begun))));
    await mail.processWaiting();
    const address = await listen(house, options, closers);
    const jobs = new StandingJobs(standingJobs(house), (error, work) =>
      options.log.error({ err: error, work }, 'a standing job failed'),
    );
    jobs.start();
    closers.push(() => jobs.stop());
    return { address, desk, revision: setups.newest(), refused: house.refused, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Everything that runs, before it runs. */
type House = {
  readonly store: Store;
  readonly desk: Desk;
  readonly setups: AppliedRevisions;
  /** The file cannot be applied; the revision before runs on. */
  readonly isFaulty: boolean;
  readonly refused: readonly string[];
  readonly engine: Engine;
  readonly metrics: Metrics;
  readonly mail: MailIntake;
  readonly hub: Hub;
  readonly pagers: PagerHub;
  readonly nudge: () => void;
};

async function openHouse(options: StartOptions, closers: (() => Promise<unknown>)[]): Promise<House> {
  const { log } = options;
  const clock = steadyClock(
    Date.now,
    () => performance.now(),
    ({ by }) => log.warn({ ms: by }, 'the wall clock was set'),
  );
  const birth = { random: chance.bytes, now: () => clock.now(), newId: chance.id };
  const store = await openStore({ url: options.database, ...birth });
  closers.push(() => store.close());
  const { setups, isFaulty, refused } = await applied(store, options, clock.now());
  const waking = new Waking();
  const desk: Desk = {
    store: wakingStore(store, waking),
    setups,
    clock,
    chance,
    key: store.installation.key,
    onQuiet: (requestId) => waking.recall(requestId),
  };
  await prepare(desk, store, setups);
  const hub = new Hub();
  const pagers = new PagerHub(clock, realTimers);
  const metrics = createMetrics(async () => (await store.board(desksIn(desk), ['open'], MANY)).length);
  const engine = engineOf(desk, store, hub, pagers, metrics, log);
  waking.to = () => engine.nudge();
  waking.recall = (requestId) => engine.recall(requestId);
  pagers.whenReachable((officer) => engine.reachable(officer, PAGER));
  const reader = createMailReader({ now: () => clock.now() });
  closers.push(() => reader.close());
  const onFault = (error: unknown) => log.error({ err: error }, 'a waiting mail could not be taken in');
  const mail = new MailIntake({ desk, inbox: store, reader, sources: sourcesOf(setups), onFault });
  return { store, desk, setups, isFaulty, refused, engine, metrics, mail, hub, pagers, nudge: () => engine.nudge() };
}

function engineOf(desk: Desk, store: Store, hub: Hub, pagers: PagerHub, metrics: Metrics, log: Log): Engine {
  const channels = channelsFor(desk, hub);
  return new Engine({
    desk,
    queue: store,
    methods: methodsFor(channels, new PagerMethod(pagers)),
    channels,
    by: { node: hostname(), boot: chance.id() },
    timers: realTimers,
    ids: { id: chance.id, shortIds: () => drawShortIds(chance.bytes, 0) },
    observe: {
      ...metrics.deliveries,
      fault: (error, delivery) => {
        metrics.deliveries.fault(error);
        log.error({ err: error, delivery }, 'a delivery went wrong');
      },
    },
    alarms: {
      ...metrics.alarms,
      fault: (error, { kind, stream }) => {
        metrics.alarms.fault(error);
        log.error({ err: error, alarm: kind, stream }, 'an alarm could not be rung');
      },
    },
    onFault: (error, work) => log.error({ err: error, work }, 'a round of the engine failed'),
  });
}

/** Answers people and machines on the loopback, and the command line on its socket. */
async function listen(house: House, options: StartOptions, closers: (() => Promise<unknown>)[]): Promise<string> {
  const { store, desk, setups, engine, metrics, mail, hub, pagers, nudge } = house;
  const { log, version } = options;
  const { sessions } = store;
  const health: HealthParts = {
    nodes: store,
    queue: store,
    clock: desk.clock,
    lastBeat: () => engine.lastBeat,
    configuration: () => ({ revision: setups.newest(), isFaulty: house.isFaulty }),
  };
  const app = await createServer({
    intake: { desk, sources: sourcesOf(setups), mail, rate: new Rate(DEFAULT_RATE), nudge },
    health,
    metrics,
    log,
    version,
    pages: pages({ desk, sessions, hub, pagers, timers: realTimers, nudge }),
  });
  closers.push(() => app.close());
  const address = await app.listen({ host: '127.0.0.1', port: options.port });
  const admin = createAdmin({ desk, sessions, installation: store.installation.id, health, log, version, address });
  closers.push(() => admin.close());
  await listenAt(admin, options.socket);
  return address;
}

/** Lets a commit wake the engine, which is built after the store. */
class Waking {
  to: () => void = () => undefined;
  recall: (requestId: string) => void = () => undefined;
}

/** The same store; whatever a step committed, the engine looks at once for what follows from it. */
function wakingStore(store: Store, waking: Waking): Desk['store'] {
  const step: Steps['step'] = async (owner, work) => {
    const result = await store.step(owner, work);
    waking.to();
    return result;
  };
  return { ...store, step };
}

/**
 * The configuration to run on. One that may not follow the one in force (it would leave an officer's requests to nobody) is
 * not applied: the desk runs on, and whoever wrote the file is told.
 */
async function applied(store: Store, options: StartOptions, at: number): Promise<Applied> {
  const read: ReadRevision = (text) => {
    const config = options.read(text);
    return { config, desks: desksOf(config), limits: config.limits };
  };
  const setups = new AppliedRevisions(store.revisions, read);
  await setups.refresh();
  const before = setups.config();
  const { configuration: text } = options;
  if (text === undefined && before === undefined) throw new NothingToRun('no revision was ever applied');
  if (text === undefined) return { setups, isFaulty: true, refused: [] };
  const refused = before === undefined ? [] : await refusedChanges(store, before, options.read(text));
  if (refused.length === 0) await setups.apply(text, options.author, at);
  return { setups, isFaulty: refused.length > 0, refused };
}

type Applied = { readonly setups: AppliedRevisions; readonly isFaulty: boolean; readonly refused: readonly string[] };

/** What a new revision may bring: methods of officers who have none, a rota event for each desk. */
async function prepare(desk: Desk, store: Store, setups: AppliedRevisions): Promise<void> {
  const { officers = [], desks = [] } = setups.config() ?? {};
  // Who writes the file vouches for the numbers in it.
  const vouched = (methods: readonly MethodSeed[]) => methods.map((method) => ({ ...method, verified: true }));
  for (const { methods } of officers) await store.seedMethods(undefined, vouched(methods));
  for (const { id, dutyMethods } of desks) await store.seedMethods(id, vouched(dutyMethods));
  for (const setup of setups.desks()) await armRota(desk, setup);
  await handOverFrom(desk, setups.config()?.left ?? []);
}

/** Once a day the heads of all streams, and every minute what waits in the inbox since the store was away. */
function standingJobs({ desk, store, mail }: House): readonly StandingJob[] {
  const reading = { register: store, installation: store.installation.id, pause: () => setImmediate() };
  return [
    { name: 'checkpoint', when: '5 0 * * *', run: () => takeCheckpoint(desk, reading, SYSTEM) },
    { name: 'inbox', when: '* * * * *', run: () => mail.processWaiting() },
  ];
}

function channelsFor(desk: Desk, hub: Hub): ReadonlyMap<string, Channel> {
  const ids = new Set(desk.setups.desks().flatMap(({ channels }) => channels.map(({ id }) => id)));
  return new Map([...ids].map((id) => [id, new DeskPageChannel(id, hub)]));
}

function methodsFor(channels: ReadonlyMap<string, Channel>, pager: Method): ReadonlyMap<string, Method> {
  const methods = [pager, channelMethod(channels)];
  return new Map(methods.map((method) => [method.type, method]));
}

function sourcesOf(setups: AppliedRevisions): Sources {
  return () =>
    (setups.config()?.desks ?? []).flatMap(({ id, sources }) => sources.map((source) => ({ ...source, desk: id })));
}

function desksIn(desk: Desk): readonly string[] {
  return desk.setups.desks().map(({ id }) => id);
}
