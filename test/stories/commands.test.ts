import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Tocsin, tempFolder, tocsin } from '../support/process.ts';
import { emergency, shortDesk } from '../support/story-desk.ts';
import { EMERGENCY } from '../web/emergency.ts';
import { type TestHouse, testHouse } from '../web/house.ts';
import { CHROMIUM, open, skipsBrowser, Windows } from '../web/windows.ts';

describe.skipIf(skipsBrowser)(`an officer who only types (needs ${CHROMIUM})`, () => {
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

  const focused = (page: Page) => page.evaluate<string>('document.activeElement?.id');

  /** Types a line, whatever had the focus, and waits for what it came to. */
  async function types(page: Page, text: string, reply: string): Promise<void> {
    if ((await focused(page)) !== 'command-text') await page.keyboard.press('/');
    expect(await focused(page)).toBe('command-text');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await page.locator('#command-reply', { hasText: reply }).waitFor();
  }

  it('acknowledges, waits and closes', async () => {
    const { shortId } = await house.send(EMERGENCY);
    const dan = await windows.of('dan', house);
    const board = await open(dan, '/');
    const row = board.locator('.rows > li', { hasText: shortId });
    await types(board, `akc ${shortId}`, 'Did you mean “ack”?');
    // What was not understood stays, to be mended.
    expect(await board.locator('#command-text').inputValue()).toBe(`akc ${shortId}`);
    await board.locator('#command-text').fill('');
    await types(board, `ack ${shortId}`, `Done: Acknowledge, ${shortId}.`);
    expect(await board.locator('#command-reply [role=status]').count()).toBe(1);
    expect(await board.locator('#command-text').inputValue()).toBe('');
    await row.getByText('Dan Sample has it since').waitFor();
    await types(board, 'wait until tomorrow 9:00 for the provider because logs are requested', 'Until: ');
    expect(await board.locator('#command-reply').innerText()).toMatch(
      new RegExp(
        `No request was named: ${shortId} was taken\\.[^]*Until: \\w+ \\d+ \\w+ \\d{4} 09:00 \\S+ \\(0[67]:00 UTC\\)`,
      ),
    );
    await row.getByText('waits until').waitFor();
    await types(board, `answer ${shortId} by phone at now all was given`, 'Done: Answered');
    await types(board, `close ${shortId}`, 'Done: Close');
    await row.waitFor({ state: 'detached' });
    expect(await focused(board)).toBe('command-text');
  });

  it('is offered words, then short ids and officers', async () => {
    const { shortId } = await house.send(EMERGENCY);
    const board = await open(await windows.of('dan', house), '/');
    const offered = () =>
      board.locator('#command-words').evaluate((list) => [...list.children].map((one) => one.getAttribute('value')));
    await board.locator('.rows > li', { hasText: shortId }).waitFor();
    await board.keyboard.press('/');
    await board.keyboard.type('as');
    expect(await offered()).toEqual(['ask', 'assign']);
    await board.keyboard.type(`sign ${shortId[0]?.toLowerCase()}`);
    expect(await offered()).toContain(`assign ${shortId}`);
    await board.locator('#command-text').fill(`assign ${shortId} to e`);
    expect(await offered()).toContain(`assign ${shortId} to eva`);
  });

  it('keeps the focus in the form that is being filled in, where a stroke is a letter', async () => {
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-131' });
    const page = await open(await windows.of('dan', house), `/s/${shortId}`);
    await page.getByRole('link', { name: 'Write a note' }).click();
    await page.getByRole('textbox', { name: 'Note' }).waitFor();
    await page.keyboard.type('and/or');
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('and/or');
    await page.locator('#command-text').fill('ack');
    await page.locator('#command-text').press('Enter');
    await page.getByRole('textbox', { name: 'Note' }).focus();
    await page.locator('#command-reply .done').waitFor();
    await page.getByText('Dan Sample has it since').first().waitFor();
    expect(await focused(page)).toBe('field-text');
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('and/or');
  });

  it('needs no scripts for it', async () => {
    const { shortId } = await house.send({ ...EMERGENCY, ownReference: 'ABC-2026-132' });
    const page = await open(await windows.of('dan', house, { javaScriptEnabled: false }), `/s/${shortId}`);
    await page.getByRole('combobox', { name: 'Command' }).fill('ack');
    await page.getByRole('button', { name: 'Do it' }).click();
    await page.getByText(`Done: Acknowledge, ${shortId}.`).waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByText('Dan Sample has it since').first().waitFor();
  });
});

