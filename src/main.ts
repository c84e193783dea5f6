import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { hostname } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { createMailReader } from '../adapters/mail/mail-reader.ts';
import { DAY, SECOND } from '../rota/instant.ts';
import { type Care, careOf } from './care.ts';
import type { Config } from './config/config.ts';
import { RINGING } from './config/notes.ts';
import { Checkpoints } from './desk/checkpoints.ts';
import { Configuration, type Offer, type Offered } from './desk/configuration.ts';
import type { Desk } from './desk/desk.ts';
import { revisionReader } from './desk/from-config.ts';
import { configurationNotice } from './desk/house-notices.ts';
import { AppliedRevisions } from './desk/revisions.ts';
import { SYSTEM } from './desk/settle.ts';
import { desksWithOfficer } from './desk/setup.ts';
import { channelMethod } from './engine/channel-method.ts';
import { Engine } from './engine/engine.ts';
import { heard, Listeners } from './engine/hear-commits.ts';
import { realTimers } from './engine/real-timers.ts';
import { searchJob } from './engine/search-job.ts';
import { type StandingJob, StandingJobs } from './engine/standing-jobs.ts';
import { steadyClock } from './engine/steady-clock.ts';
import { HouseTeller } from './engine/tell-house.ts';
import type { Actor } from './journal/actor.ts';
import type { Chance } from './ports/chance.ts';
import type { Channel } from './ports/channel.ts';
import type { Store } from './ports/store.ts';
import { drawShortIds } from './request/short-id.ts';
import { openStore } from './store/open.ts';
import { leastTaken } from './store/short-ids.ts';
import { createAdmin, listenAt } from './web/admin.ts';
import { doctorRoutes } from './web/admin-doctor.ts';
import type { HealthParts } from './web/health.ts';
import { MailIntake } from './web/intake/mail.ts';
import { DEFAULT_RATE, Rate } from './web/intake/rate.ts';
import { sourcesOf } from './web/intake/source.ts';
import type { Log } from './web/log.ts';
import { createMetrics, type Metrics } from './web/metrics.ts';
import { Hub } from './web/page/hub.ts';
import { keepChannels } from './web/page/keep-channels.ts';
import type { HouseFacts } from './web/page-parts.ts';
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
  /** The configuration to apply; where there is none, the newest applied revision runs on. */
  readonly offer: Offer;
  readonly author: Actor;
  readonly read: (text: string) => Config;
  readonly version: string;
  readonly log: Log;
  /** When to look whether a request was closed, as a cron expression in UTC; each minute unless said otherwise. */
  readonly closings?: string;
};

export type Running = {
  readonly address: string;
  readonly desk: Desk;
  /** What became of the configuration that it was started with. */
  readonly offered: Offered;
  /** Applies another one while it runs; see `Configuration.offer`. */
  apply(offer: Offer, author: Actor): Promise<Offered>;
  /** Finishes what is in flight, at most 5 s, and closes everything in reverse order. */
  stop(): Promise<void>;
};

/** There is neither a configuration that can be applied nor one that was applied before. */
export class NothingToRun extends Error {}

/** For all that is in flight, at the server and at the engine together; the rest of 5 s is for closing. */
const GRACE = 4.5 * SECOND;
/** A sender who tries again with the same key for so long is told what became of it. */
const KEYS_ARE_KEPT = 90 * DAY;
const EACH_MINUTE = '* * * * *';

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
    const { desk, offered, mail } = house;
    await house.care.begin();
    await house.engine.start();
    closers.push(() => house.engine.stop(Math.max(0, GRACE - (performance.now() - begun))));
    const address = await listen(house, options, closers);
    // What is overdue has rung and pagers can connect: waiting mails may take seconds each to read.
    mail.takeUp();
    await house.care.announce();
    const jobs = new StandingJobs([...standingJobs(house, options), ...house.care.jobs], (error, work) =>
      options.log.error({ err: error, work }, 'a standing job failed'),
    );
    jobs.start();
    closers.push(() => jobs.stop());
    closers.push(async () => house.care.stop());
    tellOffered(house, offered, options.log);
    return { address, desk, offered, apply: (offer, author) => apply(house, offer, author, options.log), stop };
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
  readonly configuration: Configuration;
  readonly offered: Offered;
  readonly checkpoints: Checkpoints;
  readonly channels: Map<string, Channel>;
  readonly teller: HouseTeller;
  readonly engine: Engine;
  readonly metrics: Metrics;
  readonly mail: MailIntake;
  readonly care: Care;
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
  const read = revisionReader(options.read);
  const setups = new AppliedRevisions(store.revisions, read);
  const listeners = new Listeners();
  const onQuiet = (requestId: string) => listeners.quiet(requestId);
  const desk: Desk = { store: heard(store, listeners), setups, clock, chance, key: store.installation.key, onQuiet };
  const configuration = new Configuration({ desk, people: store, setups, read });
  const offered = await configuration.offer(options.offer, options.author);
  if (setups.newest() === 0) throw new NothingToRun('no revision was ever applied');
  const hub = new Hub();
  const channels = new Map<string, Channel>();
  keepChannels(channels, setups, hub);
  const pagers = new PagerHub(clock, realTimers);
  const openNow = async () => store.count(desksIn(desk), ['open']);
  const metrics = createMetrics(openNow, () => care.backupAge());
  const engine = engineOf(desk, store, channels, pagers, metrics, log);
  pagers.whenReachable((officer) => {
    engine.reachable(officer, PAGER);
    hub.publish({ kind: 'pagers', desks: desksWithOfficer(setups, officer) });
  });
  const teller = new HouseTeller(channels, realTimers, (error) =>
    log.warn({ err: error, work: 'house notice' }, 'a channel could not be told'),
  );
  closers.push(async () => teller.stop());
  const reading = { register: store, installation: store.installation.id, pause: () => setImmediate() };
  const checkpoints = new Checkpoints(desk, reading, (notice) => teller.tell(notice));
  const nudge = () => engine.nudge();
  const care = careOf({ desk, store, setups, reading, checkpoints, teller, nudge, log });
  listeners.committed = nudge;
  listeners.closed = () => checkpoints.closed();
  listeners.quiet = (requestId) => engine.recall(requestId);
  const reader = createMailReader({ now: () => clock.now() });
  const onFault = (error: unknown) => log.error({ err: error }, 'a waiting mail could not be taken in');
  const mail = new MailIntake({ desk, inbox: store, reader, sources: sourcesOf(setups), onFault });
  closers.push(() => mail.settled());
  closers.push(() => reader.close());
  const told = { configuration, offered, checkpoints, channels, teller };
  return { store, desk, setups, ...told, engine, metrics, mail, care, hub, pagers, nudge };
}

