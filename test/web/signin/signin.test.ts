import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../rota/instant.ts';
import { type PageDesk, pageDesk } from '../../support/page-desk.ts';

let house: PageDesk;
beforeAll(async () => {
  house = await pageDesk();
});
afterAll(() => house.close());

const HOST = { host: 'localhost' };
const use = (url: string, headers = {}) => house.app.inject({ method: 'POST', url, headers: { ...HOST, ...headers } });
const later = (duration: number) => house.clock.set(house.clock.now() + duration);

describe('a sign-in link', () => {
  it('is not used up by looking at it', async () => {
    const link = await house.link('ana');
    for (let n = 0; n < 3; n++) {
      const { statusCode, body } = await house.app.inject({ url: link, headers: HOST });
      expect(statusCode).toBe(200);
      expect(body.match(/<button/g)).toHaveLength(1);
    }
    expect((await use(link)).statusCode).toBe(303);
  });

  it('lets one in of two at the same moment', async () => {
    const link = await house.link('ana');
    const codes = await Promise.all([use(link), use(link)]);
    expect(codes.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 410]);
    expect((await use(link)).statusCode).toBe(410);
  });

  it('is valid for ten minutes', async () => {
    const [inTime, late] = [await house.link('ana'), await house.link('ana')];
    later(10 * MINUTE - SECOND);
    expect((await use(inTime)).statusCode).toBe(303);
    later(SECOND);
    const refused = await use(late);
    expect(refused.statusCode).toBe(410);
    expect(refused.headers['set-cookie']).toBeUndefined();
    expect(refused.body).toContain('npx tocsin link');
  });

  it('that was never made lets nobody in', async () => {
    expect((await use('/signin/guessed')).statusCode).toBe(410);
  });

  it('pressed on a page of another site does nothing, and stays good', async () => {
    const link = await house.link('ana');
    expect((await use(link, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await use(link, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await use(link, { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' })).statusCode).toBe(303);
  });

  it('keeps only the hash of its secret', async () => {
    const link = await house.link('ana');
    const token = link.split('/').at(-1) ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await house.store.sessions.useLink(token, house.clock.now())).toBeUndefined();
  });
});

describe('a session', () => {
  it('is a cookie that no script and no other site can use', async () => {
    const cookie = String((await use(await house.link('ana'))).headers['set-cookie']);
    expect(cookie).toMatch(/^tocsin_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('belongs to the officer of its link', async () => {
    const dan = await house.signIn('dan');
    expect((await dan.get('/')).body).toContain('<bdi>Dan Example</bdi></li>');
  });

  it('ends after twelve hours', async () => {
    const ana = await house.signIn('ana');
    later(12 * HOUR - SECOND);
    expect((await ana.get('/')).statusCode).toBe(200);
    later(SECOND);
    expect((await ana.get('/')).statusCode).toBe(401);
  });

  it('ends when the officer signs out, in every window', async () => {
    const ana = await house.signIn('ana');
    expect((await ana.post('/signout')).statusCode).toBe(303);
    const { statusCode, body } = await ana.get('/');
    expect(statusCode).toBe(401);
    expect(body).toContain('npx tocsin link OFFICER');
  });

  it('is not there for an officer of no desk, not even with a link', async () => {
    expect((await use(await house.link('nobody'))).statusCode).toBe(410);
  });

  it('does not come with a guessed or changed cookie', async () => {
    const ana = await house.signIn('ana');
    for (const cookie of ['tocsin_session=guessed', `${ana.cookie}x`, 'tocsin_session=']) {
      expect((await ana.get('/', { cookie })).statusCode).toBe(401);
    }
  });

  it('makes an open part of a page show the whole window that it is over', async () => {
    const { statusCode, headers } = await house.app.inject({
      url: '/board',
      headers: { ...HOST, 'hx-request': 'true' },
    });
    expect([statusCode, headers['hx-refresh']]).toEqual([401, 'true']);
  });

  it('that a link from elsewhere did not bring along is asked for once more from our own page', async () => {
    const { body } = await house.app.inject({ url: '/s/K7Q2', headers: { ...HOST, 'sec-fetch-site': 'cross-site' } });
    expect(body).toContain('<meta http-equiv="refresh" content="0">');
    const again = await house.app.inject({ url: '/s/K7Q2', headers: { ...HOST, 'sec-fetch-site': 'same-origin' } });
    expect(again.statusCode).toBe(401);
    expect(again.body).not.toContain('refresh');
  });
});

describe('a change', () => {
  it('needs the token of its own session', async () => {
    const [ana, dan] = [await house.signIn('ana'), await house.signIn('dan')];
    const { id } = await house.receive({ text: 'hello' });
    const path = `/requests/${id}/actions/acknowledge`;
    for (const csrf of ['', 'guessed', dan.csrf, ana.csrf.slice(1)]) {
      expect((await ana.post(path, { csrf })).statusCode).toBe(403);
    }
    expect((await house.store.request(id))?.status).toBe('open');
    expect((await ana.post(path)).statusCode).toBe(303);
  });

  it('from a page of another site is refused even with the token', async () => {
    const ana = await house.signIn('ana');
    const { id } = await house.receive({ text: 'hello' });
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'http://localhost.evil.example' },
      { origin: 'null' },
    ]) {
      expect((await ana.post(`/requests/${id}/actions/acknowledge`, {}, headers)).statusCode).toBe(403);
    }
    expect((await house.store.request(id))?.status).toBe('open');
  });

  it('without a session is not even looked at', async () => {
    const { id } = await house.receive({ text: 'hello' });
    expect((await use(`/requests/${id}/actions/acknowledge`)).statusCode).toBe(401);
    expect((await use('/pager/ack')).statusCode).toBe(401);
  });
});
