import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EMERGENCY } from './emergency.ts';
import { type TestHouse, testHouse } from './house.ts';
import { CHROMIUM, open, skipsBrowser, startedPager, Windows } from './windows.ts';

describe.skipIf(skipsBrowser)(`two officers in a real browser (needs ${CHROMIUM})`, () => {
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

  /** A window that hears what changes from now on. */
  const listening = async (context: BrowserContext, path: string) => {
    const page = await context.newPage();
    const connected = page.waitForResponse(/\/events/);
    await page.goto(path);
    await connected;
    return page;
  };
  const row = (board: Page, shortId: string) => board.locator('.rows > li', { hasText: shortId });

  it('pass one request to the other, acknowledge it, and see it in each other’s windows', async () => {
    const [dan, ana] = [await windows.of('dan', house), await windows.of('ana', house)];
    const [danPager, anaPager] = [await startedPager(dan), await startedPager(ana)];
    const [danBoard, anaBoard] = [await open(dan, '/'), await open(ana, '/')];
    const { shortId } = await house.send(EMERGENCY);

    await danPager.locator('.page', { hasText: shortId }).waitFor();
    expect(await danPager.locator('.page').innerText()).not.toContain('child');
    await row(anaBoard, shortId).getByText('Paging Dan Sample').waitFor();
    expect(await anaBoard.locator('#announcer').innerText()).toBe(`New: Emergency ${shortId}`);

    await danPager.getByRole('button', { name: 'Pass' }).click();
    await danPager.getByText(`Passed: ${shortId}. Somebody else is paged.`).waitFor();
    await anaPager.locator('.page', { hasText: shortId }).waitFor();
    await row(danBoard, shortId).getByText('Paging Ana Example').waitFor();

    await row(anaBoard, shortId).getByRole('link', { name: shortId }).click();
    await anaBoard.getByRole('button', { name: 'Acknowledge' }).click();
    await anaBoard.getByText('Done: Acknowledge.').waitFor();
    await anaBoard.getByText('Ana Example has it since').waitFor();
    await anaPager.getByText(`${shortId} is yours.`).waitFor();
    expect(await anaPager.locator('.page').count()).toBe(0);
    await row(danBoard, shortId).getByText('Ana Example has it since').waitFor();
    expect(await danBoard.title()).toBe('Tocsin');
    expect(await anaBoard.title()).toBe(`${shortId} · Tocsin`);
  });

  it('escalate by hand; whoever is taken it from is told by whom', async () => {
    const [dan, ana] = [await windows.of('dan', house), await windows.of('ana', house)];
    const [danPager, anaPager] = [await startedPager(dan), await startedPager(ana)];
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-118' });
    await danPager.locator('.page', { hasText: shortId }).waitFor();
    const request = await open(dan, `/s/${shortId}`);
    await request.getByRole('button', { name: 'Escalate' }).click();
    await request.getByText('Done: Escalate.').waitFor();
    await anaPager.locator('.page', { hasText: shortId }).waitFor();
    await danPager.getByRole('button', { name: 'Acknowledge' }).click();
    await danPager.getByText(`You have ${shortId}.`).waitFor();
    await anaPager.getByText(`${shortId} was taken by Dan Sample.`).waitFor();
    await request.getByText('Dan Sample has it since').waitFor();
  });

  it('see in their open windows what concerns the house, for as long as it holds', async () => {
    const dan = await windows.of('dan', house);
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-121' });
    const [board, request] = [await listening(dan, '/'), await listening(dan, `/s/${shortId}`)];
    await house.apply({ why: 'faulty', lines: ['tocsin.yaml:9:5 time_zon: there is no such key.'] });
    for (const page of [board, request]) {
      await page.getByText('tocsin.yaml has faults: revision 1 runs on.').waitFor();
      await page.getByText('What is wrong', { exact: true }).click();
      await page.getByText('time_zon: there is no such key.').waitFor();
    }
    await house.apply();
    for (const page of [board, request]) await page.locator('#warning .warning').waitFor({ state: 'detached' });
    const line = await house.checkpoint();
    await board.getByText('Last checkpoint').click();
    await board.getByText(line).waitFor();
    expect(await board.locator('.banner', { hasText: 'checkpoint' }).count()).toBe(0);
  });

  it('lose nothing that they type, nor the focus, when the request changes meanwhile', async () => {
    const dan = await windows.of('dan', house);
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-119' });
    const ana = await windows.of('ana', house);
    const [typing, acting] = [await open(dan, `/s/${shortId}`), await open(ana, `/s/${shortId}`)];
    await typing.getByRole('link', { name: 'Write a note' }).click();
    await typing.getByRole('textbox', { name: 'Note' }).waitFor();
    await typing.getByText('that would help').click();
    await typing.getByRole('textbox', { name: 'Note' }).fill('The provider was called');
    await acting.getByRole('button', { name: 'Acknowledge' }).click();
    await typing.getByText('Ana Example has it since').waitFor();
    expect(await typing.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('The provider was called');
    expect(await typing.locator(':focus').getAttribute('id')).toBe('field-text');
    expect(await typing.locator('details').getAttribute('open')).not.toBeNull();
    await typing.getByRole('button', { name: 'Write a note' }).click();
    await acting.locator('blockquote', { hasText: 'The provider was called' }).waitFor();
  });

  it('act with the keyboard alone, and a second press of the key does nothing else', async () => {
    const dan = await windows.of('dan', house);
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-120' });
    const request = await open(dan, `/s/${shortId}`);
    await request.getByRole('button', { name: 'Acknowledge' }).focus();
    await request.keyboard.press('Enter');
    await request.locator('.done').waitFor();
    expect(await request.locator(':focus').getAttribute('class')).toBe('done');
    await request.keyboard.press('Enter');
    expect(await request.locator('.status').innerText()).toBe('Acknowledged');
    await request.reload();
    expect(await request.locator('.story').innerText()).not.toContain('escalated');
  });

  it('see what is wrong with a form at its fields', async () => {
    const dan = await windows.of('dan', house);
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-121' });
    const request = await open(dan, `/s/${shortId}`);
    await request.getByRole('button', { name: 'Acknowledge' }).click();
    await request.locator('.done').waitFor();
    await request.getByRole('link', { name: 'Wait', exact: true }).click();
    await request.getByLabel('Until').fill('2020-01-01T10:00');
    await request.getByLabel('For whom or what').fill('<b>the provider</b>');
    await request.getByLabel('Because').fill('it asked for an hour');
    await request.getByRole('button', { name: 'Wait' }).click();
    await request.getByText('has passed. Give a time that is still to come.').waitFor();
    expect(await request.getByLabel('For whom or what').inputValue()).toBe('<b>the provider</b>');
  });

  it('can do all of it without scripts', async () => {
    const dan = await windows.of('dan', house, { javaScriptEnabled: false });
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-122' });
    const request = await open(dan, `/s/${shortId}`);
    await request.getByRole('button', { name: 'Acknowledge' }).click();
    await request.getByText('Done: Acknowledge.').waitFor();
    await request.getByRole('link', { name: 'Write a note' }).click();
    await request.getByRole('textbox', { name: 'Note' }).fill('Without scripts');
    await request.getByRole('button', { name: 'Write a note' }).click();
    await request.locator('blockquote', { hasText: 'Without scripts' }).waitFor();
  });

  it('are told by the page and by the pager when the connection is lost', async () => {
    const dan = await windows.of('dan', house);
    const pager = await startedPager(dan);
    const board = await open(dan, '/');
    await house.stop();
    await board.getByText('No connection.').waitFor();
    await pager.getByText('NO CONNECTION.').waitFor();
  });
});
