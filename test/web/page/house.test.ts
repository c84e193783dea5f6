import { afterEach, describe, expect, it } from 'vitest';
import { checkpointNotice } from '../../../src/desk/house-notices.ts';
import { DeskPageChannel } from '../../../src/web/page/channel.ts';
import type { HouseFacts } from '../../../src/web/page-parts.ts';
import { TUESDAY } from '../../support/desk.ts';
import { EventReader } from '../../support/event-reader.ts';
import { type PageDesk, pageDesk } from '../../support/page-desk.ts';
import { keysShown } from '../../support/text-keys.ts';

const LINE = 'tocsin-checkpoint/1 5d3c9f60-0000-4000-8000-000000000001 2 1 2026-11-24T00:05:00.000Z 00ff';
const FAULT = 'tocsin.yaml:9:5 desks[0].<b>time_zon</b>: there is no such key; expected time_zone.';

let house: PageDesk;
afterEach(() => house.close());

const withFacts = async (facts: Partial<HouseFacts>) => {
  house = await pageDesk(facts);
  return house.signIn('ana');
};

describe('the warning', () => {
  it('stands on every page for officers while the file is not what runs, with each fault', async () => {
    const ana = await withFacts({ unapplied: () => ({ why: 'faulty', lines: [FAULT, 'another'] }) });
    const { id } = await house.receive({ text: 'hello' });
    for (const path of ['/', `/requests/${id}`, '/warning']) {
      const { body } = await ana.get(path);
      expect(body).toContain('tocsin.yaml has faults: revision 1 runs on.');
      expect(body).toContain('Ana Example should have it mended');
      expect(body).toContain('<summary>The 2 things that are wrong</summary>');
      expect(body).toContain('desks[0].&lt;b&gt;time_zon&lt;/b&gt;');
      expect(keysShown(body)).toEqual([]);
    }
    const french = (await ana.get('/', { 'accept-language': 'fr' })).body;
    expect(french).toContain('tocsin.yaml a des fautes');
    expect(keysShown(french)).toEqual([]);
  });

  it('says of a file that was refused, or is not there, just that', async () => {
    let why: 'refused' | 'missing' = 'refused';
    const ana = await withFacts({ unapplied: () => ({ why, lines: ['one thing'] }) });
    expect((await ana.get('/')).body).toContain('tocsin.yaml was not applied: revision 1 runs on.');
    why = 'missing';
    expect((await ana.get('/')).body).toContain('tocsin.yaml is missing: revision 1 runs on.');
  });

  it('is not there when the file runs, and for nobody without a session', async () => {
    const ana = await withFacts({});
    expect((await ana.get('/')).body).not.toContain('tocsin.yaml');
    expect((await ana.get('/warning')).body).toBe('');
    await house.close();
    await withFacts({ unapplied: () => ({ why: 'faulty', lines: [FAULT] }) });
    for (const url of ['/', '/warning', '/foot', '/signin/none']) {
      const { body } = await house.app.inject({ url, headers: { host: 'localhost' } });
      expect(body).not.toContain('time_zon');
    }
  });
});

describe('the foot of the board', () => {
  it('has the revision in force, and the line of the last checkpoint to copy', async () => {
    const revision = { number: 3, at: TUESDAY, author: 'root', sha256: '', text: '' };
    const ana = await withFacts({
      revision: () => revision,
      checkpoint: async () => ({ line: LINE, at: TUESDAY }),
    });
    for (const path of ['/', '/foot']) {
      const { body } = await ana.get(path);
      expect(body).toContain(`<code>${LINE}</code>`);
      const words = body.replace(/<[^>]*>/g, '');
      expect(words).toContain('Last checkpoint 24 Nov 2026, 09:00:00 UTC');
      expect(words).toContain('Revision 3, applied by root, 24 Nov 2026, 09:00:00 UTC');
      expect(keysShown(body)).toEqual([]);
    }
  });
});

describe('the channel of the desk page', () => {
  it('makes no banner of a checkpoint: windows are told that there is something new of the house', async () => {
    const ana = await withFacts({});
    const address = await house.listen();
    const state = await house.receive({ text: 'hello' });
    /** After what every connection begins with. */
    const open = async (path: string) => {
      const events = await EventReader.open(`${address}${path}`, { cookie: ana.cookie });
      expect([(await events.next())?.event, (await events.next())?.event]).toEqual(['changed', 'house']);
      return events;
    };
    const board = await open('/events');
    const request = await open(`/events?request=${state.id}`);
    await new DeskPageChannel('page', house.hub, () => ['ncp']).say(checkpointNotice('n1', TUESDAY, LINE)('page'));
    for (const events of [board, request]) {
      expect(await events.next()).toMatchObject({ event: 'house' });
      events.close();
    }
    expect((await ana.get('/board')).body).not.toContain('banner');
  });
});
