import type { BrowserContext, Page } from 'playwright-core';
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

/** Sound that is allowed; what was played, as shapes of waves: pages are square, trouble is not. */
const SOUNDING = `
  window.played = [];
  window.AudioContext = class {
    state = 'running';
    currentTime = 0;
    resume() { return Promise.resolve(); }
    createGain() { return { gain: { setValueAtTime() {} }, connect() {} }; }
    createOscillator() {
      return { frequency: {}, connect: (to) => to, start() { window.played.push(this.type); }, stop() {} };
    }
  };
`;

const PAGE = {
  id: 'd1',
  shortId: 'K7Q2',
  urgency: 'emergency',
  title: 'Emergency',
  why: '',
  count: '',
  time: '03:12',
  at: 1,
};

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

  async function started(script = '', prepare?: (context: BrowserContext) => Promise<void>): Promise<Page> {
    const address = await house.listen();
    const link = async (officer: string) => `${address}${await house.link(officer)}`;
    const context = await windows.of('dan', { address, link });
    await context.addInitScript(STAND_INS + script);
    await prepare?.(context);
    const page = await open(context, '/pager');
    page.on('request', (request) => {
      if (request.url().endsWith('/pager/confirm'))
        confirmed.push(new URLSearchParams(request.postData() ?? '').get('id') ?? '');
    });
    // The server knows nothing of this pager.
    await page.route('**/pager/beat', (route) => route.fulfill({ status: 204 }));
    await page.locator('#start').click();
    await page.locator('.when-connected').waitFor();
    return page;
  }

  const tell = (page: Page, type: string, what: object) => page.evaluate(`tell('${type}', ${JSON.stringify(what)})`);
  const shown = (page: Page) => page.locator('.page:not([hidden]) .short-id').allInnerTexts();
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

  it('is no more loud than a line while all is well', async () => {
    const page = await started(SOUNDING);
    expect(await page.locator('#know').isVisible()).toBe(false);
    expect(await page.evaluate('played')).not.toContain('sawtooth');
  });

  it('shows the most urgent first, then the oldest, whenever they came', async () => {
    const page = await started();
    const came = [
      ['R222', 'routine', 2],
      ['U444', 'urgent', 4],
      ['E555', 'emergency', 5],
      ['R111', 'routine', 1],
      ['E333', 'emergency', 3],
      ['T666', 'test', 6],
    ] as const;
    for (const [shortId, urgency, at] of came) await tell(page, 'page', { ...PAGE, id: shortId, shortId, urgency, at });
    const inOrder = ['E333', 'E555', 'U444', 'T666', 'R111', 'R222'];
    expect(await shown(page)).toEqual(inOrder);
    await tell(page, 'page', { ...PAGE, id: 'again', shortId: 'E333', at: 9 });
    expect(await shown(page)).toEqual(inOrder);
  });

  it('brings a new emergency into sight wherever it was scrolled to, and rings for it', async () => {
    const page = await started();
    await page.setViewportSize({ width: 375, height: 667 });
    for (let i = 1; i < 6; i++) {
      await tell(page, 'page', { ...PAGE, id: `r${i}`, shortId: `R${i}`, urgency: 'routine', at: i });
    }
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    const before = await rung(page);
    await tell(page, 'page', { ...PAGE, at: 99 });
    expect(await rung(page)).toBe(before + 1);
    const card = page.locator('.page', { hasText: 'K7Q2' });
    const [box, bar] = [await card.boundingBox(), await page.locator('#status').boundingBox()];
    expect(box?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
    expect(box?.y).toBeLessThan(300);
    expect((await shown(page))[0]).toBe('K7Q2');
  });

  it('takes no tap that was meant for what had stood there before a new card came in above', async () => {
    const page = await started();
    await tell(page, 'page', { ...PAGE, id: 'r', shortId: 'R222', urgency: 'routine' });
    const isTaken = `tell('page', ${JSON.stringify(PAGE)}); ack = document.querySelector('.ack'); ack.click(); ack.disabled`;
    expect(await page.evaluate(isTaken)).toBe(false);
    await expect.poll(() => page.evaluate('performance.now() - jumpedAt > JUMP_MS')).toBe(true);
    await page.locator('.ack').first().click();
    await page.getByText('K7Q2 is not known here.').waitFor();
  });

  it('shows many pages as one card, which answers for all of them', async () => {
    const page = await started();
    const pages = ['M222', 'M333', 'M444'];
    for (const shortId of pages) await tell(page, 'page', { ...PAGE, id: shortId, shortId, urgency: 'urgent' });
    await tell(page, 'page', PAGE);
    await tell(page, 'fold', { pages, urgency: 'urgent', title: 'Urgent', count: '5 requests', time: 'since 03:12' });
    expect(await shown(page)).toEqual(['K7Q2', '5 requests']);
    expect(await page.locator('.fold .why').innerText()).toBe('M222 · M333 · M444');
    await expect.poll(() => page.evaluate('performance.now() - jumpedAt > JUMP_MS')).toBe(true);
    const asked = page.waitForRequest('**/pager/ack');
    await page.route('**/pager/ack', (route) => route.fulfill({ json: { settled: false, left: ['M444'], lines: [] } }));
    await page.locator('.fold .ack').click();
    expect(new URLSearchParams((await asked).postData() ?? '').get('shortId')).toBe(pages.join(' '));
    await expect.poll(() => shown(page)).toEqual(['K7Q2', 'M444']);
    await tell(page, 'fold', { pages: [] });
    expect(await shown(page)).toEqual(['K7Q2', 'M444']);
  });

  /** A pager whose sound is watched, and whose time the test may let pass. */
  const watched = () => started(SOUNDING, (context) => context.clock.install());
  const troubles = (page: Page) => page.evaluate<number>(`played.filter((shape) => shape === 'sawtooth').length`);
  const fail = (page: Page) => page.evaluate(`source.readyState = 1; source.dispatchEvent(new Event('error'))`);

  it('that loses its connection says so above everything, wherever it was scrolled to, and sounds until it is back', async () => {
    const page = await watched();
    await page.setViewportSize({ width: 375, height: 667 });
    for (let i = 1; i < 6; i++) await tell(page, 'page', { ...PAGE, id: `r${i}`, shortId: `R${i}`, at: i });
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await fail(page);
    const { y = -1, height = 0 } = (await page.getByText('NO CONNECTION.').boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + height).toBeLessThan(667);
    expect(await troubles(page)).toBe(0);
    await page.clock.runFor(6_000);
    expect(await troubles(page)).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'I know' }).waitFor();
    await tell(page, 'hello', { pager: 'p1' });
    await page.locator('.when-connected').waitFor();
    const before = await troubles(page);
    await page.clock.runFor(4_000);
    expect(await troubles(page)).toBe(before);
  });

  it('that is back drops what was answered meanwhile, and keeps the rest', async () => {
    const page = await watched();
    await tell(page, 'page', PAGE);
    await tell(page, 'page', { ...PAGE, id: 'd2', shortId: 'M3XA' });
    await tell(page, 'page', { ...PAGE, id: 'd3', shortId: 'W36X', why: 'Reminder: progress is due' });
    await fail(page);
    const lines = ['K7Q2 was taken by Ana Example.', 'W36X is yours.'];
    const quiet = lines.map((line) => ({ shortId: line.slice(0, 4), line }));
    await page.route('**/pager/outdated', (route) => route.fulfill({ json: { quiet } }));
    const asked = page.waitForRequest('**/pager/outdated');
    await tell(page, 'hello', { pager: 'p1' });
    expect(new URLSearchParams((await asked).postData() ?? '').get('shortId')).toBe('K7Q2 M3XA W36X');
    for (const line of lines) await page.getByText(line).waitFor();
    expect(await shown(page)).toEqual(['M3XA']);
  });

  it('is silent once its officer knows, and loud again for the next loss', async () => {
    const page = await watched();
    await fail(page);
    await page.clock.runFor(6_000);
    await page.getByRole('button', { name: 'I know' }).click();
    const before = await troubles(page);
    await page.clock.runFor(4_000);
    expect(await troubles(page)).toBe(before);
    expect(await page.getByText('NO CONNECTION.').isVisible()).toBe(true);
    await tell(page, 'hello', { pager: 'p1' });
    await fail(page);
    await page.clock.runFor(6_000);
    expect(await troubles(page)).toBeGreaterThan(before);
  });

  it('says aloud, once, that its session ends soon', async () => {
    const page = await watched();
    const ends = { line: 'You are signed in until 03:00.' };
    await tell(page, 'ends', ends);
    await page.getByText('You are signed in until 03:00.').waitFor();
    const before = await troubles(page);
    expect(before).toBeGreaterThan(0);
    await tell(page, 'ends', ends);
    expect(await troubles(page)).toBe(before);
  });

  it.each([
    ['its session has ended', (page: Page) => tell(page, 'end', {})],
    [
      'it is signed out',
      async (page: Page) => {
        await page.context().clearCookies();
        await tell(page, 'page', PAGE);
      },
    ],
    [
      'its officer has signed in anew elsewhere in this browser',
      async (page: Page) => {
        await page.route('**/pager/confirm', (route) => route.fulfill({ status: 403 }));
        await tell(page, 'page', PAGE);
      },
    ],
  ])('is loud at once when %s, and stays so', async (_why, end) => {
    const page = await watched();
    await end(page);
    await page.getByText('SIGNED OUT. You cannot be paged here.').waitFor();
    await expect.poll(() => troubles(page)).toBeGreaterThan(0);
    const before = await troubles(page);
    await fail(page);
    await page.clock.runFor(4_000);
    expect(await troubles(page)).toBeGreaterThan(before);
    expect(await page.getByText('SIGNED OUT.').isVisible()).toBe(true);
    expect(await page.getByRole('link', { name: 'Sign in again' }).getAttribute('href')).toBe('/pager');
  });
});
