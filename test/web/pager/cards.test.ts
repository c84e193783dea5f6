import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../../../rota/instant.ts';
import { act } from '../../../src/desk/act.ts';
import type { RequestState } from '../../../src/request/state.ts';
import { PagerMethod } from '../../../src/web/pager/method.ts';
import { showOn } from '../../support/page-desk.ts';
import { PagerDesk } from '../../support/pager-desk.ts';

let bench: PagerDesk;

beforeEach(async () => {
  bench = await PagerDesk.open();
});
afterEach(() => bench.close());

describe('a card that stands for several requests', () => {
  it('says how many of them are still open, and goes down with the last one', async () => {
    const next = await bench.pager();
    const [one, two, three] = [await bench.request(), await bench.request(), await bench.request()];
    const bundle = await bench.ring(one, two, three);
    expect(await next()).toMatchObject({ event: 'page', ...bundle, count: '3 requests' });
    await bench.takes('ana', two);
    expect(await next()).toMatchObject({ event: 'page', ...bundle, count: '2 of 3 requests still open' });
    await bench.takes('ana', one);
    expect(await next()).toMatchObject({ event: 'page', ...bundle, count: '1 of 3 requests still open' });
    await bench.takes('ana', three);
    const line = `${bundle.shortId} was taken by Ana Example.`;
    expect(await next()).toMatchObject({ event: 'quiet', shortId: bundle.shortId, line });
  });

  it('goes down once newer ones stand for all of it that is open', async () => {
    const next = await bench.pager();
    const [one, two, three] = [await bench.request(), await bench.request(), await bench.request()];
    const older = await bench.ring(one, two, three);
    await next();
    await bench.takes('ana', three);
    await next();
    const newer = await bench.ring(one, two);
    expect(await next()).toMatchObject({ event: 'page', ...newer, count: '2 requests' });
    const line = `${older.shortId}: what is open of it is part of ${newer.shortId} now.`;
    expect(await next()).toEqual({ event: 'quiet', shortId: older.shortId, line });
    expect(bench.ringing()).toEqual([newer.shortId]);
  });

  it('goes down also where it takes several newer ones, and stays while one of its requests stands on no other', async () => {
    await bench.pager();
    const [one, two] = [await bench.request(), await bench.request()];
    const older = await bench.ring(one, two);
    await bench.ring(one);
    await expect.poll(() => bench.ringing()).toEqual([older.shortId, one.shortId]);
    await bench.ring(two);
    await expect.poll(() => bench.ringing()).toEqual([one.shortId, two.shortId]);
  });

  it('that is tried again is no newer than what came meanwhile', async () => {
    await bench.pager();
    const [one, two] = [await bench.request(), await bench.request()];
    const older = await bench.ring(one, two);
    const newer = await bench.ring(one);
    const [page] = bench.house.pagers.ringing('dan');
    if (page === undefined) throw new Error('nothing rings');
    const again = { ...page, officer: 'dan', address: 'dan', attempt: 2 };
    void new PagerMethod(bench.house.pagers).send(again, new AbortController().signal);
    await bench.house.pagers.recall('dan', older.id);
    expect(bench.ringing()).toEqual([newer.shortId]);
  });
});

