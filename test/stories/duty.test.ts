import { expect, it } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin } from '../support/process.ts';
import { emergency, shortDesk } from '../support/story-desk.ts';

/** As a browser's field for date and time sends it; the desk's zone is UTC. */
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16);

it('is the night on which the officer on duty falls ill: a colleague gets the duty, the requests and the next page', async () => {
  await using desk = await Tocsin.start({ yaml: shortDesk('10m') });
  const [dan, eva] = [await Officer.signIn(desk, 'dan'), await Officer.signIn(desk, 'eva')];
  const [dansPager, evasPager] = [await dan.pager(), await eva.pager()];
  const { shortId, reference } = await desk.send(emergency('of-the-ill'));
  await dansPager.page(shortId);
  expect(await dan.presses('ack', shortId)).toMatchObject({ settled: true });

  const form = { who: 'eva', and: '', instead: 'dan', from: inHours(0), until: inHours(8) };
  const wrong = await eva.post('/desks/ncp/duty', { ...form, instead: 'ana' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('It would change nothing');
  const changed = Date.now();
  const { status, headers } = await eva.post('/desks/ncp/duty', form);
  expect([status, headers.get('location')]).toEqual([303, '/']);

  const handover = await evasPager.page(shortId);
  expect(handover.at - changed).toBeLessThan(2000);
  const board = await eva.sees('/', 'Eva Specimen has it since');
  expect(board).toContain('On duty nowEva Specimen until');
  expect(board).toMatch(/ChangedEva Specimen for Dan Sample until /);
  expect(await eva.reads(await eva.find(shortId))).toContain('handed over from Dan Sample to Eva Specimen');
  const told = (await desk.journal(reference)).map(({ type }) => type);
  expect(told).toContain('request.handed_over/1');

  const next = await desk.send(emergency('after-the-change'));
  await evasPager.page(next.shortId);
  expect(dansPager.pagesFor(next.shortId)).toEqual([]);

  const { ours, theirs } = await desk.verified();
  expect(ours).toMatchObject({ code: 0 });
  expect(theirs).toMatchObject({ code: 0, out: expect.stringMatching(/^ok /) });
}, 60_000);
