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

  it('are not those of channels of other desks', async () => {
    const state = await house.receive({ text: 'hello' });
    const events = await open('/events');
    await showOn(house.hub, 'a channel of another desk', state);
    await showOn(house.hub, PAGE, { ...state, id: 'own' });
    expect(await events.next()).toMatchObject({ data: 'own' });
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

  it('are for nobody without a session', async () => {
    const events = await EventReader.open(`${address}/events`, {});
    expect(events.status).toBe(401);
    events.close();
  });

  it('carry notices: the board shows what the rows do not say while the request is open', async () => {
    const state = await house.receive({ text: 'hello', urgency: 'emergency', grounds: ['life'] });
    const { shortId, urgency } = state;
    const events = await open('/events');
    const notice = { id: 'n1', code: 'stuck', shortId, urgency, at: house.clock.now() };
    house.hub.publish({ kind: 'notice', channel: PAGE, notice });
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
    expect(house.hub.isRead(PAGE)).toBe(false);
    const board = await open('/events');
    expect([PAGE, 'a channel of another desk'].map((channel) => house.hub.isRead(channel))).toEqual([true, false]);
    board.close();
    await expect.poll(() => house.hub.isRead(PAGE)).toBe(false);
    request.close();
  });

  it('tell the board when a pager has come to life', async () => {
    const events = await open('/events');
    house.hub.publish({ kind: 'pagers' });
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
