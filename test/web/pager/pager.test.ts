import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../rota/instant.ts';
import { act } from '../../../src/desk/act.ts';
import type { PageMessage } from '../../../src/ports/method.ts';
import type { RequestState } from '../../../src/request/state.ts';
import { PagerMethod } from '../../../src/web/pager/method.ts';
import { TUESDAY } from '../../support/desk.ts';
import { EventReader } from '../../support/event-reader.ts';
import { type PageDesk, pageDesk, showOn, type Visitor } from '../../support/page-desk.ts';

let house: PageDesk;
let address: string;
let dan: Visitor;
const opened: EventReader[] = [];

beforeEach(async () => {
  house = await pageDesk();
  address = await house.listen();
  dan = await house.signIn('dan');
});
afterEach(async () => {
  for (const events of opened.splice(0)) events.close();
  await house.close();
});

/** The pager of an officer, as its script sees it. */
async function pager(who: Visitor) {
  const events = await EventReader.open(`${address}/pager/events`, { cookie: who.cookie });
  opened.push(events);
  const hello = await events.next();
  const { pager: id } = JSON.parse(hello?.data ?? '{}') as { pager: string };
  const next = async () => {
    const event = await events.next();
    return { event: event?.event, ...(JSON.parse(event?.data ?? '{}') as Record<string, unknown>) };
  };
  return { id, next };
}

const never = new AbortController().signal;

function page(officer: string, { shortId, urgency }: RequestState, more: Partial<PageMessage> = {}): PageMessage {
  const at = house.clock.now();
  return {
    id: `to ${officer}`,
    attempt: 1,
    officer,
    address: officer,
    shortId,
    urgency,
    reason: 'step',
    requests: 1,
    at,
    ...more,
  };
}

const emergency = () => house.receive({ text: 'secret words', urgency: 'emergency', grounds: ['life'] });
const json = (body: string) => JSON.parse(body) as { settled: boolean; left?: string[]; lines: string[] };