function engineOf(
  desk: Desk,
  store: Store,
  channels: ReadonlyMap<string, Channel>,
  pagers: PagerHub,
  metrics: Metrics,
  log: Log,
): Engine {
  return new Engine({
    desk,
    queue: store,
    methods: new Map([new PagerMethod(pagers), channelMethod(channels)].map((each) => [each.type, each] as const)),
    channels,
    by: { node: hostname(), boot: chance.id() },
    timers: realTimers,
    ids: { id: chance.id, shortIds: () => drawShortIds(chance.bytes, leastTaken(store.installation)) },
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
  const { store, desk, setups, configuration, checkpoints, engine, metrics, mail, care, hub, pagers, nudge } = house;
  const { log, version } = options;
  const { sessions } = store;
  const health: HealthParts = {
    nodes: store,
    queue: store,
    clock: desk.clock,
    lastBeat: () => engine.lastBeat,
    configuration: () => ({ revision: setups.newest(), unapplied: configuration.unapplied()?.why }),
    warnings: care.warnings,
  };
  const facts: HouseFacts = {
    unapplied: () => configuration.unapplied(),
    revision: () => setups.inForce(),
    checkpoint: () => checkpoints.last(),
    held: care.held,
  };
  const app = await createServer({
    intake: { desk, sources: sourcesOf(setups), mail, rate: new Rate(DEFAULT_RATE), nudge },
    health,
    metrics,
    log,
    version,
    pages: pages({ desk, sessions, hub, pagers, timers: realTimers, nudge, house: facts }),
  });
  closers.push(() => app.close());
  let address = '';
  const checkpoint = (actor: Actor) => checkpoints.take(actor);
  const served = { checkpoint, care: care.admin, health, log, version, address: () => address };
  const admin = createAdmin({ desk, sessions, installation: store.installation.id, ...served });
  doctorRoutes(admin, { ...house, ringing: RINGING, apply: (offer, author) => apply(house, offer, author, log) });
  closers.push(() => admin.close());
  await listenAt(admin, options.socket);
  // Last: whoever finds it ready finds the socket too.
  address = await app.listen({ host: '127.0.0.1', port: options.port });
  return address;
}

/** Applies a configuration in the running process: what depends on it follows, and the team is told. */
async function apply(house: House, offer: Offer, author: Actor, log: Log): Promise<Offered> {
  const { configuration, channels, setups, hub, nudge } = house;
  const offered = await configuration.offer(offer, author);
  keepChannels(channels, setups, hub);
  tellOffered(house, offered, log);
  // A file that was mended to what runs already is told to nobody, but open windows still warn of it.
  hub.publish({ kind: 'house' });
  nudge();
  return offered;
}

function tellOffered({ desk, setups, teller }: House, offered: Offered, log: Log): void {
  const revision = setups.newest();
  if (offered.result === 'applied') log.info({ revision }, 'a revision was applied');
  if (offered.result === 'unapplied')
    log.warn({ revision, code: offered.unapplied.why }, 'the file is not what runs: a revision before it runs on');
  const notice = configurationNotice(desk.chance.id(), desk.clock.now(), offered, setups);
  if (notice !== undefined) teller.tell(notice);
}

/** Once a day the heads of all streams, and every minute what was closed, and what waits since the store was away. */
function standingJobs(
  { store, desk, checkpoints, mail }: House,
  { closings = EACH_MINUTE, log }: StartOptions,
): readonly StandingJob[] {
  return [
    { name: 'checkpoint', when: '5 0 * * *', run: () => checkpoints.take(SYSTEM) },
    { name: 'checkpoint after a closing', when: closings, run: () => checkpoints.takeDue() },
    { name: 'housekeeping', when: '20 3 * * *', run: () => store.forget(desk.clock.now() - KEYS_ARE_KEPT) },
    searchJob(desk, (error) =>
      log.error({ err: error, work: 'search' }, 'a request could not be taken into the search'),
    ),
    { name: 'inbox', when: EACH_MINUTE, run: async () => mail.takeUp() },
  ];
}

function desksIn(desk: Desk): readonly string[] {
  return desk.setups.desks().map(({ id }) => id);
}
