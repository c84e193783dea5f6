import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMERGENCY, PRESERVATION } from './emergency.ts';
import { type TestHouse, testHouse } from './house.ts';
import { CHROMIUM, open, skipsBrowser, Windows } from './windows.ts';

/** For tests that look at many pages. */
const LONG = 60_000;
const { source: AXE } = createRequire(import.meta.url)('axe-core') as { source: string };

describe.skipIf(skipsBrowser)(`the pages in a real browser (needs ${CHROMIUM})`, () => {
  let windows: Windows;
  let house: TestHouse;
  const screens = mkdtempSync(join(tmpdir(), 'tocsin-screens-'));

  beforeAll(async () => {
    windows = await Windows.launch();
  });
  afterAll(async () => {
    await windows?.close();
    console.log(`screenshots in ${screens}`);
  });
  beforeEach(async () => {
    house = await testHouse();
  });
  afterEach(async () => {
    const complaints = await windows.shut();
    await house.stop();
    expect(complaints).toEqual([]);
  });

  it(
    'hold no barrier: axe finds nothing on any of them, in light and in dark',
    async () => {
      const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-123' });
      await house.send(PRESERVATION);
      for (const colorScheme of ['light', 'dark'] as const) {
        const dan = await windows.of('dan', house, { colorScheme });
        const page = await open(dan, '/');
        const free = async (name: string) => expect(await barriers(page), `${name}, ${colorScheme}`).toEqual([]);
        await free('board');
        await page.goto(`/s/${shortId}`);
        await free('request');
        await page.getByRole('link', { name: 'Refuse' }).click();
        await page.getByLabel('Ground').waitFor();
        await free('form');
        await page.goto('/search?q=exampleland is:nothing');
        await free('search');
        await page.goto('/?show=unowned');
        await free('board with a filter');
        await page.goto('/');
        await page.getByRole('link', { name: 'Change who is on duty' }).click();
        await page.getByLabel('Who has the duty').selectOption('Eva Specimen');
        await page.getByLabel('Until').fill('2020-01-01T10:00');
        await page.getByLabel('From').fill('2019-12-31T10:00');
        await page.getByRole('button', { name: 'Change who is on duty' }).click();
        await page.getByText('Its end has passed.').waitFor();
        expect(await page.getByLabel('Who has the duty').inputValue()).toBe('eva');
        await free('duty refused');
        await page.goto('/signin/anything');
        await free('sign-in link');
        await page.goto('/pager');
        await free('pager before start');
        await page.getByRole('button', { name: 'Start' }).click();
        await page.getByText('Connected. You can be paged here.').waitFor();
        await house.send({ ...EMERGENCY, ownReference: `ABC-${colorScheme}` });
        await page.locator('.page').first().waitFor();
        await free('pager that rings');
        await page.close();
      }
    },
    LONG,
  );

  it.each([
    ['wide, light, English', { width: 1440, height: 900 }, 'en-GB', 'light'],
    ['phone, light, English', { width: 375, height: 812 }, 'en-GB', 'light'],
    ['wide, dark, French', { width: 1440, height: 900 }, 'fr-FR', 'dark'],
    ['phone, dark, French', { width: 375, height: 812 }, 'fr-FR', 'dark'],
  ] as const)(
    'fit into the window: %s',
    async (name, viewport, locale, colorScheme) => {
      const { shortId } = await house.send({ ...EMERGENCY, ownReference: `ABC-${name}` });
      const dan = await windows.of('dan', house, { viewport, locale, colorScheme });
      const page = await open(dan, '/');
      const shoot = async (what: string) => {
        expect(await overflow(page), what).toBe(0);
        await page.screenshot({ path: join(screens, `${what}, ${name}.png`), fullPage: true });
      };
      await page.locator('.left', { hasText: /\d/ }).first().waitFor();
      await shoot('board');
      await page.goto(`/s/${shortId}`);
      await page.locator('.left', { hasText: /\d/ }).first().waitFor();
      await shoot('request');
      await page.locator('.now [data-action="acknowledge"]').click();
      await page.locator('.done').waitFor();
      await page.locator('.more [data-action="wait"]').click();
      await page.locator('form.action').waitFor();
      await shoot('form');
      await page.goto('/search?q=child is:nothing');
      await shoot('search');
      await page.goto('/desks/ncp/duty');
      await shoot('duty');
      await page.locator('#field-who').selectOption('eva');
      await page.locator('#field-until').fill(inSomeHours());
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/$/);
      await shoot('board with the duty changed');
      await page.goto('/pager');
      await shoot('pager off');
      await page.locator('#start').click();
      await page.locator('.when-connected').waitFor();
      await house.send({ ...EMERGENCY, ownReference: `ABC-${name}-2` });
      await page.locator('.page').first().waitFor();
      await shoot('pager rings');
      await page.locator('.ack').first().click();
      await page.locator('#log li').waitFor();
      expect(await page.locator('#log li').count()).toBe(1);
      await shoot('pager answered');
    },
    LONG,
  );
});

/** What axe finds, in short. */
async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => ({
      id,
      where: nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary ?? ''}`),
    }));
  });
  return found.map(({ id, where }) => `${id}: ${where.join(' | ').slice(0, 600)}`);
}

/** For a field of date and time; in which zone does not matter. */
function inSomeHours(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 16);
}

/** How far the page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
