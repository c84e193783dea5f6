import { once } from 'node:events';
import { connect } from 'node:net';
import type { FastifyPluginAsync } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { BODY, bearer, get, type House, openHouse, REQUESTS, send } from './open-house.ts';

let house: House;
afterEach(() => house.close());

const SECRET = 'marker-9d27';

/** A page that fails, one that never ends, and one that waits until it is let go. */
function pages(released: Promise<void>, entered: () => void = () => undefined): FastifyPluginAsync {
  return async (app) => {
    app.get('/fails', async () => {
      throw new Error(`a fault with ${SECRET} in its text`);
    });
    app.get('/events', (request, reply) => {
      reply.hijack();
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.raw.write(': hello\n\n');
      request.raw.on('close', () => reply.raw.end());
    });
    app.get('/slow', async () => {
      entered();
      await released;
      return { done: true };
    });
  };
}

const never = new Promise<void>(() => undefined);

describe('every answer', () => {
  it('carries the headers that keep its content where it belongs', async () => {
    house = await openHouse({ pages: [pages(never)] });
    const answers = [
      await send(house, BODY),
      await get(house, '/readyz'),
      await get(house, '/nowhere'),
      await get(house, '/fails'),
    ];
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe-inline');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('to a fault of ours tells an id that the log has once, and nothing else of it', async () => {
    house = await openHouse({ pages: [pages(never)] });
    const answer = await get(house, '/fails');
    expect(answer.statusCode).toBe(500);
    const { error } = answer.json();
    expect(error).toMatchObject({ code: 'internal', id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(answer.body).not.toContain(SECRET);
    expect(answer.body).not.toContain('server.test');
    const told = house.lines.filter((line) => line.includes(error.id) && JSON.parse(line).level === 'error');
    expect(told).toHaveLength(1);
    const { err } = JSON.parse(told[0] ?? '');
    expect(err.type).toBe('Error');
    expect(err.at[0]).toContain('server.test.ts');
    expect(house.lines.join('')).not.toContain(SECRET);
  });

  it('to an address that is none says so in the reader’s language', async () => {
    house = await openHouse();
    const answer = await get(house, '/api/v1/%zz', { 'accept-language': 'fr' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.message).toContain('Il n’y a rien');
    expect(answer.headers['content-security-policy']).toBeDefined();
    expect(answer.body).not.toContain('zz');
  });

  it('to an address that is none is a page for a browser, and stays JSON for a program', async () => {
    house = await openHouse();
    for (const url of ['/nope', '/api/v1/%zz']) {
      const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-language': 'fr' };
      const page = await get(house, url, browser);
      expect([url, page.statusCode, page.headers['content-type']]).toEqual([url, 404, 'text/html; charset=utf-8']);
      expect(page.body).toContain('Il n’y a rien ici pour vous');
      expect(page.body).toContain('<a href="/">');
      expect((await get(house, url, { accept: '*/*' })).json().error.code).toBe('not_found');
    }
  });

  it('is told in the log when it says no; what succeeds is told at debug only', async () => {
    house = await openHouse();
    await get(house, '/healthz');
    await send(house, BODY);
    await get(house, '/nowhere');
    const told = house.lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');
    expect(told.map(({ level, status }) => [level, status])).toEqual([
      ['debug', 200],
      ['debug', 201],
      ['info', 404],
    ]);
  });
});

describe('a foreign name in Host', () => {
  it.each(['evil.example', 'evil.example:80', 'localhost:8421', '127.0.0.1.evil.example', 'localhost@evil.example'])(
    'is turned away: %s',
    async (host) => {
      house = await openHouse();
      for (const url of ['/healthz', '/metrics', '/nowhere', REQUESTS]) {
        const answer = await house.app.inject({ method: 'GET', url, headers: { host, ...bearer() } });
        expect([url, answer.statusCode, answer.json().error.code]).toEqual([url, 421, 'wrong_host']);
      }
    },
  );

  it.each(['localhost', 'localhost:80', '127.0.0.1:80', '[::1]:80', 'LOCALHOST:80'])('is not %s', async (host) => {
    house = await openHouse();
    expect((await get(house, '/healthz', { host })).statusCode).toBe(200);
  });

  it('is held against the port that is really listened to', async () => {
    house = await openHouse();
    const address = await house.app.listen({ host: '127.0.0.1', port: 0 });
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    const port = Number(new URL(address).port);
    const socket = connect(port, '127.0.0.1');
    socket.end(`GET /healthz HTTP/1.1\r\nHost: localhost:${port + 1}\r\nConnection: close\r\n\r\n`);
    const [chunk] = await once(socket, 'data');
    expect(String(chunk)).toContain('421');
  });
});

describe('a server that closes', () => {
  it('ends what is in flight, and does not wait for event streams', async () => {
    const released = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    house = await openHouse({ pages: [pages(released.promise, entered.resolve)] });
    const address = await house.app.listen({ host: '127.0.0.1', port: 0 });
    const events = await fetch(`${address}/events`);
    const slow = fetch(`${address}/slow`);
    await entered.promise;
    const closing = house.app.close();
    released.resolve();
    expect(await (await slow).json()).toEqual({ done: true });
    await closing;
    await expect(events.text()).rejects.toThrow();
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });
});
