import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../rota/instant.ts';
import { acknowledgeAll, passAll } from '../../src/desk/acknowledge-all.ts';
import { act } from '../../src/desk/act.ts';
import { drawShortIds } from '../../src/request/short-id.ts';
import { type PageDesk, pageDesk } from '../support/page-desk.ts';

let house: PageDesk;
beforeAll(async () => {
  house = await pageDesk();
});
afterAll(() => house.close());

const by = { node: 'n', boot: 'b' };

/** Claims what is due to Dan a minute later: the pages of these requests travel as one bundle. */
async function bundle(count: number) {
  await house.receive({ text: 'the first page leaves alone' });
  const ids = { id: house.desk.chance.id, shortIds: () => drawShortIds(house.desk.chance.bytes, 0) };
  await house.store.claimDeliveries(by, house.clock.now(), 100, ids);
  const states = [];
  for (let n = 0; n < count; n++) states.push(await house.receive({ text: `request ${n}` }));
  house.clock.set(house.clock.now() + MINUTE);
  const claims = await house.store.claimDeliveries(by, house.clock.now(), 100, ids);
  const shortId = claims.flatMap((claim) => claim.bundle ?? [])[0]?.shortId ?? '';
  return { states, shortId };
}

describe('acknowledging by short id', () => {
  it('takes the request, whatever the case and the spaces around it', async () => {
    const { id, shortId } = await house.receive({ text: 'hello' });
    const answered = await acknowledgeAll(house.desk, ` ${shortId.toLowerCase()} `, 'dan');
    expect(answered).toEqual({ ok: true, bundle: false, requests: [{ requestId: id, shortId, result: 'done' }] });
    expect(await house.store.request(id)).toMatchObject({ status: 'acknowledged', owner: 'dan' });
  });

  it('of a bundle takes exactly those still open, and names who has the others since when', async () => {
    const { states, shortId } = await bundle(3);
    const [first, second, third] = states;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no bundle');
    await act(house.desk, second.id, 'acknowledge', {}, 'ana');
    const at = house.clock.now();
    house.clock.set(at + MINUTE);
    const answered = await acknowledgeAll(house.desk, shortId, 'dan');
    if (!answered.ok) throw new Error(answered.why);
    expect(answered.bundle).toBe(true);
    const results = Object.fromEntries(answered.requests.map(({ requestId, ...rest }) => [requestId, rest]));
    expect(results).toEqual({
      [first.id]: { shortId: first.shortId, result: 'done' },
      [second.id]: { shortId: second.shortId, result: 'has_owner', owner: 'ana', at },
      [third.id]: { shortId: third.shortId, result: 'done' },
    });
    expect((await house.store.request(second.id))?.owner).toBe('ana');
  });

  it('twice says that it is the officer’s already', async () => {
    const { shortId } = await house.receive({ text: 'hello' });
    await acknowledgeAll(house.desk, shortId, 'dan');
    const again = await acknowledgeAll(house.desk, shortId, 'dan');
    expect(again).toMatchObject({ ok: true, requests: [{ result: 'has_owner', owner: 'dan' }] });
  });

  it('of a closed request says so', async () => {
    const { id, shortId } = await house.receive({ text: 'hello' });
    await act(house.desk, id, 'no_further_action', {}, 'ana');
    await act(house.desk, id, 'close', {}, 'ana');
    const answered = await acknowledgeAll(house.desk, shortId, 'dan');
    expect(answered).toMatchObject({ ok: true, requests: [{ result: 'refused', refusal: { code: 'closed' } }] });
  });

  it('of another desk is as unknown as one that was never given', async () => {
    const { id, shortId } = await house.receive({ text: 'hello' }, { desk: 'night', source: 'night-ncb' });
    expect(await acknowledgeAll(house.desk, shortId, 'ana')).toEqual({ ok: false, why: 'unknown_short_id' });
    expect(await acknowledgeAll(house.desk, 'ZZZZ', 'ana')).toEqual({ ok: false, why: 'unknown_short_id' });
    expect((await house.store.request(id))?.status).toBe('open');
  });
});

describe('passing by short id', () => {
  it('passes all of a bundle that are still open', async () => {
    const { states, shortId } = await bundle(2);
    const answered = await passAll(house.desk, shortId, 'dan');
    expect(answered).toMatchObject({ ok: true, requests: [{ result: 'done' }, { result: 'done' }] });
    for (const { id } of states) {
      const state = (await house.store.request(id))?.state;
      expect(state?.status === 'open' && state.escalation.passed).toContain('dan');
    }
  });

  it('by somebody who was not asked is refused', async () => {
    const { shortId } = await house.receive({ text: 'hello' });
    const answered = await passAll(house.desk, shortId, 'ana');
    expect(answered).toMatchObject({ ok: true, requests: [{ result: 'refused', refusal: { code: 'not_asked' } }] });
  });
});

describe('answering by short id', () => {
  it('of a bundle leaves an emergency that was raised out of it to its own page', async () => {
    const { states, shortId } = await bundle(3);
    const [first, ...rest] = states;
    if (first === undefined) throw new Error('no bundle');
    await act(house.desk, first.id, 'raise', { to: 'emergency', text: 'a life is at risk' }, 'ana');
    for (const answer of [passAll, acknowledgeAll]) {
      const answered = await answer(house.desk, shortId, 'dan');
      if (!answered.ok) throw new Error(answered.why);
      const results = new Map(answered.requests.map((one) => [one.requestId, one.result]));
      expect(results.get(first.id)).toBe('raised');
      expect(rest.map(({ id }) => results.get(id))).toEqual(['done', 'done']);
    }
    expect((await house.store.request(first.id))?.status).toBe('open');
    await acknowledgeAll(house.desk, first.shortId, 'dan');
    const answered = await acknowledgeAll(house.desk, shortId, 'dan');
    expect(answered.ok && answered.requests.every(({ result }) => result === 'has_owner')).toBe(true);
  });
});
