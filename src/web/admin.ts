import { chmod, lstat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setImmediate as pause } from 'node:timers/promises';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { rfc3339 } from '../../rota/instant.ts';
import type { Desk } from '../desk/desk.ts';
import { type JournalReading, singleStream, wholeJournal } from '../desk/journal-source.ts';
import { memberOf } from '../desk/setup.ts';
import type { Actor } from '../journal/actor.ts';
import { writeExport } from '../journal/export.ts';
import { journalItems } from '../journal/item.ts';
import { requestStream } from '../journal/stream.ts';
import { languageOf } from '../locales/catalogue.ts';
import type { Sessions } from '../ports/sessions.ts';
import { adminCareRoutes, type CareParts } from './admin-care.ts';
import { adminCommandRoutes } from './admin-commands.ts';
import { type HealthParts, readiness } from './health.ts';
import type { Log } from './log.ts';
import { exportData } from './page/export-data.ts';
import { exportPage } from './page/export-page.ts';
import { makeLink } from './signin/link.ts';
import { readerOf } from './viewer.ts';

export type AdminParts = {
  readonly desk: Desk;
  readonly sessions: Sessions;
  /** Id of the installation. */
  readonly installation: string;
  /** Takes a checkpoint and answers its line. */
  readonly checkpoint: (actor: Actor) => Promise<string>;
  readonly health: HealthParts;
  /** Backups, and the hold after a restore. */
  readonly care?: CareParts;
  readonly log: Log;
  readonly version: string;
  /** Where people find the desk page, for the links. */
  readonly address: () => string;
};

/** What the command line is told when it asked for something that is not there. */
type Refused = {
  readonly error: 'unknown_officer' | 'unknown_reference' | 'unknown_desk' | 'not_found' | 'invalid' | 'internal';
};

/**
 * What the command line asks of a running process. It has no password: whoever can open the socket file is the user that
 * Tocsin runs as. To be listened to by `listenAt` alone.
 */
export function createAdmin(parts: AdminParts): FastifyInstance {
  const { desk, sessions, health, version, address } = parts;
  const app = Fastify({
    loggerInstance: parts.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  });
  const reading = { register: desk.store, installation: parts.installation, pause: () => pause() };
  app.setNotFoundHandler((_, reply) => reply.code(404).send(refused('not_found')));
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    if (error.statusCode !== undefined && error.statusCode < 500) return reply.code(400).send(refused('invalid'));
    parts.log.error({ id: request.id, route: request.routeOptions.url ?? 'none', err: error }, 'could not answer');
    return reply.code(500).send(refused('internal'));
  });

  adminCommandRoutes(app, desk);
  if (parts.care !== undefined) adminCareRoutes(app, parts.care);
  app.get('/status', async () => ({ version, address: address(), pid: process.pid, ...(await readiness(health)) }));
  app.post('/link', async (request, reply) => {
    const officer = textIn(request, 'officer');
    const isKnown = desk.setups.desks().some((setup) => memberOf(setup, officer) !== undefined);
    if (!isKnown) return reply.code(404).send(refused('unknown_officer'));
    const { path, expiresAt } = await makeLink({ sessions, clock: desk.clock, chance: desk.chance }, officer);
    return { path, url: `${address()}${path}`, expiresAt: rfc3339(expiresAt) };
  });
  app.post('/checkpoint', async (request) => {
    const actor: Actor = { kind: 'shell', user: textIn(request, 'user') || 'unknown' };
    return { checkpoint: await parts.checkpoint(actor) };
  });
  app.get<{ Querystring: { reference?: string } }>('/journal/items', async (request, reply) => {
    const source = await sourceFor(desk, reading, request.query.reference);
    if (source === undefined) return reply.code(404).send(refused('unknown_reference'));
    reply.type('application/jsonl');
    return reply.send(Readable.from(writeExport(journalItems(source))));
  });
  app.get<{ Querystring: { reference?: string; language?: string } }>('/journal/page', async (request, reply) => {
    const { reference = '', language = '' } = request.query;
    const row = await desk.store.byReference(reference);
    if (row === undefined) return reply.code(404).send(refused('unknown_reference'));
    const data = await exportData(desk, reading, row);
    if (data === undefined) return reply.code(404).send(refused('unknown_desk'));
    const reader = readerOf(desk.setups, languageOf(language), desk.clock.now());
    return reply.type('text/html; charset=utf-8').send(exportPage(reader, data).toString());
  });
  return app;
}

function refused(error: Refused['error']): Refused {
  return { error };
}

/** A field of the body, where it is a text. */
function textIn({ body }: FastifyRequest, field: string): string {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[field] : undefined;
  return typeof given === 'string' ? given : '';
}

async function sourceFor({ store }: Desk, reading: JournalReading, reference: string | undefined) {
  if (reference === undefined) return wholeJournal(reading);
  const row = await store.byReference(reference);
  return row === undefined ? undefined : singleStream(reading, requestStream(row.id));
}

/**
 * Listens at a socket file that only its owner can open (0600). One that a dead process left behind is replaced. Throws
 * when somebody answers there, when something else than a socket has the name, or when the name is too long.
 */
export async function listenAt(app: FastifyInstance, path: string): Promise<void> {
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    throw new Error(
      `the path of the socket has more than ${LONGEST_PATH} bytes: start Tocsin in a folder with a shorter path`,
    );
  }
  await removeStale(path);
  // Nobody else may open it even for the moment between its making and the chmod.
  const before = process.umask(0o077);
  try {
    await app.listen({ path });
  } finally {
    process.umask(before);
  }
  await chmod(path, 0o600);
}

/** What fits into an address of a Unix socket everywhere. */
const LONGEST_PATH = 103;

async function removeStale(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error(`${path} is in the way: it is no socket; move it elsewhere`);
  if (await answers(path)) throw new Error(`another Tocsin answers at ${path}: stop it first`);
  await unlink(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
