import { afterEach, describe, expect, it } from 'vitest';
import type { Desk } from '../../src/desk/desk.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { BODY, type House, openHouse, send } from './open-house.ts';

/** What goes wrong between the web and the store. */
type Weather = {
  step?: 'refuse' | 'unknown_kept' | 'unknown_lost' | undefined;
  isBlind?: boolean;
};

async function openStormy(): Promise<{ house: House; weather: Weather }> {
  const weather: Weather = {};
  const through = (desk: Desk): Desk => {
    const { store } = desk;
    const away = (unknown: boolean) => new StoreUnavailable('SQLITE_FULL', unknown);
    const stormy: Desk['store'] = {
      ...store,
      step: async (owner, work) => {
        if (weather.step === 'refuse') throw away(false);
        if (weather.step === 'unknown_lost') throw away(true);
        const result = await store.step(owner, work);
        if (weather.step === 'unknown_kept') throw away(true);
        return result;
      },
      request: async (id) => {
        if (weather.isBlind === true) throw away(false);
        return store.request(id);
      },
    };
    return { ...desk, store: stormy };
  };
  return { house: await openHouse({ through }), weather };
}

describe('when the store is away', () => {
  let house: House;
  afterEach(() => house.close());

  const open = (stormy: { house: House; weather: Weather }) => {
    house = stormy.house;
    return stormy.weather;
  };

  it('a request is refused with the time to try again, and nothing is kept', async () => {
    const weather = open(await openStormy());
    weather.step = 'refuse';
    const answer = await send(house, BODY);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json().error.code).toBe('unavailable');
    expect(await house.store.board(['ncp'], ['open'], 10)).toEqual([]);
    expect(await house.metrics.text()).toContain('tocsin_store_faults_total 1');
    weather.step = undefined;
    expect((await send(house, BODY)).statusCode).toBe(201);
  });

  it('a commit of which nobody knows is looked up, and answered as received when it got through', async () => {
    const weather = open(await openStormy());
    weather.step = 'unknown_kept';
    const answer = await send(house, BODY);
    expect(answer.statusCode).toBe(201);
    expect(await house.store.board(['ncp'], ['open'], 10)).toHaveLength(1);
    weather.step = undefined;
    const again = await send(house, BODY);
    expect([again.statusCode, again.json().reference]).toEqual([200, answer.json().reference]);
  });

  it('a commit that did not get through is not answered as received', async () => {
    const weather = open(await openStormy());
    weather.step = 'unknown_lost';
    expect((await send(house, BODY)).statusCode).toBe(503);
    expect(await house.store.board(['ncp'], ['open'], 10)).toEqual([]);
  });

  it('a commit that cannot be looked up is not answered as received, and is a repetition afterwards', async () => {
    const weather = open(await openStormy());
    weather.step = 'unknown_kept';
    weather.isBlind = true;
    expect((await send(house, BODY)).statusCode).toBe(503);
    weather.step = undefined;
    weather.isBlind = false;
    const again = await send(house, BODY);
    expect([again.statusCode, again.headers['idempotent-replay']]).toEqual([200, 'true']);
    expect(await house.store.board(['ncp'], ['open'], 10)).toHaveLength(1);
  });

  it('more of an open request that nobody knows of is answered as unavailable, and is a repetition afterwards', async () => {
    const weather = open(await openStormy());
    const own = { ...BODY, ownReference: 'AWAY-1' };
    await send(house, own);
    weather.step = 'unknown_kept';
    const more = { ...own, text: 'more' };
    expect((await send(house, more)).statusCode).toBe(503);
    weather.step = undefined;
    const again = await send(house, more);
    expect([again.statusCode, again.headers['idempotent-replay']]).toEqual([200, 'true']);
    const [row] = await house.store.board(['ncp'], ['open'], 10);
    expect(row?.state.messages).toHaveLength(2);
  });

  it('a mail that was kept becomes a request when the store is back', async () => {
    const weather = open(await openStormy());
    weather.step = 'refuse';
    const mail = Buffer.from('Subject: a\r\n\r\nHelp.');
    const headers = { 'content-type': 'message/rfc822' };
    expect((await send(house, mail, headers)).statusCode).toBe(503);
    expect(await house.store.waiting(10)).toHaveLength(1);
    weather.step = undefined;
    expect(await house.mail.processWaiting()).toBe(1);
    expect((await send(house, mail, headers)).statusCode).toBe(200);
    expect(await house.store.board(['ncp'], ['open'], 10)).toHaveLength(1);
  });
});
