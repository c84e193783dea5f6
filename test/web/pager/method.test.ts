import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../rota/instant.ts';
import type { PageMessage } from '../../../src/ports/method.ts';
import { type PagerEvent, PagerHub } from '../../../src/web/pager/hub.ts';
import { PagerMethod } from '../../../src/web/pager/method.ts';
import { SetClock } from '../../support/crank.ts';
import { TUESDAY } from '../../support/desk.ts';
import { HandTimers, settled } from '../../support/hand-timers.ts';

const PAGE: PageMessage = {
  id: 'd1',
  attempt: 1,
  officer: 'ana',
  address: 'ana',
  shortId: 'K7Q2',
  urgency: 'emergency',
  reason: 'step',
  requests: 1,
  at: TUESDAY,
};
const never = new AbortController().signal;

let clock: SetClock;
let timers: HandTimers;
let hub: PagerHub;
let method: PagerMethod;

beforeEach(() => {
  clock = new SetClock(TUESDAY);
  timers = new HandTimers(clock);
  hub = new PagerHub(clock, timers);
  method = new PagerMethod(hub);
});

/** A pager that only listens; what it was told. */
function open(officer = 'ana', pager = 'p1') {
  const told: PagerEvent[] = [];
  const leave = hub.connect(officer, pager, (event) => told.push(event));
  return { told, leave };
}

const beats = (visible: boolean, sound: boolean) => hub.beat('ana', 'p1', { visible, sound });

describe('a page by pager', () => {
  it('is handed over once the pager confirms that it shows this very page', async () => {
    const { told } = open();
    const sent = method.send(PAGE, never);
    expect(told).toMatchObject([
      { type: 'page', page: { id: 'd1', shortId: 'K7Q2', urgency: 'emergency', requests: 1 } },
    ]);
    await timers.pass(4 * SECOND);
    hub.confirm('ana', 'another page');
    hub.confirm('dan', 'd1');
    await settled();
    hub.confirm('ana', 'd1');
    expect(await sent).toEqual({ result: 'handed_over' });
  });

  it('that is confirmed too late, or never, was not delivered', async () => {
    open();
    const sent = method.send(PAGE, never);
    await timers.pass(5 * SECOND);
    hub.confirm('ana', 'd1');
    expect(await sent).toEqual({ result: 'temporary', code: 'not_confirmed' });
  });

  it('carries nothing but urgency, short id, reason, time and number', async () => {
    const { told } = open();
    void method.send(PAGE, never);
    const [event] = told;
    expect(event?.type === 'page' && Object.keys(event.page).sort()).toEqual(
      ['at', 'id', 'reason', 'requests', 'shortId', 'urgency'].sort(),
    );
  });

  it('fails at once when no pager of the officer is connected', async () => {
    open('dan');
    expect(await method.send(PAGE, never)).toEqual({ result: 'temporary', code: 'not_connected' });
    const { leave } = open();
    leave();
    expect(await method.send(PAGE, never)).toEqual({ result: 'temporary', code: 'not_connected' });
  });

  it('fails at once when the last beat is older than 25 s', async () => {
    open();
    clock.set(TUESDAY + 25 * SECOND);
    expect(hub.isListening('ana')).toBe(true);
    clock.set(TUESDAY + 25 * SECOND + 1);
    expect(await method.send(PAGE, never)).toEqual({ result: 'temporary', code: 'not_connected' });
    expect(beats(true, true)).toBe(true);
    expect(hub.isListening('ana')).toBe(true);
  });

  it('fails at once when the pager can be neither seen nor heard', async () => {
    open();
    beats(false, true);
    expect(hub.isListening('ana')).toBe(true);
    beats(true, false);
    expect(hub.isListening('ana')).toBe(true);
    beats(false, false);
    expect(await method.send(PAGE, never)).toEqual({ result: 'temporary', code: 'not_connected' });
  });

  it('goes to the address where it names no officer (the handset of the duty)', async () => {
    const { told } = open('handset');
    const { officer: _nobody, ...page } = PAGE;
    const sent = method.send({ ...page, address: 'handset' }, never);
    expect(told).toHaveLength(1);
    hub.confirm('handset', 'd1');
    expect(await sent).toEqual({ result: 'handed_over' });
  });

  it('rings on every pager of the officer; one that confirms is enough', async () => {
    const [first, second] = [open('ana', 'p1'), open('ana', 'p2')];
    const sent = method.send(PAGE, never);
    expect([first.told.length, second.told.length]).toEqual([1, 1]);
    hub.confirm('ana', 'd1');
    expect(await sent).toEqual({ result: 'handed_over' });
  });

  it('that is sent again with the same id can still be confirmed', async () => {
    const { told } = open();
    const first = method.send(PAGE, never);
    await timers.pass(5 * SECOND);
    await first;
    beats(true, true);
    const again = method.send({ ...PAGE, attempt: 2 }, never);
    expect(told.map((event) => event.type === 'page' && event.page.id)).toEqual(['d1', 'd1']);
    hub.confirm('ana', 'd1');
    expect(await again).toEqual({ result: 'handed_over' });
  });

  it('is wanted again as soon as its officer, who could not be rung, can be: then only', () => {
    const reachable: string[] = [];
    hub.whenReachable((officer) => reachable.push(officer));
    const first = open('ana', 'p1');
    const second = open('ana', 'p2');
    expect(reachable).toEqual(['ana']);
    first.leave();
    second.leave();
    open('ana', 'p1');
    beats(true, true);
    expect(reachable).toEqual(['ana', 'ana']);
    beats(false, false);
    beats(false, true);
    expect(reachable).toEqual(['ana', 'ana', 'ana']);
    clock.set(TUESDAY + 26 * SECOND);
    beats(false, true);
    expect(reachable).toEqual(['ana', 'ana', 'ana', 'ana']);
  });

  it('is given up when the engine stops', async () => {
    open();
    const stop = new AbortController();
    const sent = method.send(PAGE, stop.signal);
    stop.abort();
    expect(await sent).toEqual({ result: 'temporary', code: 'not_confirmed' });
  });

  it('that still rings is told to a pager that comes back', async () => {
    const { leave } = open();
    void method.send(PAGE, never);
    leave();
    clock.set(TUESDAY + MINUTE);
    expect(open().told).toMatchObject([{ type: 'page', page: { id: 'd1' } }]);
  });

  it('that is recalled stops ringing on all pagers of the officer, and on those that come later', async () => {
    const [first, second] = [open('ana', 'p1'), open('ana', 'p2')];
    void method.send(PAGE, never);
    await method.recall(PAGE);
    expect(first.told.at(-1)).toEqual({ type: 'quiet', shortId: 'K7Q2', by: [] });
    expect(second.told.at(-1)).toEqual({ type: 'quiet', shortId: 'K7Q2', by: [] });
    expect(open('ana', 'p3').told).toEqual([]);
    await method.recall(PAGE);
    expect(first.told).toHaveLength(2);
  });
});

describe('a pager that the server does not know', () => {
  it('is told so when it beats', () => {
    expect(beats(true, true)).toBe(false);
    const { leave } = open();
    expect(beats(true, true)).toBe(true);
    expect(hub.beat('dan', 'p1', { visible: true, sound: true })).toBe(false);
    leave();
    expect(beats(true, true)).toBe(false);
  });
});
