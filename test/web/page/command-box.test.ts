import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestState } from '../../../src/request/state.ts';
import { type PageDesk, pageDesk, type Visitor } from '../../support/page-desk.ts';
import { keysShown } from '../../support/text-keys.ts';

let house: PageDesk;
let dan: Visitor;
let request: RequestState;
beforeEach(async () => {
  house = await pageDesk();
  dan = await house.signIn('dan');
  request = await house.receive({ urgency: 'emergency', subject: '<b>A child</b> is missing', text: 'Hurry' });
});
afterEach(() => house.close());

const byScript = { 'hx-request': 'true' };
const types = (text: string, more: Readonly<Record<string, string>> = {}, headers = {}) =>
  dan.post('/commands', { text, ...more }, headers);

describe('the line for commands', () => {
  it('stands on the board and on a request, with what can be typed', async () => {
    const [board, page] = [await dan.get('/'), await dan.get(`/requests/${request.id}`)];
    for (const { body } of [board, page]) {
      expect(body).toContain('id="command-text"');
      expect(body).toContain(`<option value="ack ${request.shortId}">`);
      expect(body).toContain('<option value="eva">');
    }
    expect(page.body).toContain(`name="beside" value="${request.id}"`);
    expect(board.body).not.toContain('name="beside"');
  });

  it('does it, says so as a status, and tells the engine', async () => {
    const { statusCode, body } = await types(`ack ${request.shortId}`, {}, byScript);
    expect(statusCode).toBe(200);
    expect(body).toMatch(/^<div class="done" role="status" data-done>/);
    expect(body).toContain(`Done: Acknowledge, ${request.shortId}.`);
    expect(house.nudges()).toBe(1);
    expect((await house.store.request(request.id))?.owner).toBe('dan');
  });

  it('says as an alert why nothing was done, and nothing is done', async () => {
    for (const text of ['akc', `close ${request.shortId}`, 'wait 2h for a because b']) {
      const { statusCode, body } = await types(text, {}, byScript);
      expect(statusCode).toBe(422);
      expect(body).toMatch(/^<div class="warning" role="alert">/);
    }
    expect(house.nudges()).toBe(0);
    expect((await house.store.request(request.id))?.status).toBe('open');
  });

  it('is a page of its own without scripts, with what was typed where it was not done', async () => {
    const bad = await types('note', { beside: request.id });
    expect(bad.statusCode).toBe(422);
    expect(bad.body).toContain('name="text" value="note"');
    expect(bad.body).toContain(`<a href="/requests/${request.id}">Back</a>`);
    const good = await types('note called back', { beside: request.id });
    expect(good.body).toContain('<!doctype html>');
    expect(good.body).toContain(`No request was named: ${request.shortId} was taken.`);
    expect(good.body).toContain('name="text" value=""');
    expect(keysShown(good.body)).toEqual([]);
  });

  it('shows what was asked as text and nothing else', async () => {
    const { body } = await types(`status ${request.shortId}`, {}, byScript);
    expect(body).toContain('&lt;b&gt;A child&lt;/b&gt; is missing');
    expect((await types('<script>alert(1)</script>', {}, byScript)).body).not.toContain('<script>');
  });

  it('speaks French', async () => {
    const board = await dan.get('/', { 'accept-language': 'fr' });
    expect(board.body).toContain(`<option value="prendre ${request.shortId}">`);
    const { body } = await types('prendre', {}, { ...byScript, 'accept-language': 'fr' });
    expect(body).toContain('Aucune demande n’était nommée');
  });

  it('does nothing without a session, or for the form of another site', async () => {
    expect((await dan.post('/commands', { text: 'ack', csrf: 'x'.repeat(43) })).statusCode).toBe(403);
    expect(
      (await house.app.inject({ method: 'POST', url: '/commands', headers: { host: 'localhost' } })).statusCode,
    ).toBe(401);
    expect((await types('ack', {}, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await house.store.request(request.id))?.status).toBe('open');
  });

  it('knows nothing of a request that the officer may not see', async () => {
    const other = await house.receive({ subject: 'Another desk' }, { desk: 'night', source: 'night-ncb' });
    const ana = await house.signIn('ana');
    const { body } = await ana.post('/commands', { text: 'status', beside: other.id }, byScript);
    expect(body).toContain(request.shortId);
    expect(body).not.toContain('Another desk');
  });
});
