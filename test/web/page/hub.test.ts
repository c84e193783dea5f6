import { describe, expect, it } from 'vitest';
import type { Notice } from '../../../src/ports/channel.ts';
import { DeskPageChannel } from '../../../src/web/page/channel.ts';
import { Hub, type News } from '../../../src/web/page/hub.ts';
import { TUESDAY } from '../../support/desk.ts';

const notice = (id: string): Notice => ({ id, code: 'last_resort', shortId: 'K7Q2', urgency: 'urgent', at: TUESDAY });

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

  it('keeps the last 20 notices, newest first, of the channels that are asked for', async () => {
    const hub = new Hub();
    const page = new DeskPageChannel('page', hub);
    for (let n = 1; n <= 25; n++) await page.say(notice(`n${n}`));
    await new DeskPageChannel('night', hub).say(notice('other'));
    const kept = hub.notices(['page']).map(({ id }) => id);
    expect(kept).toHaveLength(19);
    expect(kept[0]).toBe('n25');
    expect(hub.notices(['night']).map(({ id }) => id)).toEqual(['other']);
  });

  it('keeps a notice that is delivered twice once', async () => {
    const hub = new Hub();
    const page = new DeskPageChannel('page', hub);
    await page.say(notice('n1'));
    await page.say(notice('n1'));
    expect(hub.notices(['page'])).toHaveLength(1);
  });
});
