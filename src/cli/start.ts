import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Environment } from '../config/environment.ts';
import type { Footing } from '../config/read.ts';
import type { Actor } from '../journal/actor.ts';
import { NothingToRun, type Running, startTocsin } from '../main.ts';
import { StoreRefused, StoreUnavailable } from '../ports/store.ts';
import { createLog, type Log } from '../web/log.ts';
import {
  EXIT_CONFIGURATION,
  environment,
  type Found,
  find,
  findAgain,
  offerOf,
  readRevision,
  SOCKET,
  Stop,
  VAR,
} from './configuration.ts';
import { rememberFooting } from './footing.ts';
import { HangUp } from './hang-up.ts';
import { say, tellDemo, tellFound, tellOffered } from './telling.ts';
import { version } from './version.ts';

/**
 * Runs Tocsin until it is told to stop. A first Ctrl-C finishes what is in flight, a second one ends at once; SIGHUP reads
 * the file again.
 */
export async function start(): Promise<void> {
  // A desk does not end because nobody reads what it says any more (`npm start | head`, a logger that died).
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const env = environment();
  let stopNow: () => void = () => undefined;
  let told = false;
  const stop = () => {
    told = true;
    say('Finishing what is in flight (again: end at once) …');
    stopNow();
  };
  const end = (signal: NodeJS.Signals) => {
    if (told) process.exit(128 + (signal === 'SIGINT' ? 2 : 15));
    stop();
  };
  // Before anything runs: a signal that comes while it starts is kept until it can be obeyed.
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  const hangUp = new HangUp(() => (told ? undefined : stop()));
  const found = await unlessRefused(find(env));
  tellFound(found);
  const log = createLog();
  const running = await startFound(found, log);
  if (found.kind === 'file') remember(found, env);
  const stopping = new Promise<void>((resolve, reject) => {
    stopNow = () => void running.stop().then(resolve, reject);
  });
  if (told) stopNow();
  // Told to stop while the links are being made: there is nobody left to make them.
  const unlessStopping = (error: unknown) => {
    if (!told) throw error;
  };
  if (found.kind === 'demo') await tellDemo(running, found.token).catch(unlessStopping);
  else tellRunning(running);
  hangUp.obey(() => {
    if (found.kind === 'demo') say('The demo desk has no file that could be read again.');
    else if (!told) void reload(running, found, log);
  });
  await stopping;
}

function tellRunning({ offered, address, desk }: Running): void {
  const revision = desk.setups.newest();
  tellOffered(offered, revision);
  say(
    `Tocsin ${version()} is on duty at ${address} (revision ${revision}, process ${process.pid}). Sign in: npx tocsin link OFFICER`,
  );
}

/** Reads the file again and applies it. Whatever comes of it, Tocsin runs on. */
async function reload(running: Running, started: Partial<Footing>, log: Log): Promise<void> {
  const found = findAgain();
  tellFound(found);
  try {
    const offered = await running.apply(offerOf(found), author());
    const revision = running.desk.setups.newest();
    if (offered.result === 'same') say(`The file says what runs already (revision ${revision}): nothing has changed.`);
    tellOffered(offered, revision);
    if (found.kind === 'file' && (found.database !== started.database || found.port !== started.port))
      say('Where the store is, and the port, are read at start only: stop Tocsin and start it again.');
  } catch (error) {
    log.error({ err: error, work: 'configuration' }, 'the file could not be applied');
    say('The file could not be applied: the log says why. Send SIGHUP again, or start Tocsin anew.');
  }
}

function author(): Actor {
  return { kind: 'shell', user: userInfo().username };
}

async function startFound(found: Found, log: Log): Promise<Running> {
  if (found.database === undefined)
    throw new Stop(
      'The file does not tell where the store is, and no earlier start has kept it. Mend the faults above, or set TOCSIN_DATABASE_URL.',
      EXIT_CONFIGURATION,
    );
  mkdirSync(VAR, { recursive: true, mode: 0o700 });
  return unlessRefused(
    startTocsin({
      database: found.database,
      port: found.port ?? 0,
      socket: SOCKET,
      offer: offerOf(found),
      author: author(),
      read: readRevision,
      version: version(),
      log,
    }),
  );
}

function remember({ database, port }: Footing, env: Environment): void {
  rememberFooting(VAR, {
    ...(env.databaseUrl === undefined ? { database } : {}),
    ...(env.port === undefined ? { port } : {}),
  });
}

async function unlessRefused<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw explained(error);
  }
}

function explained(error: unknown): unknown {
  if (error instanceof NothingToRun) {
    return new Stop(
      'No configuration was ever applied here, so there is none to go on with. Mend the faults above.',
      EXIT_CONFIGURATION,
    );
  }
  if (error instanceof StoreRefused) return new Stop(error.message, EXIT_CONFIGURATION);
  if (error instanceof StoreUnavailable) return new Stop(`The store cannot be opened (${error.code}).`, 1);
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return new Stop('The port is taken: set another one in TOCSIN_PORT, or stop what listens there.', 1);
  }
  return error;
}
