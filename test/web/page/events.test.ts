import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, SECOND } from '../../../rota/instant.ts';
import { act } from '../../../src/desk/act.ts';
import { EventReader } from '../../support/event-reader.ts';
import { type PageDesk, pageDesk, showOn, type Visitor } from '../../support/page-desk.ts';

let house: PageDesk;
let address: string;
let ana: Visitor;

beforeAll(async () => {
  house = await pageDesk();
  address = await house.listen();
  ana = await house.signIn('ana');
});
afterAll(() => house.close());

/** After what every connection begins with. */
async function open(path: string, who = ana): Promise<EventReader> {
  const events = await EventReader.open(`${address}${path}`, { cookie: who.cookie });
  expect(await events.next()).toMatchObject({ event: 'changed', data: '' });
  expect(await events.next()).toMatchObject({ event: 'house', data: '' });
  return events;
}
const PAGE = 'page';
const DESK = ['ncp'];

describe('the events of the desk page', () => {
  it('say which request changed, once for each change, and nothing of it', async () => {
    const state = await house.receive({ text: 'secret words' });
    const events = await open('/events');
    await showOn(house.hub, PAGE, state);
    await showOn(house.hub, PAGE, { ...state, id: 'other' });
    expect(await events.next()).toMatchObject({ event: 'changed', data: state.id });
    expect(await events.next()).toMatchObject({ event: 'changed', data: 'other' });
    events.close();
  });

  it('can be asked for one request only', async () => {
    const state = await house.receive({ text: 'hello' });
    const events = await open(`/events?request=${state.id}`);
    await showOn(house.hub, PAGE, { ...state, id: 'other' });
    await showOn(house.hub, PAGE, state);
    expect(await events.next()).toMatchObject({ event: 'changed', data: state.id });
    events.close();
  });

  it('begin with a change: the window may have missed one since its page was served', async () => {
    (await open('/events')).close();
  });

  it('are not those of other desks whose page has the same id, until one asks this desk for help', async () => {
    const state = await house.receive({ text: 'hello' }, { desk: 'night', source: 'night-ncb' });
    const { id } = await house.receive({ text: 'own' });
    const own = await open(`/events?request=${id}`);
    const foreign = await open(`/events?request=${state.id}`);
    const events = await open('/events');
    await showOn(house.hub, PAGE, state);
    const notice = { id: 'n0', code: 'step', desks: ['night'], shortId: state.shortId, at: house.clock.now() };
    house.hub.publish({ kind: 'notice', desks: notice.desks, notice });
    house.hub.publish({ kind: 'pagers', desks: ['night'] });
    await showOn(house.hub, PAGE, { ...state, id: 'asked', pagedDesks: ['ncp'] });
    house.hub.publish({ kind: 'house' });
    expect(await events.next()).toMatchObject({ event: 'changed', data: 'asked' });
    for (const window of [own, foreign, events]) {
      expect(await window.next()).toMatchObject({ event: 'house' });
      window.close();
    }
  });

  it('of one request go to whoever was paged for it by name, of whichever desk', async () => {
    const { id } = await house.receive({ text: 'hello' }, { desk: 'night', source: 'night-ncb' });
    await act(house.desk, id, 'reassign', { to: 'eva' }, 'dan');
    const row = await house.store.request(id);
    if (row === undefined) throw new Error('no request');
    const eva = await house.signIn('eva');
    const events = await open(`/events?request=${id}`, eva);
    await showOn(house.hub, PAGE, { ...row.state, desk: 'a desk that eva is not in' });
    expect(await events.next()).toMatchObject({ event: 'changed', data: id });
    events.close();
  });

  it('beat each 15 s while the session holds, and end with it', async () => {
    const dan = await house.signIn('dan');
    const events = await open('/events', dan);
    await house.timers.pass(15 * SECOND);
    expect(await events.next()).toMatchObject({ event: 'beat' });
    await dan.post('/signout');
    await house.timers.pass(15 * SECOND);
    expect(await events.next()).toBeUndefined();
  });

  it('go on for a window that answers its beats, and end for one that does not', async () => {
    const events = await open('/events');
    for (const _beat of [1, 2, 3]) {
      await house.timers.pass(15 * SECOND);
      const beat = await events.next();
      expect(beat).toMatchObject({ event: 'beat' });
      expect((await ana.post('/events/beat', { window: beat?.data ?? '' })).statusCode).toBe(204);
      expect((await (await house.signIn('dan')).post('/events/beat', { window: beat?.data ?? '' })).statusCode).toBe(
        410,
      );
    }
    expect(house.hub.isRead(DESK)).toBe(true);
    await house.timers.pass(15 * SECOND);
    await house.timers.pass(15 * SECOND);
    expect(await events.next()).toMatchObject({ event: 'beat' });
    expect(await events.next()).toBeUndefined();
    await expect.poll(() => house.hub.isRead(DESK)).toBe(false);
  });

  it('leave nobody behind who went away before they began', async () => {
    const { hostname, port } = new URL(address);
    for (let i = 0; i < 20; i++) {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(`GET /events HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${ana.cookie}\r\n\r\n`);
      socket.resetAndDestroy();
    }
    const board = await open('/events');
    board.close();
    await expect.poll(() => house.hub.isRead(DESK)).toBe(false);
  });

  it('are for nobody without a session', async () => {
    const events = await EventReader.open(`${address}/events`, {});
    expect(events.status).toBe(401);
    events.close();
  });

  it('carry notices: the board shows what the rows do not say while the request is open', async () => {
    const state = await house.receive({ text: 'hello', urgency: 'emergency', grounds: ['life'] });
    const { shortId, urgency } = state;
    const events = await open('/events');
    const notice = { id: 'n1', code: 'stuck', desks: DESK, shortId, urgency, at: house.clock.now() };
    house.hub.publish({ kind: 'notice', desks: DESK, notice });
    expect(await events.next()).toMatchObject({ event: 'changed' });
    events.close();
    const banner = `Tocsin cannot process ${shortId}.`;
    expect((await ana.get('/board')).body).toContain(banner);
    await act(house.desk, state.id, 'acknowledge', {}, 'ana');
    expect((await ana.get('/board')).body).not.toContain(banner);
  });

  it('of the board are what somebody reads the channel by; those of one request are not', async () => {
    const state = await house.receive({ text: 'hello' });
    const request = await open(`/events?request=${state.id}`);
    expect(house.hub.isRead(DESK)).toBe(false);
    const board = await open('/events');
    expect([DESK, ['night'], ['night', ...DESK]].map((desks) => house.hub.isRead(desks))).toEqual([true, false, true]);
    board.close();
    await expect.poll(() => house.hub.isRead(DESK)).toBe(false);
    request.close();
  });

  it('tell the board when a pager has come to life', async () => {
    const events = await open('/events');
    house.hub.publish({ kind: 'pagers', desks: DESK });
    expect(await events.next()).toMatchObject({ event: 'changed', data: '' });
    events.close();
  });

  it('end when the server closes', async () => {
    const closing = await pageDesk();
    const eva = await closing.signIn('eva');
    const events = await EventReader.open(`${await closing.listen()}/events`, { cookie: eva.cookie });
    expect([(await events.next())?.event, (await events.next())?.event]).toEqual(['changed', 'house']);
    const next = events.next().catch(() => undefined);
    await closing.close();
    expect(await next).toBeUndefined();
  });

  it('are over for a session that has run out', async () => {
    const eva = await house.signIn('eva');
    const events = await open('/events', eva);
    house.clock.set(house.clock.now() + 12 * HOUR);
    await house.timers.pass(15 * SECOND);
    expect(await events.next()).toBeUndefined();
  });
});
