import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../../../src/desk/act.ts';
import { takeInDue } from '../../../src/desk/search-index.ts';
import type { RequestState } from '../../../src/request/state.ts';
import { type PageDesk, pageDesk, type Visitor } from '../../support/page-desk.ts';
import { keysShown } from '../../support/text-keys.ts';

let house: PageDesk;
let ana: Visitor;
let smith: RequestState;
let plain: RequestState;

beforeAll(async () => {
  house = await pageDesk();
  ana = await house.signIn('ana');
  smith = await house.receive({
    ownReference: 'REF-123/2026',
    subject: '<script>alert(1)</script> about smithson',
    identifiers: [{ type: 'account', value: 'k.smith@example.org' }],
  });
  plain = await house.receive({ ownReference: 'Needle', subject: 'A plain one of Smith' });
  while ((await takeInDue(house.desk, 100, () => undefined)) > 0);
});
afterAll(() => house.close());

const search = (q: string, headers = {}, who = ana) => who.get(`/search?q=${encodeURIComponent(q)}`, headers);

describe('the page of a search', () => {
  it('shows rows like those of the board, with where the words were met, marked and escaped', async () => {
    const { statusCode, body } = await search('smith');
    expect(statusCode).toBe(200);
    expect(body).toContain('2 requests');
    for (const { id, shortId } of [smith, plain]) expect(body).toContain(`href="/requests/${id}">${shortId}</a>`);
    expect(body).toContain('<small>identifier</small> <bdi>k.<mark>smith</mark>@example.org');
    const hostile = (await search('smithson')).body;
    expect(hostile).toContain('&lt;script&gt;alert(1)&lt;/script&gt; about <mark>smithson</mark>');
    expect(hostile).not.toContain('<script>alert');
    expect(body).toContain('<title>Tocsin</title>');
    expect(keysShown(body)).toEqual([]);
  });

  it('keeps the question in its line and its address, whatever stands in it', async () => {
    const { body } = await search('"><b onclick=x>');
    expect(body).toContain('name="q" value="&quot;&gt;&lt;b onclick=x&gt;"');
    expect(body).toContain('Nothing was found.');
    expect((await ana.get('/')).body).toMatch(/<form class="search" role="search" method="get" action="\/search">/);
  });

  it.each([
    ['a short id', () => smith.shortId.toLowerCase()],
    ['our reference', () => smith.reference],
    ['their reference, however it is spaced', () => 'ref 123 2026'],
  ])('leads directly to the request that is named by %s', async (_what, question) => {
    const { statusCode, headers } = await search(question());
    expect([statusCode, headers.location]).toEqual([302, `/requests/${smith.id}`]);
  });

  it('does not lead to a request because its sender calls it by a word', async () => {
    const { statusCode, body } = await search('needle');
    expect([statusCode, body.includes('1 request<')]).toEqual([200, true]);
  });

  it('says what it did not understand, and that not all is indexed', async () => {
    await house.receive({ subject: 'fresh' });
    const { body } = await search('smith is:lost');
    expect(body).toContain('is:lost is not understood and was left out. Possible: open, acknowledged,');
    expect(body).toContain('Not everything is indexed yet');
    while ((await takeInDue(house.desk, 100, () => undefined)) > 0);
    expect((await search('smith')).body).not.toContain('Not everything is indexed yet');
  });

  it('without a question shows what can be asked, and a repeated one is none', async () => {
    for (const url of ['/search', '/search?q=', '/search?q=a&q=b']) {
      const { statusCode, body } = await ana.get(url);
      expect(statusCode).toBe(200);
      expect(body).toContain('/search?q=kind%3Apreservation%20country%3ARO');
      expect(body).not.toContain('id="found"');
    }
  });

  it('speaks French', async () => {
    const { body } = await search('smith', { 'accept-language': 'fr' });
    expect(body).toContain('2 demandes');
    expect(body).toContain('<small>identifiant</small>');
    expect(keysShown(body)).toEqual([]);
  });

  it('is for nobody without a session, and not a window in which the board is read', async () => {
    expect((await house.app.inject({ url: '/search?q=smith', headers: { host: 'localhost' } })).statusCode).toBe(401);
    expect((await search('smith')).body).toContain('hx-sse:connect="/events?request="');
  });

  it('shows who is concerned by name a request of a desk that is not his', async () => {
    const night = await house.receive({ subject: 'Nightingale' }, { desk: 'night', source: 'night-ncb' });
    while ((await takeInDue(house.desk, 100, () => undefined)) > 0);
    expect((await search('nightingale')).body).toContain('Nothing was found.');
    const dan = await house.signIn('dan');
    await act(house.desk, night.id, 'acknowledge', {}, 'dan');
    expect((await search('nightingale is:mine', {}, dan)).body).toContain(night.shortId);
  });
});