describe('the same words at the command line', { timeout: 60_000 }, () => {
  let desk: Tocsin;
  let shortId: string;
  let reference: string;
  beforeAll(async () => {
    desk = await Tocsin.start({ yaml: shortDesk('10m') });
    const hostile = { ...emergency('cli'), subject: 'Quiet\u001b[2J\u001b]0;owned\u0007 child\u009b31m' };
    ({ shortId, reference } = await desk.send(hostile));
  }, 60_000);
  afterAll(() => desk[Symbol.asyncDispose]());

  it('do what they do on the page, in the name of the officer and of the user of the machine', async () => {
    const first = await tocsin(desk.folder, 'ack', shortId.toLowerCase(), '--as', 'dan');
    expect(first).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`Done: Acknowledge, ${shortId}.`) });
    const second = await tocsin(desk.folder, 'do', `ack ${reference}`, '--as', 'ana');
    expect(second).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('Dan Sample already acknowledged it'),
    });
    const waits = await tocsin(
      desk.folder,
      'wait',
      'until',
      'tomorrow 9:00',
      'for',
      'them',
      'because',
      'so',
      '--as',
      'dan',
    );
    expect(waits).toMatchObject({ code: 0, out: expect.stringMatching(/Until: \w+ \d+ \w+ \d{4} 09:00 /) });
    const acknowledged = (await desk.journal(reference)).find(({ type }) => type === 'request.acknowledged/1');
    expect(acknowledged?.actor).toEqual({ kind: 'shell', user: expect.any(String), as: 'dan' });
  });

  it('look without an officer, but do nothing', async () => {
    const requests = await tocsin(desk.folder, 'requests');
    expect(requests).toMatchObject({ code: 0, out: expect.stringContaining(shortId) });
    expect(await tocsin(desk.folder, 'who')).toMatchObject({ code: 0, out: expect.stringContaining('(on duty)') });
    expect(await tocsin(desk.folder, 'find', 'EX-cli')).toMatchObject({ out: expect.stringContaining(shortId) });
    const nobody = await tocsin(desk.folder, 'note', shortId, 'called');
    expect(nobody).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--as') });
    const stranger = await tocsin(desk.folder, 'note', shortId, 'called', '--as', 'nobody');
    expect(stranger).toMatchObject({ code: 1, err: expect.stringContaining('no officer of that name') });
  });

  it('show a request without anything that a terminal obeys, as text and as JSON', async () => {
    const shown = await tocsin(desk.folder, 'show', shortId);
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('Subject: Quiet child') });
    const json = await tocsin(desk.folder, 'show', shortId, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ result: 'status', request: { shortId, owner: 'dan' } });
    for (const { out } of [shown, json]) expect(out).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it('are told what is wrong with them, in the language that is asked for', async () => {
    expect(await tocsin(desk.folder, 'do', 'akc', shortId)).toMatchObject({
      code: 2,
      out: '',
      err: '“akc” is no command. Did you mean “ack”?\n',
    });
    const french = await tocsin(desk.folder, 'do', 'clore', '--as', 'dan', '--language', 'fr');
    expect(french).toMatchObject({ code: 2, err: 'Dites quelle demande : clore K7Q2\n' });
    const json = await tocsin(desk.folder, 'do', 'akc', '--json');
    expect([json.code, JSON.parse(json.out)]).toMatchObject([2, { misread: { code: 'unknown_word' } }]);
  });

  it('end with 69 where nothing runs', async () => {
    const nothing = await tocsin(tempFolder(), 'ack', 'K7Q2', '--as', 'dan');
    expect(nothing).toMatchObject({ code: 69, out: '', err: expect.stringContaining('no Tocsin answers') });
  });
});
