import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRevision } from '../../src/cli/configuration.ts';
import { canonical } from '../../src/config/canonical.ts';
import { parseConfig } from '../../src/config/read.ts';
import { demoConfiguration } from '../../src/demo/desk.ts';
import { startTocsin } from '../../src/main.ts';
import { AdminClient } from '../../src/web/admin-client.ts';
import { createLog } from '../../src/web/log.ts';

const TOKEN = 'token-of-the-browser-story';

export type TestHouse = {
  readonly address: string;
  /** A link by which this officer signs in. */
  link(officer: string): Promise<string>;
  /** Hands a request in as the demo's source; answers what intake answered. */
  send(request: object): Promise<{ readonly reference: string; readonly shortId: string }>;
  stop(): Promise<void>;
};

/** The real process's inside on the demo desk: store, engine, server, pager, on any free port and in a folder of its own. */
export async function testHouse(): Promise<TestHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-house-'));
  const parsed = parseConfig(demoConfiguration(TOKEN), 'demo', { tokens: {} });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const socket = join(folder, 'tocsin.sock');
  const running = await startTocsin({
    database: `file:${join(folder, 'tocsin.db')}`,
    port: 0,
    socket,
    configuration: canonical(parsed.config),
    author: { kind: 'system' },
    read: readRevision,
    version: '0.0.0',
    log: createLog({ level: 'error' }),
  });
  const { address } = running;
  const admin = new AdminClient(socket);
  return {
    address,
    link: async (officer) => `${address}${(await admin.link(officer)).path}`,
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