describe('an emergency that was raised out of a bundle', () => {
  async function raised(count: number) {
    const next = await bench.pager();
    const states: RequestState[] = [];
    for (let n = 0; n < count; n++) states.push(await bench.request());
    const [first] = states;
    if (first === undefined) throw new Error('nothing was asked for');
    const bundle = await bench.ring(...states);
    await next();
    await bench.raise(first);
    await showOn(bench.house.hub, 'page', first);
    return { next, bundle, states, emergency: { ...first, urgency: 'emergency' } as const };
  }

  it('counts no more on the card of the bundle, before it has a page of its own and after', async () => {
    const { next, bundle, states, emergency } = await raised(4);
    expect(await next()).toMatchObject({ event: 'page', ...bundle, urgency: 'urgent', count: '3 requests' });
    await bench.ring(emergency);
    expect(await next()).toMatchObject({ event: 'page', shortId: emergency.shortId, urgency: 'emergency', count: '' });
    for (const [n, state] of states.slice(1).entries()) {
      if (n < 2) await bench.takes('ana', state);
      else {
        await act(bench.house.desk, state.id, 'no_further_action', {}, 'ana');
        await showOn(bench.house.hub, 'page', state);
      }
      const left = { event: 'page', ...bundle, count: `${2 - n} of 3 requests still open` };
      const line = expect.stringContaining(`part of ${emergency.shortId} now`);
      expect(await next()).toMatchObject(n < 2 ? left : { event: 'quiet', shortId: bundle.shortId, line });
    }
    expect(bench.ringing()).toEqual([emergency.shortId]);
  });

  it('is looked at when its page comes first', async () => {
    const next = await bench.pager();
    const [one, two] = [await bench.request(), await bench.request()];
    const bundle = await bench.ring(one, two);
    await next();
    await bench.raise(one);
    await bench.ring({ ...one, urgency: 'emergency' });
    expect(await next()).toMatchObject({ event: 'page', shortId: one.shortId });
    expect(await next()).toMatchObject({ event: 'page', ...bundle, count: '' });
    await bench.raise(two);
    await bench.ring({ ...two, urgency: 'emergency' });
    expect(await next()).toMatchObject({ event: 'page', shortId: two.shortId });
    expect(await next()).toMatchObject({ event: 'quiet', shortId: bundle.shortId });
    expect(bench.ringing()).toEqual([one.shortId, two.shortId]);
  });

  it('is not taken by an answer to the bundle, which says so', async () => {
    const { next, bundle, states, emergency } = await raised(2);
    await next();
    await bench.ring(emergency);
    await next();
    const { body } = await bench.dan.post('/pager/ack', { shortId: bundle.shortId });
    const { settled, lines } = JSON.parse(body) as { settled: boolean; lines: string[] };
    expect(settled).toBe(true);
    expect(lines).toEqual([
      `You have ${states[1]?.shortId}.`,
      `${emergency.shortId} is an emergency now: it has a card of its own.`,
    ]);
    expect((await bench.house.store.request(emergency.id))?.status).toBe('open');
    await bench.dan.post('/pager/ack', { shortId: emergency.shortId });
    expect((await bench.house.store.request(emergency.id))?.owner).toBe('dan');
    const entries = await bench.house.store.entries(`request/${emergency.id}`, 1, 99);
    expect(entries.filter(({ type }) => type === 'request.acknowledged/1')).toHaveLength(1);
  });
});

describe('cards that nobody could answer one by one', () => {
  it('become one that counts each request once; its answer takes exactly those that are open, and names them', async () => {
    const next = await bench.pager();
    const [one, two, three] = [await bench.request(), await bench.request(), await bench.request()];
    const [first, second] = [await bench.ring(one, two), await bench.ring(two, three)];
    await next();
    await next();
    const pages = [first.shortId, second.shortId];
    expect(await next()).toMatchObject({
      event: 'fold',
      pages,
      urgency: 'urgent',
      title: 'Urgent',
      count: '3 requests',
    });
    await bench.takes('ana', one);
    expect(await next()).toMatchObject({ event: 'quiet', shortId: first.shortId });
    const answer = await bench.dan.post('/pager/ack', { shortId: pages.join(' ') });
    const { settled, left, lines } = JSON.parse(answer.body) as { settled: boolean; left?: string[]; lines: string[] };
    expect([settled, left]).toEqual([true, undefined]);
    const [, named = ''] = /^You have 2 requests: (.*)\.$/.exec(lines[0] ?? '') ?? [];
    expect(named.split(', ').sort()).toEqual([two.shortId, three.shortId].sort());
    expect(lines[1]).toContain(`${one.shortId}: Ana Example has it`);
    expect(lines).toHaveLength(2);
    expect((await bench.house.store.request(three.id))?.owner).toBe('dan');
  });

  it('are more than three below the emergencies, which each stay alone', async () => {
    const next = await bench.pager();
    await bench.ring(await bench.request({ urgency: 'emergency', grounds: ['life'] }));
    const states: RequestState[] = [];
    for (const urgency of ['routine', 'urgent', 'urgent', 'routine'] as const) {
      states.push({ ...(await bench.request()), urgency });
    }
    const [late, first, second, last] = states;
    for (const state of states) {
      await bench.ring(state);
      bench.house.clock.set(bench.house.clock.now() + SECOND);
    }
    const events = [];
    for (let i = 0; i < 6; i++) events.push(await next());
    const urgentFirst = [first, second, late, last].map((state) => state?.shortId);
    expect(events.filter(({ event }) => event === 'fold')).toEqual([
      {
        event: 'fold',
        pages: urgentFirst,
        urgency: 'urgent',
        title: 'Urgent',
        count: '4 requests',
        time: 'since 11:00',
      },
    ]);
    if (second !== undefined) await bench.takes('ana', second);
    const two = [await next(), await next()];
    expect(two.map(({ event }) => event).sort()).toEqual(['fold', 'quiet']);
    expect(two.find(({ event }) => event === 'fold')).toEqual({ event: 'fold', pages: [] });
  });

  it('are one from the beginning for a pager that comes later', async () => {
    await bench.pager();
    for (let i = 0; i < 5; i++) await bench.ring(await bench.request());
    const next = await bench.pager();
    const events = [];
    for (let i = 0; i < 6; i++) events.push((await next()).event);
    expect(events).toEqual(['page', 'page', 'page', 'page', 'page', 'fold']);
  });
});
