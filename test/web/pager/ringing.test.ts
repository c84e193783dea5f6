import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PageDesk, pageDesk } from '../../support/page-desk.ts';
import { CHROMIUM, open, skipsBrowser, Windows } from '../windows.ts';

/** Stands in for the connection and the sound, so that the script can be told things and watched. */
const STAND_INS = `
  window.rung = 0;
  window.heard = 0;
  navigator.vibrate = (pattern) => { if (pattern === 0) window.rung += 1; return true; };
  window.EventSource = class extends EventTarget {
    static CLOSED = 2;
    readyState = 1;
    constructor() { super(); window.source = this; setTimeout(() => window.tell('hello', { pager: 'p1' })); }
    close() {}
  };
  window.tell = (type, what) => window.source.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(what) }));
`;
const BLOCKED = `window.AudioContext = class { state = 'suspended'; resume() { return new Promise(() => {}); } };`;

const PAGE = { id: 'd1', shortId: 'K7Q2', urgency: 'emergency', title: 'Emergency', why: '', count: '', time: '03:12' };

describe.skipIf(skipsBrowser)(`the pager’s script (needs ${CHROMIUM})`, () => {
  let windows: Windows;
  let house: PageDesk;
  let confirmed: string[];

  beforeAll(async () => {
    windows = await Windows.launch();
  });
  afterAll(() => windows?.close());
  beforeEach(async () => {
    house = await pageDesk();
    confirmed = [];
  });
  afterEach(async () => {
    expect(await windows.shut()).toEqual([]);
    await house.close();
  });

  async function started(script = ''): Promise<Page> {
    const address = await house.listen();
    const link = async (officer: string) => `${address}${await house.link(officer)}`;
    const context = await windows.of('dan', { address, link });
    await context.addInitScript(STAND_INS + script);
    const page = await open(context, '/pager');
    page.on('request', (request) => {
      if (request.url().endsWith('/pager/confirm'))
        confirmed.push(new URLSearchParams(request.postData() ?? '').get('id') ?? '');
    });
    await page.locator('#start').click();
    await page.locator('.when-connected').waitFor();
    return page;
  }

  const tell = (page: Page, type: string, what: object) => page.evaluate(`tell('${type}', ${JSON.stringify(what)})`);
  const rung = (page: Page) => page.evaluate<number>('rung');

  it('confirms each page that it shows, and does not ring anew for one that is repeated', async () => {
    const page = await started();
    await tell(page, 'page', PAGE);
    expect(await rung(page)).toBe(1);
    await tell(page, 'page', PAGE);
    expect(await rung(page)).toBe(1);
    await tell(page, 'page', { ...PAGE, id: 'd2' });
    expect(await rung(page)).toBe(2);
    expect(await page.locator('.page').count()).toBe(1);
    await expect.poll(() => confirmed).toEqual(['d1', 'd1', 'd2']);
  });

  it('rings on for what is left, and falls silent with the last one', async () => {
    const page = await started();
    await tell(page, 'page', PAGE);
    await tell(page, 'page', { ...PAGE, id: 'd2', shortId: 'M3XA', urgency: 'routine' });
    await tell(page, 'quiet', { shortId: 'K7Q2', line: 'K7Q2 was taken by Ana Example.' });
    expect(await page.locator('.page .short-id').allInnerTexts()).toEqual(['M3XA']);
    expect(await page.locator('#log li').allInnerTexts()).toEqual(['K7Q2 was taken by Ana Example.']);
    await tell(page, 'quiet', { shortId: 'M3XA', line: 'M3XA is yours.' });
    expect(await page.locator('.page').count()).toBe(0);
  });

  it('says plainly when the browser blocks the sound', async () => {
    const page = await started(BLOCKED);
    await page.getByText('The browser blocks the sound. Pages are shown but not heard.').waitFor();
  });

  it('confirms nothing that can be neither seen nor heard, until it is seen', async () => {
    const page = await started(`${BLOCKED} window.hidden = false;
      Object.defineProperty(document, 'hidden', { get: () => window.hidden });`);
    await page.getByText('The browser blocks the sound.').waitFor();
    await page.evaluate('hidden = true');
    await tell(page, 'page', PAGE);
    expect(await page.locator('.page .short-id').innerText()).toBe('K7Q2');
    expect(confirmed).toEqual([]);
    await page.evaluate(`hidden = false; document.dispatchEvent(new Event('visibilitychange'))`);
    await expect.poll(() => confirmed).toEqual(['d1']);
  });

  it('keeps the page and says so when an answer does not get through', async () => {
    const page = await started();
    await tell(page, 'page', PAGE);
    await page.route('**/pager/ack', (route) => route.abort());
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('That did not get through. Try again.').waitFor();
    await page.unroute('**/pager/ack');
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('K7Q2 is not known here.').waitFor();
  });

  it('says that it is signed out, and stays so', async () => {
    const page = await started();
    await page.context().clearCookies();
    await tell(page, 'page', PAGE);
    await page.getByText('You are signed out. You cannot be paged here.').waitFor();
  });
});
