import { describe, expect, it } from 'vitest';
import { type Card, type Channel, type HouseNotice, NobodyThere, type Notice } from '../../../src/ports/channel.ts';
import { DeskPageChannel } from '../../../src/web/page/channel.ts';
import { Hub, type News } from '../../../src/web/page/hub.ts';
import { keepChannels } from '../../../src/web/page/keep-channels.ts';
import { TUESDAY, testDesk } from '../../support/desk.ts';

const notice = (shortId: string, code = 'last_resort', desks = ['ncp']): Notice => ({
  id: `${code} of ${shortId}`,
  code,
  desks,
  shortId,
  urgency: 'urgent',
  at: TUESDAY,
});
const keptIn = (hub: Hub, desk = 'ncp') => hub.notices([desk]).map(({ code, shortId }) => `${code} ${shortId}`);
const pageOn = (hub: Hub, ...desks: readonly string[]) => new DeskPageChannel('page', hub, () => desks);

/** A hub on which somebody has the boards of these desks open. */
function readHub(...desks: readonly string[]): Hub {
  const hub = new Hub();
  hub.listen(
    () => undefined,
    () => desks,
  );
  return hub;
}

describe('the hub', () => {
  it('tells all who listen, until they stop', () => {
    const hub = new Hub();
    const heard: News[] = [];
    const stop = hub.listen((news) => heard.push(news));
    hub.listen((news) => heard.push(news));
    const news: News = { kind: 'changed', desks: ['ncp'], requestId: 'r1', version: 3 };
    hub.publish(news);
    expect(heard).toEqual([news, news]);
    stop();
    hub.publish(news);
    expect(heard).toHaveLength(3);
  });

  it('keeps what was said, newest first, for the desks that may see it', async () => {
    const hub = readHub('ncp', 'night');
    const page = pageOn(hub, 'ncp', 'night');
    for (const shortId of ['AAAA', 'BBBB']) await page.say(notice(shortId));
    await page.say(notice('CCCC', 'step', ['night']));
    await page.say(notice('DDDD', 'step', ['night', 'ncp']));
    expect(keptIn(hub)).toEqual(['step DDDD', 'last_resort BBBB', 'last_resort AAAA']);
    expect(keptIn(hub, 'night')).toEqual(['step DDDD', 'step CCCC']);
  });

  it('keeps a bounded number: the oldest go', async () => {
    const hub = readHub('ncp');
    for (let n = 1; n <= 250; n++) await pageOn(hub, 'ncp').say(notice(`N${n}`));
    expect(keptIn(hub)).toHaveLength(200);
    expect(keptIn(hub)[0]).toBe('last_resort N250');
  });

  it('keeps once what each round says about the same request anew, so that a storm displaces nothing', async () => {
    const hub = readHub('ncp');
    const page = pageOn(hub, 'ncp');
    await page.say(notice('AAAA', 'stuck'));
    for (let n = 1; n <= 300; n++) await page.say({ ...notice('BBBB'), id: `n${n}` });
    expect(keptIn(hub)).toEqual(['last_resort BBBB', 'stuck AAAA']);
  });
});

describe('the desk page as a channel', () => {
  it('takes a notice only while somebody of the desk reads it, and keeps it for whoever comes', async () => {
    const hub = new Hub();
    const page = pageOn(hub, 'ncp', 'night');
    // The pager listens too, but there is nobody who reads; and another desk sees another page of the same id.
    hub.listen(() => undefined);
    hub.listen(
      () => undefined,
      () => ['night'],
    );
    await expect(page.say(notice('AAAA'))).rejects.toThrow(NobodyThere);
    expect(keptIn(hub)).toEqual(['last_resort AAAA']);
    let desks = ['ncp'];
    const leave = hub.listen(
      () => undefined,
      () => desks,
    );
    await expect(page.say(notice('AAAA'))).resolves.toBeUndefined();
    expect(keptIn(hub)).toEqual(['last_resort AAAA']);
    // Who was moved to another desk does not see it any more, whatever is still open.
    desks = ['night'];
    await expect(page.say(notice('AAAA'))).rejects.toThrow(NobodyThere);
    desks = ['ncp'];
    leave();
    await expect(page.say(notice('AAAA'))).rejects.toThrow(NobodyThere);
  });

  it('takes a notice while somebody reads it at a desk that was paged for the request', async () => {
    await expect(pageOn(readHub('night'), 'ncp').say(notice('AAAA', 'step', ['ncp', 'night']))).resolves.toBe(
      undefined,
    );
  });

  it('takes what concerns the house always: the journal has it, and it is shown to whoever comes', async () => {
    const house: HouseNotice = { id: 'h1', at: TUESDAY, code: 'checkpoint', line: 'tocsin-checkpoint/1 …' };
    await expect(pageOn(new Hub(), 'ncp').say(house)).resolves.toBeUndefined();
  });
});

describe('the channels of a configuration', () => {
  const card: Omit<Card, 'desks'> = {
    requestId: 'r1',
    version: 3,
    shortId: 'AAAA',
    urgency: 'urgent',
    status: 'open',
    kind: 'preservation',
    provisional: false,
    receivedAt: TUESDAY,
    clocks: [],
    paged: [],
    warnings: [],
    actions: [],
  };

  it('tell each desk page of its own requests only, once, whatever ids the pages have', async () => {
    const { setups } = (await testDesk()).desk;
    const [ncp, night] = setups.desks();
    if (ncp === undefined || night === undefined) throw new Error('two desks');
    const named = (setup: typeof ncp, id: string) => ({ ...setup, channels: [{ id, disclosure: 'full' as const }] });
    const day = { ...ncp, id: 'day' };
    const hub = new Hub();
    const channels = new Map<string, Channel>();
    keepChannels(channels, { desks: () => [ncp, day, named(night, 'night-page')] }, hub);
    expect([...channels.keys()]).toEqual(['page', 'night-page']);

    const told: unknown[] = [];
    hub.listen((news) => told.push('desks' in news ? news.desks : news.kind));
    for (const desks of [['day'], ['ncp', 'night']]) {
      for (const channel of channels.values()) await channel.show({ ...card, desks }, undefined);
    }
    expect(told).toEqual([['day'], [], ['ncp'], ['night']]);
  });

  it('that a revision no longer has are gone, and those that stay are the same', async () => {
    const { setups } = (await testDesk()).desk;
    const channels = new Map<string, Channel>();
    const hub = new Hub();
    keepChannels(channels, setups, hub);
    const page = channels.get('page');
    channels.set('gone', pageOn(hub));
    keepChannels(channels, setups, hub);
    expect([...channels]).toEqual([['page', page]]);
  });
});
