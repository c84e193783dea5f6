import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Environment } from '../config/environment.ts';
import { formatFaults, formatNotes } from '../config/fault.ts';
import type { Footing } from '../config/read.ts';
import { DEMO_OFFICERS } from '../demo/desk.ts';
import { NothingToRun, type Running, startTocsin } from '../main.ts';
import { StoreRefused, StoreUnavailable } from '../ports/store.ts';
import { AdminClient } from '../web/admin-client.ts';
import { createLog } from '../web/log.ts';
import {
  canonical,
  EXIT_CONFIGURATION,
  environment,
  type Found,
  find,
  readRevision,
  SOCKET,
  Stop,
  VAR,
} from './configuration.ts';
import { rememberFooting } from './footing.ts';
import { version } from './version.ts';

/** Runs Tocsin until it is told to stop. A first Ctrl-C finishes what is in flight, a second one ends at once. */
export async function start(): Promise<void> {
  const env = environment();
  const found = find(env);
  tellFound(found);
  let stopNow: () => void = () => undefined;
  let told = false;
  const stop = (signal: NodeJS.Signals) => {
    if (told) process.exit(128 + (signal === 'SIGINT' ? 2 : 15));
    told = true;
    say('Finishing what is in flight (again: end at once) …');
    stopNow();
  };
  // Before anything runs: a signal that comes while it starts is kept until it can be obeyed.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const running = await startFound(found);
  if (found.kind === 'file') remember(found, env);
  const stopping = new Promise<void>((resolve, reject) => {
    stopNow = () => void running.stop().then(resolve, reject);
  });
  if (told) stopNow();
  if (running.refused.length > 0) {
    say(`${running.refused.join('\n')}\nThe file was not applied: Tocsin runs on revision ${running.revision}.`);
  }
  // Told to stop while the links are being made: there is nobody left to make them.
  const unlessStopping = (error: unknown) => {
    if (!told) throw error;
  };
  if (found.kind === 'demo') await tellDemo(running, found.token).catch(unlessStopping);
  else
    say(
      `Tocsin ${version()} is on duty at ${running.address} (revision ${running.revision}). Sign in: npx tocsin link OFFICER`,
    );
  await stopping;
}

async function startFound(found: Found): Promise<Running> {
  if (found.database === undefined)
    throw new Stop(
      'The file does not tell where the store is, and no earlier start has kept it. Mend the faults above, or set TOCSIN_DATABASE_URL.',
      EXIT_CONFIGURATION,
    );
  mkdirSync(VAR, { recursive: true, mode: 0o700 });
  try {
    return await startTocsin({
      database: found.database,
      port: found.port ?? 0,
      socket: SOCKET,
      configuration: found.kind === 'faulty' ? undefined : canonical(found.config),
      author: { kind: 'shell', user: userInfo().username },
      read: readRevision,
      version: version(),
      log: createLog(),
    });
  } catch (error) {
    throw explained(error);
  }
}

function remember({ database, port }: Footing, env: Environment): void {
  rememberFooting(VAR, {
    ...(env.databaseUrl === undefined ? { database } : {}),
    ...(env.port === undefined ? { port } : {}),
  });
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

function tellFound(found: Found): void {
  if (found.kind === 'faulty') {
    say(
      `${formatFaults(found.faults)}\nThe file is faulty. If a revision was applied before, Tocsin runs on that one.`,
    );
  }
  if (found.kind === 'file' && found.notes.length > 0) say(formatNotes(found.notes));
}

async function tellDemo(running: Running, token: string): Promise<void> {
  const client = new AdminClient(SOCKET);
  const links = await Promise.all(
    DEMO_OFFICERS.map(async (officer) => `  ${officer.padEnd(6)} ${(await client.link(officer)).url}`),
  );
  const [onDuty = 'nobody'] = running.desk.setups.desk('demo')?.rota([]).onDuty(running.desk.clock.now()) ?? [];
  say(`Tocsin ${version()}: the demo desk is on duty at ${running.address}

Sign in (each link works once, within 10 minutes; more by: npx tocsin link OFFICER)
${links.join('\n')}

On duty now: ${onDuty}. Open that link in a browser, then ${running.address}/pager, and press Start.
Now send an urgent request:

  curl -sS ${running.address}/api/v1/requests -H 'Authorization: Bearer ${token}' \\
    -H 'Content-Type: application/json' -d @docs/examples/request.json

Acknowledge it, or don't, and watch it go up: after 20 s to the head, then to everyone, round after round.
Ctrl-C ends it. Everything is kept in ${VAR}/.
`);
}

function say(text: string): void {
  console.error(text);
}
