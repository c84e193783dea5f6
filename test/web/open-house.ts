import type { FastifyInstance, FastifyPluginAsync, InjectOptions } from 'fastify';
import { createMailReader } from '../../adapters/mail/mail-reader.ts';
import { Checkpoints } from '../../src/desk/checkpoints.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { Limit } from '../../src/paging/policy.ts';
import type { MailReader } from '../../src/ports/mail-reader.ts';
import { createAdmin } from '../../src/web/admin.ts';
import type { HealthParts } from '../../src/web/health.ts';
import { MailIntake } from '../../src/web/intake/mail.ts';
import { Rate } from '../../src/web/intake/rate.ts';
import type { Source } from '../../src/web/intake/source.ts';
import { createLog } from '../../src/web/log.ts';
import { createMetrics, type Metrics } from '../../src/web/metrics.ts';
import { createServer } from '../../src/web/server.ts';
import { type TestDesk, TOKENS, testDesk } from '../support/desk.ts';

export type House = TestDesk & {
  readonly app: FastifyInstance;
  readonly mail: MailIntake;
  readonly metrics: Metrics;
  readonly sources: readonly Source[];
  /** Lines of the log so far. */
  readonly lines: readonly string[];
  readonly admin: () => FastifyInstance;
  /** How often the engine was told to look. */
  readonly nudges: () => number;
  readonly close: () => Promise<void>;
};

export type HouseOptions = {
  readonly rate?: readonly Limit[];
  readonly reader?: MailReader;
  /** Stands between the web and the store. */
  readonly through?: (desk: Desk) => Desk;
  readonly health?: Partial<HealthParts>;
  /** Which of its sources intake knows, each time it looks. */
  readonly sources?: (all: readonly Source[]) => readonly Source[];
  readonly pages?: readonly FastifyPluginAsync[];
};

/** The server for the fictional desk, without an engine, on a real store and with a real mail reader. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const made = await testDesk();
  const { store, clock, config } = made;
  const desk = options.through?.(made.desk) ?? made.desk;
  const lines: string[] = [];
  const log = createLog({ level: 'trace', to: { write: (line: string) => void lines.push(line) } });
  const sources = config.desks.flatMap((one) => one.sources.map((source) => ({ ...source, desk: one.id })));
  const reader = options.reader ?? createMailReader({ now: () => clock.now() });
  const onFault = (error: unknown) => log.error({ work: 'inbox', err: error }, 'fault');
  const mail = new MailIntake({ desk, inbox: store, reader, sources: () => sources, onFault });
  const metrics = createMetrics(async () => store.count(['ncp'], ['open']));
  const health: HealthParts = {
    nodes: store,
    queue: store,
    clock,
    lastBeat: () => clock.now(),
    configuration: () => ({ revision: 1, unapplied: undefined }),
    ...options.health,
  };
  const reading = { register: store, installation: store.installation.id, pause: async () => undefined };
  const checkpoints = new Checkpoints(desk, reading, () => undefined);
  let nudges = 0;
  const known = options.sources ?? ((all: readonly Source[]) => all);
  const intake = {
    desk,
    sources: () => known(sources),
    mail,
    rate: new Rate(options.rate ?? []),
    nudge: () => void nudges++,
  };
  const app = await createServer({ intake, health, metrics, log, version: '0.1.0', pages: options.pages ?? [] });
  const { sessions, installation } = store;
  return {
    ...made,
    desk,
    app,
    mail,
    metrics,
    sources,
    lines,
    admin: () =>
      createAdmin({
        desk,
        sessions,
        installation: installation.id,
        checkpoint: (actor) => checkpoints.take(actor),
        health,
        log,
        version: '0.1.0',
        address: () => 'http://127.0.0.1:8420',
      }),
    nudges: () => nudges,
    close: async () => {
      await app.close();
      await reader.close();
      await store.close();
    },
  };
}

export const REQUESTS = '/api/v1/requests';

export const BODY = {
  kind: 'preservation',
  urgency: 'urgent',
  sender: { organisation: 'Cybercrime Unit of Examplia', country: 'XZ' },
  subject: 'Preservation of traffic data',
  items: { data: 'Traffic data of the address', necessity: 'Logs are deleted after seven days' },
  identifiers: [{ type: 'ip', value: '8.8.4.4', at: '2026-11-20T10:00:00Z' }],
};

type Headers = Readonly<Record<string, string>>;

export function bearer(source: keyof typeof TOKENS = 'ncb'): { authorization: string } {
  return { authorization: `Bearer ${TOKENS[source]}` };
}

/** Sends a request in JSON; a text or bytes go as they are. */
export function send(house: House, body: unknown, headers: Headers = {}) {
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const how: InjectOptions = {
    method: 'POST',
    url: REQUESTS,
    payload,
    headers: { 'content-type': 'application/json', ...bearer(), ...headers },
  };
  return house.app.inject(how);
}

export function get(house: House, url: string, headers: Headers = bearer()) {
  return house.app.inject({ method: 'GET', url, headers });
}
