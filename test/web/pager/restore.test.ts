import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, type Instant, MINUTE, rfc3339, SECOND } from '../../../rota/instant.ts';
import { act } from '../../../src/desk/act.ts';
import type { Said } from '../../../src/desk/command-of.ts';
import { recordOutcome } from '../../../src/desk/outcome.ts';
import { settleRequest } from '../../../src/desk/settle-request.ts';
import { tellStuck } from '../../../src/desk/stuck.ts';
import { requestStream } from '../../../src/journal/stream.ts';
import { HOLD } from '../../../src/request/clocks.ts';
import type { CommandType } from '../../../src/request/command.ts';
import type { RequestEntry } from '../../../src/request/entries.ts';
import type { RequestState } from '../../../src/request/state.ts';
import { PagerHub } from '../../../src/web/pager/hub.ts';
import { restoreRinging } from '../../../src/web/pager/restore.ts';
import { PagerDesk, type Told } from '../../support/pager-desk.ts';

let bench: PagerDesk;

beforeEach(async () => {
  bench = await PagerDesk.open();
});
afterEach(() => bench.close());

/** Something happens to the request, and every page that follows is handed over: the hub of this process knows of none. */
async function happens(state: RequestState, ...entries: readonly RequestEntry[]): Promise<void> {
  const { desk, clock } = bench.house;
  const stream = requestStream(state.id);
  clock.set(clock.now() + SECOND);
  await desk.store.step(stream, async (step) => {
    const row = await step.request(state.id);
    if (row === undefined) throw new Error('the request is gone');
    const decided = { before: row.state, entries, actor: { kind: 'system' }, now: clock.now(), keys: row } as const;
    await step.save((await settleRequest(desk, step, decided)).change);
  });
  for (const delivery of (await bench.claims()).flatMap(({ deliveries }) => deliveries)) {
    await recordOutcome(desk, delivery, { result: { state: 'handed_over', at: clock.now() }, told: 'handed_over' });
  }
  clock.set(clock.now() + SECOND);
}

/** Does something as Dan, some time later. */
async function does(state: RequestState, type: CommandType, said: Said = {}): Promise<void> {
  const result = await act(bench.house.desk, state.id, type, said, 'dan');
  if (!result.ok) throw new Error(JSON.stringify(result));
}

async function ofDan(message: Parameters<PagerDesk['request']>[0] = {}): Promise<RequestState> {
  const state = await bench.request(message);
  await does(state, 'acknowledge');
  return state;
}

const pageTo = (officer: string) => {
  const { clock, desk } = bench.house;
  const times = { dueAt: rfc3339(clock.now()), giveUpAt: rfc3339(clock.now() + HOUR) };
  return { id: desk.chance.id(), officer, method: `${officer}/pager`, ...times };
};
const until = () => rfc3339(bench.house.clock.now() + 15 * MINUTE);

const reminded = (): RequestEntry => ({
  type: 'owner.reminded/1',
  data: { officer: 'dan', pages: [pageTo('dan')], until: until() },
});
const handedOver = (): RequestEntry => ({
  type: 'request.handed_over/1',
  data: { from: 'eva', to: 'dan', pages: [pageTo('dan')], progressDueAt: until() },
});
const file = (dueAt: string): RequestEntry => {
  const ref = { content: bench.house.desk.chance.id(), sha256: '0'.repeat(64) };
  return {
    type: 'attachment.added/1',
    data: { attachment: 'a', label: ref, bytes: ref, size: 1, progressDueAt: dueAt },
  };
};
const warned = (...officers: string[]): RequestEntry => ({
  type: 'clock.warned/1',
  data: { clock: HOLD, pages: officers.map(pageTo) },
});

/** A preservation that holds data and has its outcome. */
async function held(): Promise<RequestState> {
  const state = await ofDan();
  const { clock } = bench.house;
  const times = {
    startAt: rfc3339(clock.now()),
    warnAt: rfc3339(clock.now() + HOUR),
    dueAt: rfc3339(clock.now() + 2 * HOUR),
  };
  const started = {
    effectiveAt: rfc3339(clock.now()),
    clock: { name: HOLD, ...times },
    progressDueAt: until(),
  };
  await happens(state, { type: 'hold.started/1', data: started });
  await does(state, 'no_further_action');
  return state;
}

