import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin, tempFolder } from '../support/process.ts';
import { emergency, shortDesk } from '../support/story-desk.ts';

const FIVE_SECONDS = 5000;

describe.concurrent('Ctrl-C', { timeout: 60_000 }, () => {
  it('finishes what is in flight within five seconds, whatever hangs', async () => {
    const folder = tempFolder();
    const desk = await Tocsin.start({ folder, yaml: shortDesk('10m') });
    const dan = await Officer.signIn(desk, 'dan');
    const pager = await dan.pager();
    pager.confirms = false;
    const { shortId, reference } = await desk.send(emergency('in-flight'));
    await pager.page(shortId);
    const upload = await halfSent(desk);
    const told = Date.now();
    desk.signal('SIGINT');
    const { code } = await desk.ended;
    expect(Date.now() - told).toBeLessThan(FIVE_SECONDS);
    expect(code).toBe(0);
    upload.destroy();

    await using next = await Tocsin.start({ folder });
    const again = await (await Officer.signIn(next, 'dan')).pager();
    await again.page(shortId);
    expect((await next.journal(reference)).map(({ type }) => type)).not.toContain('request.acknowledged/1');
  });

  it('a second time ends at once', async () => {
    await using desk = await Tocsin.start({ yaml: shortDesk('10m') });
    const pager = await (await Officer.signIn(desk, 'dan')).pager();
    pager.confirms = false;
    await pager.page((await desk.send(emergency('twice'))).shortId);
    desk.signal('SIGINT');
    await desk.saying(/Finishing what is in flight/);
    const told = Date.now();
    desk.signal('SIGINT');
    expect((await desk.ended).code).toBe(130);
    expect(Date.now() - told).toBeLessThan(1000);
  });
});

describe('what is said', { timeout: 60_000 }, () => {
  it('may be read by nobody any more: the desk runs on', async () => {
    await using desk = await Tocsin.start({ yaml: shortDesk('10m') });
    desk.stopListening();
    desk.signal('SIGHUP');
    desk.signal('SIGHUP');
    const { reference } = await desk.send(emergency('unheard'));
    expect(reference).toMatch(/^T-/);
    desk.signal('SIGTERM');
    expect((await desk.ended).code).toBe(0);
  });
});

/** A sender that stops in the middle of its body. */
async function halfSent(desk: Tocsin) {
  const { port } = new URL(desk.address);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const head = ['POST /api/v1/requests HTTP/1.1', `Host: 127.0.0.1:${port}`, `Authorization: Bearer ${desk.token}`];
  socket.write([...head, 'Content-Type: application/json', 'Content-Length: 100', '', '{"subject":'].join('\r\n'));
  return socket;
}
