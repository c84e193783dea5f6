import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMERGENCY } from './emergency.ts';
import { type TestHouse, testHouse } from './house.ts';
import { CHROMIUM, open, skipsBrowser, Windows } from './windows.ts';

describe.skipIf(skipsBrowser)(`an officer who looks for something (needs ${CHROMIUM})`, () => {
  let windows: Windows;
  let house: TestHouse;

  beforeAll(async () => {
    windows = await Windows.launch();
  });
  afterAll(() => windows?.close());
  beforeEach(async () => {
    house = await testHouse();
  });
  afterEach(async () => {
    const complaints = await windows.shut();
    await house.stop();
    expect(complaints).toEqual([]);
  });

  it('finds it from any page with the keyboard alone, and by its reference goes straight there', async () => {
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'FIND-2026-77' });
    const page = await open(await windows.of('ana', house), `/s/${shortId}`);
    const field = page.getByRole('searchbox', { name: 'Find a request' });
    await field.focus();
    await page.keyboard.type('find-2026');
    // What has just come in is taken in within the second.
    await expect
      .poll(async () => {
        await field.fill('find-2026');
        await page.keyboard.press('Enter');
        await page.waitForURL(/q=find-2026$/);
        return page.locator('.rows > li').count();
      })
      .toBe(1);
    expect(await page.locator('.rows mark').first().innerText()).toBe('FIND-2026');
    await page.locator('.rows a').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/requests\//);
    await page.goto('/');
    await field.fill('find 2026 77');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/requests\//);
    expect(await page.title()).toContain(shortId);
  });

  it('keeps a filter, the focus and the place on the board while new things come in, and hears of them', async () => {
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'KEEP-1' });
    const page = await open(
      await windows.of('ana', house, { viewport: { width: 375, height: 300 } }),
      '/?urgency=routine',
    );
    await page.getByText('Nothing of this kind.').waitFor();
    expect(await page.locator('.rows > li').count()).toBe(0);
    const mine = page.getByRole('link', { name: /^Mine/ });
    await mine.focus();
    await page.evaluate('scrollTo(0, 40)');
    const heard = await house.send({ ...EMERGENCY, ownReference: 'KEEP-2', identifiers: [] });
    await expect.poll(() => page.locator('#announcer').innerText()).toBe(`New: Emergency ${heard.shortId}`);
    expect(await page.locator('.rows > li').count()).toBe(0);
    expect(await mine.evaluate((link) => link === link.ownerDocument.activeElement)).toBe(true);
    expect(await page.evaluate('scrollY')).toBe(40);
    await page.getByRole('link', { name: /^Any urgency/ }).click();
    await page.locator('.rows > li', { hasText: shortId }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });
});