/** What a server that remembers nothing would ring. */
async function afterRestart(officer = 'dan', heldBefore?: Instant): Promise<readonly string[]> {
  const { clock, timers, desk } = bench.house;
  const hub = new PagerHub(clock, timers);
  await restoreRinging(desk, hub, officer, heldBefore);
  return hub.ringing(officer).map(({ shortId, reason }) => `${shortId} ${reason}`);
}

/** The pager comes back, is told of one card, and Dan answers it there. */
async function answers(state: RequestState, button = 'ack'): Promise<Told> {
  const next = await bench.pager();
  const card = await next();
  expect(card).toMatchObject({ event: 'page', shortId: state.shortId });
  const answer = await bench.dan.post(`/pager/${button}`, { shortId: state.shortId });
  expect(JSON.parse(answer.body)).toMatchObject({ settled: true });
  return card;
}

const seen = async ({ id }: RequestState) => {
  const entries = await bench.house.store.entries(requestStream(id), 1, 999);
  return entries.filter(({ type }) => type === 'page.seen/1').map(({ body }) => JSON.parse(body).data);
};

describe('while paging is held after a restore', () => {
  it('what was paged before does not ring, and what was paged since does', async () => {
    const old = await ofDan();
    await happens(old, reminded());
    const restored = bench.house.clock.now();
    expect(await afterRestart('dan', restored)).toEqual([]);
    const fresh = await ofDan({ ownReference: 'EX-2' });
    await happens(fresh, reminded());
    expect(await afterRestart('dan', restored)).toEqual([`${fresh.shortId} reminder`]);
    expect(await afterRestart()).toHaveLength(2);
  });
});

describe('a reminder', () => {
  it('rings again while nothing was done about it, and never after something was', async () => {
    const state = await ofDan();
    await happens(state, reminded());
    expect(await afterRestart()).toEqual([`${state.shortId} reminder`]);
    expect(await afterRestart('ana')).toEqual([]);
    await does(state, 'ask', { text: 'Which place?' });
    expect(await afterRestart()).toEqual([]);
  });

  it('that was acknowledged on the pager comes back no more, and a later one does', async () => {
    const state = await ofDan();
    await happens(state, reminded());
    expect(await answers(state)).toMatchObject({ why: 'Reminder: progress is due' });
    expect(await seen(state)).toEqual([{ by: 'dan' }]);
    expect(await afterRestart()).toEqual([]);
    expect((await bench.house.store.request(state.id))?.state).toMatchObject({ progress: { reminded: true } });
    await does(state, 'ask', { text: 'Which place?' });
    await happens(state, reminded());
    expect(await afterRestart()).toEqual([`${state.shortId} reminder`]);
  });

  it('of a new file says so', async () => {
    const state = await ofDan();
    await happens(state, file(rfc3339(bench.house.clock.now())));
    expect(await afterRestart()).toEqual([`${state.shortId} file`]);
    expect(await answers(state)).toMatchObject({ why: 'A new file has come. Progress is due' });
    expect(await afterRestart()).toEqual([]);
  });

  it('is over when the request goes up again or to somebody else', async () => {
    const [lapsed, given] = [await ofDan(), await ofDan()];
    await happens(lapsed, reminded());
    await happens(given, reminded());
    await does(lapsed, 'release');
    await does(given, 'reassign', { to: 'eva' });
    expect((await afterRestart()).filter((page) => page.endsWith('reminder'))).toEqual([]);
    await act(bench.house.desk, given.id, 'acknowledge', {}, 'eva');
    expect((await afterRestart()).filter((page) => page.endsWith('reminder'))).toEqual([]);
  });
});

