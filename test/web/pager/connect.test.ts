import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, SECOND } from '../../../rota/instant.ts';
import { act } from '../../../src/desk/act.ts';
import { recordOutcome } from '../../../src/desk/outcome.ts';
import { PagerDesk } from '../../support/pager-desk.ts';

let bench: PagerDesk;

beforeEach(async () => {
  bench = await PagerDesk.open();
});
afterEach(() => bench.close());

describe('a pager that comes to a server which remembers nothing', () => {
  /** An emergency that was handed over to the head, who has no pager open here: the hub knows nothing of it. */
  async function handedOver(result: 'handed_over' | 'failed' = 'handed_over') {
    const state = await bench.house.receive({ urgency: 'emergency', grounds: ['life'] });
    const { desk, clock } = bench.house;
    const claims = await bench.claims();
    const [delivery] = claims.flatMap(({ deliveries }) => deliveries).filter(({ kind }) => kind === 'page');
    if (delivery?.officer === undefined) throw new Error('nobody was paged');
    const at = clock.now();
    if (result === 'failed') {
      const told = { class: 'permanent', code: 'gone' } as const;
      await recordOutcome(desk, delivery, { result: { state: 'failed', at, code: 'gone' }, told });
    } else await recordOutcome(desk, delivery, { result: { state: 'handed_over', at }, told: 'handed_over' });
    const { officer } = delivery;
    return { state, delivery, officer, open: async () => bench.pager(await bench.house.signIn(officer)) };
  }
  const nothing = async (next: Awaited<ReturnType<PagerDesk['pager']>>) => {
    await bench.house.timers.pass(10 * SECOND);
    expect(await next()).toEqual({ event: 'tick' });
  };

  it('is rung for what its officer is being paged for', async () => {
    const { state, delivery, open } = await handedOver();
    const next = await open();
    const { shortId } = state;
    expect(await next()).toMatchObject({ event: 'page', id: delivery.id, shortId, title: 'Emergency', time: '11:00' });
  });

  it('rings by its own name for a bundle that was handed over', async () => {
    const [one, two] = [
      await bench.house.receive({ urgency: 'urgent' }),
      await bench.house.receive({ urgency: 'urgent' }),
    ];
    const { desk, store, clock } = bench.house;
    const pages = (await Promise.all([one, two].map(({ id }) => store.deliveries(id, 100)))).flat();
    clock.set(Math.max(...pages.map(({ dueAt }) => dueAt)));
    const claim = (await bench.claims()).find(({ bundle }) => bundle !== undefined);
    if (claim?.bundle === undefined) throw new Error('nothing travelled together');
    for (const delivery of claim.deliveries) {
      const result = { state: 'handed_over', at: clock.now() } as const;
      await recordOutcome(desk, delivery, { result, told: 'handed_over' });
    }
    const next = await bench.pager(await bench.house.signIn(claim.deliveries[0].officer ?? ''));
    expect(await next()).toMatchObject({ event: 'page', ...claim.bundle, count: '2 requests' });
  });

  it('is not rung for what was taken, nor by what was not handed over', async () => {
    const taken = await handedOver();
    await bench.takes(taken.officer === 'ana' ? 'eva' : 'ana', taken.state);
    await nothing(await taken.open());
    const failed = await handedOver('failed');
    await nothing(await failed.open());
  });

  it('is not rung for a step that is over, nor where its officer has passed while others are asked', async () => {
    const { desk, clock, signIn } = bench.house;
    const { state, officer, open } = await handedOver();
    const escalate = async () => {
      await act(desk, state.id, 'escalate', {}, officer);
      for (const delivery of (await bench.claims()).flatMap(({ deliveries }) => deliveries)) {
        await recordOutcome(desk, delivery, { result: { state: 'handed_over', at: clock.now() }, told: 'handed_over' });
      }
    };
    await escalate();
    await nothing(await open());
    await escalate();
    const [eva, ana] = [await signIn('eva'), await signIn('ana')];
    expect(await (await bench.pager(eva))()).toMatchObject({ event: 'page', shortId: state.shortId });
    bench.house.pagers.quiet('eva', state.shortId, { by: [] });
    await act(desk, state.id, 'pass', {}, 'eva');
    await nothing(await bench.pager(eva));
    expect(await (await bench.pager(ana))()).toMatchObject({ event: 'page', shortId: state.shortId });
  });

  it('rings on for a page that it did not lose, and once', async () => {
    const first = await bench.pager();
    const state = await bench.request();
    await bench.ring(state);
    const second = await bench.pager();
    expect(await first()).toMatchObject({ event: 'page', shortId: state.shortId });
    expect(await second()).toMatchObject({ event: 'page', shortId: state.shortId });
    await nothing(second);
  });
});

describe('a pager that had no connection', () => {
  it('is told which of its cards need no answer any more, and of nothing that is not its officer’s', async () => {
    const outdatedOf = async (shortIds: string[], who = bench.dan) => {
      const { body } = await who.post('/pager/outdated', { shortId: shortIds.join(' ') });
      return (JSON.parse(body) as { quiet: { shortId: string; line: string }[] }).quiet;
    };
    await bench.pager();
    const [one, two, three] = [await bench.request(), await bench.request(), await bench.request()];
    const [older, alone] = [await bench.ring(one, two), await bench.ring(three)];
    const foreign = await bench.house.receive({ urgency: 'urgent' }, { desk: 'night', source: 'night-ncb' });
    await act(bench.house.desk, foreign.id, 'acknowledge', {}, 'dan');
    expect(await outdatedOf([foreign.shortId])).toHaveLength(1);
    expect(await outdatedOf([foreign.shortId], await bench.house.signIn('ana'))).toEqual([]);
    expect(await outdatedOf([older.shortId, alone.shortId, 'ZZZZ'])).toEqual([]);
    bench.house.pagers.quiet('dan', alone.shortId, { by: [] });
    expect(await outdatedOf([alone.shortId])).toEqual([]);
    await bench.takes('ana', three);
    const taken = { shortId: alone.shortId, line: `${alone.shortId} was taken by Ana Example.` };
    expect(await outdatedOf([older.shortId, alone.shortId])).toEqual([taken]);
    const newer = await bench.ring(one, two);
    await expect.poll(() => bench.ringing()).toEqual([newer.shortId]);
    const [merged] = await outdatedOf([older.shortId]);
    expect(merged?.line).toContain(`part of ${newer.shortId}`);
  });
});

describe('a session', () => {
  it('that ends within the hour says until when, once', async () => {
    bench.house.clock.set(bench.house.clock.now() + 11 * HOUR - 15 * SECOND);
    const next = await bench.pager();
    await bench.house.timers.pass(30 * SECOND);
    expect(await next()).toEqual({ event: 'tick' });
    const line = expect.stringContaining('You are signed in until 23:00, then nothing rings here.');
    expect(await next()).toEqual({ event: 'ends', line });
    expect(await next()).toEqual({ event: 'tick' });
    expect(await next()).toEqual({ event: 'tick' });
  });

  it('that ends soon is told to a pager that comes now, and so is its end', async () => {
    bench.house.clock.set(bench.house.clock.now() + 12 * HOUR - 15 * SECOND);
    const next = await bench.pager();
    expect(await next()).toMatchObject({ event: 'ends' });
    await bench.house.timers.pass(20 * SECOND);
    expect(await next()).toEqual({ event: 'tick' });
    expect(await next()).toEqual({ event: 'end' });
    expect((await next()).event).toBeUndefined();
    expect(bench.house.pagers.isListening('dan')).toBe(false);
  });
});
