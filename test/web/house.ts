import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readRevision, SOCKET } from '../../src/cli/configuration.ts';
import { canonical } from '../../src/config/canonical.ts';
import { parseConfig } from '../../src/config/read.ts';
import type { Offer, Offered } from '../../src/desk/configuration.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { type StartOptions, startTocsin } from '../../src/main.ts';
import { AdminClient } from '../../src/web/admin-client.ts';
import { createLog } from '../../src/web/log.ts';

const TOKEN = 'token-of-the-browser-story';

/** Dan is always on duty, Ana is the head behind him; nothing happens by itself while a story is told. */
const FILE = `
officers:
  - { id: ana, name: Ana Example, languages: [en, fr], methods: [{ type: pager }] }
  - { id: dan, name: Dan Sample, languages: [en], methods: [{ type: pager }] }
  - { id: eva, name: Eva Specimen, languages: [en], methods: [{ type: pager }] }
desks:
  - id: ncp
    name: Contact point of Demoland
    letters: T
    time_zone: Europe/Bucharest
    languages: [en, fr]
    officers: [{ id: ana, role: head }, dan, eva]
    rota: { type: weekly, start: 2026-01-05, handover: { weekday: MO, time: "08:00" }, order: [dan] }
    policies:
      emergency:
        steps:
          - { page: [on_duty], window: 20m }
          - { page: [{ role: head }], window: 20m }
    sources:
      - { id: exampleland, name: 24/7 Contact Point of Exampleland, network: CoE, country: XX, token_sha256: ${createHash('sha256').update(TOKEN).digest('hex')} }
`;

export type TestHouse = {
  readonly address: string;
  /** Where it runs: the command line finds it from here. */
  readonly folder: string;
  readonly desk: Desk;
  /** Offers it as SIGHUP does; nothing means the file that runs already. */
  apply(offer?: Offer): Promise<Offered>;
  /** Takes a checkpoint as the command line does. */
  checkpoint(): Promise<string>;
  /** A link by which this officer signs in. */
  link(officer: string): Promise<string>;
  /** Hands a request in as the desk's one source; answers what intake answered. */
  send(request: object): Promise<{ readonly reference: string; readonly shortId: string }>;
  stop(): Promise<void>;
};

/** All of Tocsin in this process: store, engine, server and pager, on a free port and in a folder of its own. */
export async function testHouse(
  more: Pick<StartOptions, 'closings'> = {},
  /** Works on its store before it starts, as a process did that died. */
  before?: (database: string) => Promise<void>,
): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-house-'));
  const parsed = parseConfig(FILE, 'tocsin.yaml', { tokens: {} });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const socket = join(folder, SOCKET);
  mkdirSync(dirname(socket));
  const text = canonical(parsed.config);
  const database = `file:${join(folder, 'tocsin.db')}`;
  await before?.(database);
  const running = await startTocsin({
    database,
    port: 0,
    socket,
    offer: { text },
    author: { kind: 'system' },
    read: readRevision,
    version: '0.0.0',
    log: createLog({ level: 'error' }),
    ...more,
  });
  const { address, desk } = running;
  const admin = new AdminClient(socket);
  return {
    address,
    folder,
    desk,
    apply: (offer = { text }) => running.apply(offer, { kind: 'system' }),
    checkpoint: () => admin.checkpoint('root'),
    link: async (officer) => (await admin.link(officer)).url,
    send: async (request) => {
      const answer = await fetch(`${address}/api/v1/requests`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify(request),
      });
      if (answer.status !== 201) throw new Error(`intake answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as { reference: string; shortId: string };
    },
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
