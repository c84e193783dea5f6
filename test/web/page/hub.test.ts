import { describe, expect, it } from 'vitest';
import { type HouseNotice, NobodyThere, type Notice } from '../../../src/ports/channel.ts';
import { DeskPageChannel } from '../../../src/web/page/channel.ts';
import { Hub, type News } from '../../../src/web/page/hub.ts';
import { TUESDAY } from '../../support/desk.ts';

const notice = (shortId: string, code = 'last_resort'): Notice => ({
  id: `${code} of ${shortId}`,
  code,
  shortId,
  urgency: 'urgent',
  at: TUESDAY,
});
const keptIn = (hub: Hub) => hub.notices(['page']).map(({ code, shortId }) => `${code} ${shortId}`);

/** A hub on which somebody reads the notices of these channels. */
function readHub(...channels: readonly string[]): Hub {
  const hub = new Hub();
  hub.listen(() => undefined, channels);
  return hub;
}

describe('the hub', () => {
  it('tells all who listen, until they stop', () => {
    const hub = new Hub();
    const heard: News[] = [];
    const stop = hub.listen((news) => heard.push(news));
    hub.listen((news) => heard.push(news));
    const news: News = { kind: 'changed', channel: 'page', requestId: 'r1', version: 3 };
    hub.publish(news);
    expect(heard).toEqual([news, news]);
    stop();
    hub.publish(news);
    expect(heard).toHaveLength(3);
  });

  it('keeps what was said, newest first, of the channels that are asked for', async () => {
    const hub = readHub('page', 'night');
    const page = new DeskPageChannel('page', hub);
    for (const shortId of ['AAAA', 'BBBB']) await page.say(notice(shortId));
    await new DeskPageChannel('night', hub).say(notice('CCCC'));
    expect(keptIn(hub)).toEqual(['last_resort BBBB', 'last_resort AAAA']);
  });

  it('keeps a bounded number: the oldest go', async () => {
    const hub = readHub('page');
    for (let n = 1; n <= 250; n++) await new DeskPageChannel('page', hub).say(notice(`N${n}`));
    expect(keptIn(hub)).toHaveLength(200);
    expect(keptIn(hub)[0]).toBe('last_resort N250');
  });

  it('keeps once what each round says about the same request anew, so that a storm displaces nothing', async () => {
    const hub = readHub('page');
    const page = new DeskPageChannel('page', hub);
    await page.say(notice('AAAA', 'stuck'));
    for (let n = 1; n <= 300; n++) await page.say({ ...notice('BBBB'), id: `n${n}` });
    expect(keptIn(hub)).toEqual(['last_resort BBBB', 'stuck AAAA']);
  });
});

describe('the desk page as a channel', () => {
  it('takes a notice only while somebody reads it, and keeps it for whoever comes', async () => {
    const hub = new Hub();
    const page = new DeskPageChannel('page', hub);
    // The pager listens too, but there is nobody who reads.
    hub.listen(() => undefined);
    hub.listen(() => undefined, ['night']);
    await expect(page.say(notice('AAAA'))).rejects.toThrow(NobodyThere);
    expect(keptIn(hub)).toEqual(['last_resort AAAA']);
    const leave = hub.listen(() => undefined, ['page']);
    await expect(page.say(notice('AAAA'))).resolves.toBeUndefined();
    expect(keptIn(hub)).toEqual(['last_resort AAAA']);
    leave();
    await expect(page.say(notice('AAAA'))).rejects.toThrow(NobodyThere);
  });

  it('takes what concerns the house always: the journal has it, and it is shown to whoever comes', async () => {
    const house: HouseNotice = { id: 'h1', at: TUESDAY, code: 'checkpoint', line: 'tocsin-checkpoint/1 …' };
    await expect(new DeskPageChannel('page', new Hub()).say(house)).resolves.toBeUndefined();
  });
});