describe('a handover', () => {
  it('rings again until it was acknowledged as told, on any button', async () => {
    const [one, two] = [await ofDan(), await ofDan({ urgency: 'emergency', grounds: ['life'] })];
    await happens(one, handedOver());
    expect(await afterRestart()).toEqual([`${one.shortId} handover`]);
    expect(await answers(one)).toMatchObject({ why: 'Handed over to you with the shift' });
    expect(await afterRestart()).toEqual([]);
    await happens(two, handedOver());
    await answers(two, 'pass');
    expect(await afterRestart()).toEqual([]);
    expect([await seen(one), await seen(two)]).toEqual([[{ by: 'dan' }], [{ by: 'dan' }]]);
  });

  it('is answered by the next step in the matter, also on a pager that is open', async () => {
    const state = await ofDan();
    await happens(state, handedOver());
    const next = await bench.pager();
    expect(await next()).toMatchObject({ event: 'page', shortId: state.shortId });
    await does(state, 'ask', { text: 'Which place?' });
    await bench.takes('dan', state);
    expect(await next()).toMatchObject({ event: 'quiet', shortId: state.shortId });
    expect(await afterRestart()).toEqual([]);
  });
});

describe('a page about a clock', () => {
  it('rings again while the clock runs, for each officer until he knows', async () => {
    const state = await held();
    await happens(state, warned('dan', 'eva'));
    expect(await afterRestart()).toEqual([`${state.shortId} clock`]);
    expect(await answers(state)).toMatchObject({ why: 'A clock is nearly due or over' });
    expect(await afterRestart()).toEqual([]);
    expect(await afterRestart('eva')).toEqual([`${state.shortId} clock`]);
    await does(state, 'stop_clock', { clock: HOLD, reason: 'agreed' });
    expect(await afterRestart('eva')).toEqual([]);
  });
});

describe('that Tocsin cannot process a request', () => {
  it('rings again while nobody has it and the officer has not passed', async () => {
    const state = await bench.request();
    const { desk, clock } = bench.house;
    const alarm = { stream: requestStream(state.id), kind: 'escalation', desk: 'ncp', rank: 1, dueAt: 0, failures: 2 };
    await tellStuck(desk, alarm);
    for (const delivery of (await bench.claims()).flatMap(({ deliveries }) => deliveries)) {
      await recordOutcome(desk, delivery, { result: { state: 'handed_over', at: clock.now() }, told: 'handed_over' });
    }
    const [passed] = state.status === 'open' ? state.escalation.asked : [];
    expect(await afterRestart('dan')).toEqual([`${state.shortId} stuck`]);
    expect(await afterRestart('eva')).toEqual([`${state.shortId} stuck`]);
    await act(desk, state.id, 'pass', {}, passed ?? '');
    expect(await afterRestart(passed)).toEqual([]);
    await act(desk, state.id, 'acknowledge', {}, 'ana');
    expect(await afterRestart('eva')).toEqual([]);
  });
});

describe('a pager whose window stayed open over the restart', () => {
  it('keeps a reminder that nothing was done about, and drops it when something was meanwhile', async () => {
    const outdated = async ({ shortId }: RequestState) => {
      const { body } = await bench.dan.post('/pager/outdated', { shortId });
      return (JSON.parse(body) as { quiet: { line: string }[] }).quiet.map(({ line }) => line);
    };
    const state = await ofDan();
    await happens(state, reminded());
    expect(await outdated(state)).toEqual([]);
    await does(state, 'ask', { text: 'Which place?' });
    await bench.takes('dan', state);
    await expect.poll(() => bench.ringing()).toEqual([]);
    expect(await outdated(state)).toEqual([`${state.shortId} is yours.`]);
  });
});

describe('what is answered plainly', () => {
  it('leaves no word of a page that was seen', async () => {
    const state = await bench.request();
    await bench.pager();
    await bench.ring(state);
    await bench.dan.post('/pager/ack', { shortId: state.shortId });
    await bench.dan.post('/pager/ack', { shortId: state.shortId });
    expect(await seen(state)).toEqual([]);
  });
});