describe('the pager', () => {
  it('gets a page in finished words without a word of the case, and its confirmation hands it over', async () => {
    const { next } = await pager(dan);
    const state = await emergency();
    const sent = new PagerMethod(house.pagers).send(page('dan', state), never);
    const shown = await next();
    expect(shown).toEqual({
      event: 'page',
      id: 'to dan',
      shortId: state.shortId,
      urgency: 'emergency',
      title: 'Emergency',
      at: TUESDAY,
      why: '',
      count: '',
      time: '11:00',
    });
    expect((await dan.post('/pager/confirm', { id: 'to dan' })).statusCode).toBe(204);
    expect(await sent).toEqual({ result: 'handed_over' });
  });

  it('acknowledges by short id; who else has it ringing is told who took it', async () => {
    const ana = await house.signIn('ana');
    const [danPager, anaPager] = [await pager(dan), await pager(ana)];
    const state = await emergency();
    const method = new PagerMethod(house.pagers);
    void method.send(page('dan', state), never);
    void method.send(page('ana', state), never);
    await danPager.next();
    await anaPager.next();
    const answer = await dan.post('/pager/ack', { shortId: state.shortId });
    expect(json(answer.body)).toEqual({ settled: true, lines: [`You have ${state.shortId}.`] });
    expect(await danPager.next()).toMatchObject({ event: 'quiet', line: `${state.shortId} is yours.` });
    const row = await house.store.request(state.id);
    expect(row).toMatchObject({ status: 'acknowledged', owner: 'dan' });
    await showOn(house.hub, 'page', state);
    expect(await anaPager.next()).toEqual({
      event: 'quiet',
      shortId: state.shortId,
      line: `${state.shortId} was taken by Dan Example.`,
    });
  });

  it('that is recalled by the engine says who has it, not only that it is over', async () => {
    const { next } = await pager(dan);
    const state = await emergency();
    const method = new PagerMethod(house.pagers);
    void method.send(page('dan', state), never);
    await next();
    await act(house.desk, state.id, 'acknowledge', {}, 'ana');
    await method.recall(page('dan', state));
    expect(await next()).toMatchObject({ event: 'quiet', line: `${state.shortId} was taken by Ana Example.` });
  });

  it('of the second says who was first, and counts nothing', async () => {
    const ana = await house.signIn('ana');
    const { shortId, id } = await emergency();
    await ana.post('/pager/ack', { shortId });
    const answer = await dan.post('/pager/ack', { shortId });
    expect(json(answer.body)).toEqual({
      settled: true,
      lines: [`${shortId}: Ana Example has it, since 11:00.`],
    });
    expect((await house.store.request(id))?.owner).toBe('ana');
  });

  it('passes; a pass that is refused goes on ringing', async () => {
    const { shortId, id } = await emergency();
    const passed = await dan.post('/pager/pass', { shortId });
    expect(json(passed.body)).toEqual({
      settled: true,
      lines: [`Passed: ${shortId}. Somebody else is paged.`],
    });
    const state = (await house.store.request(id))?.state;
    expect(state?.status === 'open' && state.escalation.passed).toEqual(['dan']);
    const other = await emergency();
    const eva = await house.signIn('eva');
    const refused = json((await eva.post('/pager/pass', { shortId: other.shortId })).body);
    expect(refused.settled).toBe(false);
    expect(refused.left).toEqual([other.shortId]);
    expect(refused.lines[0]).toContain('nothing to pass');
  });

  it('goes on ringing when something else changes', async () => {
    const { next } = await pager(dan);
    const state = await emergency();
    void new PagerMethod(house.pagers).send(page('dan', state), never);
    await next();
    await act(house.desk, state.id, 'note', { text: 'still open' }, 'ana');
    await showOn(house.hub, 'page', state);
    await house.timers.pass(10 * SECOND);
    expect(await next()).toEqual({ event: 'tick' });
    expect(house.pagers.ringing('dan')).toHaveLength(1);
  });

  it('shows a page about a clock although the request has an owner, and why, until it is answered', async () => {
    const { next } = await pager(dan);
    const state = await emergency();
    await act(house.desk, state.id, 'acknowledge', {}, 'dan');
    void new PagerMethod(house.pagers).send(page('dan', state, { reason: 'clock' }), never);
    expect(await next()).toMatchObject({ event: 'page', why: 'A clock is nearly due or over' });
    await showOn(house.hub, 'page', state);
    await house.timers.pass(10 * SECOND);
    expect(await next()).toEqual({ event: 'tick' });
    await dan.post('/pager/ack', { shortId: state.shortId });
    expect(await next()).toMatchObject({ event: 'quiet' });
  });

  it('that comes back is not rung for what was answered meanwhile', async () => {
    const first = await pager(dan);
    const state = await emergency();
    void new PagerMethod(house.pagers).send(page('dan', state), never);
    await first.next();
    await act(house.desk, state.id, 'acknowledge', {}, 'ana');
    const second = await pager(dan);
    await house.timers.pass(10 * SECOND);
    expect(await second.next()).toEqual({ event: 'tick' });
  });

  it('beats; one that the server does not know is sent away to come back', async () => {
    const { id } = await pager(dan);
    house.clock.set(house.clock.now() + MINUTE);
    expect(house.pagers.isListening('dan')).toBe(false);
    expect((await dan.post('/pager/beat', { pager: id, visible: 'true', sound: 'false' })).statusCode).toBe(204);
    expect(house.pagers.isListening('dan')).toBe(true);
    expect((await dan.post('/pager/beat', { pager: id, visible: 'false', sound: 'false' })).statusCode).toBe(204);
    expect(house.pagers.isListening('dan')).toBe(false);
    expect((await dan.post('/pager/beat', { pager: 'unknown', visible: 'true', sound: 'true' })).statusCode).toBe(410);
  });

  it('of another officer cannot confirm or beat for this one', async () => {
    const { id } = await pager(dan);
    const eva = await house.signIn('eva');
    expect((await eva.post('/pager/beat', { pager: id, visible: 'true', sound: 'true' })).statusCode).toBe(410);
    const sent = new PagerMethod(house.pagers).send(page('dan', await emergency()), never);
    await eva.post('/pager/confirm', { id: 'to dan' });
    await house.timers.pass(5 * SECOND);
    expect(await sent).toEqual({ result: 'temporary', code: 'not_confirmed' });
  });

  it('ends with its session', async () => {
    const { next } = await pager(dan);
    await dan.post('/signout');
    await house.timers.pass(10 * SECOND);
    expect(await next()).toEqual({ event: 'end' });
    expect((await next()).event).toBeUndefined();
    expect(house.pagers.isListening('dan')).toBe(false);
  });

  it('says a short id that is unknown back, and nothing else happens', async () => {
    const answer = await dan.post('/pager/ack', { shortId: 'ZZZZ' });
    expect(json(answer.body)).toEqual({ settled: true, lines: ['ZZZZ is not known here.'] });
  });

  it('has no case in its page and says that it must stay open', async () => {
    await emergency();
    const { body } = await dan.get('/pager');
    expect(body).toContain('This page must stay open');
    expect(body).not.toContain('secret words');
    expect(body).toContain('<title>Pager · Tocsin</title>');
  });
});
