import { mkdtempSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpointText } from '../../src/journal/checkpoint.ts';
import { readExport } from '../../src/journal/export.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import { listenAt } from '../../src/web/admin.ts';
import { AdminClient, NotRunning, Refused } from '../../src/web/admin-client.ts';
import { hashOf } from '../../src/web/signin/token.ts';
import { BODY, type House, openHouse, send } from './open-house.ts';

let house: House;
let admin: FastifyInstance;
let path: string;
let client: AdminClient;

beforeEach(async () => {
  house = await openHouse();
  path = join(mkdtempSync(join(tmpdir(), 'tocsin-')), 'tocsin.sock');
  client = new AdminClient(path);
  admin = house.admin();
});
afterEach(async () => {
  await admin.close();
  await house.close();
});

async function chunksOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

describe('the socket', () => {
  it('can be opened by its owner alone', async () => {
    await listenAt(admin, path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('replaces the one that a dead process left behind', async () => {
    const dead = createNetServer();
    await new Promise<void>((resolve) => dead.listen(path, resolve));
    // A process that was killed leaves its socket file; closing a server would remove it.
    const left = `${path}.left`;
    renameSync(path, left);
    await new Promise<void>((resolve) => dead.close(() => resolve()));
    renameSync(left, path);
    await listenAt(admin, path);
    expect(await client.status()).toMatchObject({ ready: true });
  });

  it('is not taken from a process that answers', async () => {
    await listenAt(admin, path);
    const second = house.admin();
    await expect(listenAt(second, path)).rejects.toThrow('another Tocsin answers');
    await second.close();
    expect(await client.status()).toMatchObject({ ready: true });
  });

  it('does not replace what is no socket, and says when its path is too long', async () => {
    writeFileSync(path, 'a file');
    await expect(listenAt(admin, path)).rejects.toThrow('it is no socket');
    await expect(listenAt(admin, `/tmp/${'x'.repeat(120)}`)).rejects.toThrow('more than');
  });
});

describe('the command line', () => {
  it('is told when nothing runs', async () => {
    await expect(client.status()).rejects.toThrow(NotRunning);
    writeFileSync(path, 'a file');
    await expect(client.status()).rejects.toThrow(NotRunning);
  });

  it('gets a single-use link for an officer, good for ten minutes', async () => {
    await listenAt(admin, path);
    const link = await client.link('ana');
    expect(link.expiresAt).toBe('2026-11-24T09:10:00.000Z');
    const token = link.path.split('/').at(-1) ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await house.store.sessions.useLink(hashOf(token), house.clock.now())).toBe('ana');
    expect(await house.store.sessions.useLink(hashOf(token), house.clock.now())).toBeUndefined();
    const refused = await client.link('nobody').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ code: 'unknown_officer' });
  });

  it('gets the whole journal, which proves itself against a checkpoint', async () => {
    await listenAt(admin, path);
    for (let n = 0; n < 3; n += 1) await send(house, { ...BODY, subject: `Journal ${n}` });
    const checkpoint = readCheckpointText(await client.checkpoint('root'));
    await send(house, { ...BODY, subject: 'After the checkpoint' });
    const chunks = await chunksOf(await client.journal());
    const report = await verifyJournal(readExport(chunks), checkpoint);
    expect(report).toMatchObject({ outcome: 'ok', streams: 5 });
    const second = readCheckpointText(await client.checkpoint('root'));
    expect(second?.streams).toBe(4);
    const taken = await house.store.entries('installation', second?.n ?? 0, 1);
    expect(JSON.parse(taken[0]?.body ?? '').actor).toEqual({ kind: 'shell', user: 'root' });
  });

  it('gets one request with the checkpoint that names it', async () => {
    await listenAt(admin, path);
    const { reference } = (await send(house, BODY)).json();
    await send(house, { ...BODY, subject: 'Another' });
    const checkpoint = readCheckpointText(await client.checkpoint('root'));
    const chunks = await chunksOf(await client.journal(reference));
    const report = await verifyJournal(readExport(chunks), checkpoint);
    expect(report).toMatchObject({ outcome: 'ok', streams: 1 });
    await expect(client.journal('T-2026-9999')).rejects.toMatchObject({ code: 'unknown_reference' });
  });

  it('gets more entries than are read at once', async () => {
    await listenAt(admin, path);
    const drafts = Array.from({ length: 1201 }, (_, n) => ({
      type: 'test.noted/1',
      actor: { kind: 'system' as const },
      data: { n },
    }));
    await house.store.step('rota/ncp', (step) =>
      step.save({ stream: 'rota/ncp', at: house.clock.now(), entries: drafts }),
    );
    const chunks = await chunksOf(await client.journal());
    expect((await verifyJournal(readExport(chunks))).outcome).toBe('ok');
    expect(
      Buffer.concat(chunks)
        .toString()
        .match(/"stream":"rota\/ncp"/g),
    ).toHaveLength(1201);
  });

  it('is told when it asks for something that is not there', async () => {
    await listenAt(admin, path);
    const answer = await admin.inject({
      method: 'POST',
      url: '/link',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.statusCode, answer.json()]).toEqual([400, { error: 'invalid' }]);
    expect((await admin.inject('/elsewhere')).json()).toEqual({ error: 'not_found' });
  });
});
