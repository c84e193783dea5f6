import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin, tocsin, verifyPy } from '../support/process.ts';
import { EMERGENCY, shortDesk } from '../support/story-desk.ts';

it('is a night on duty: nobody answers until the second round, then one officer does, and the journal proves it', async () => {
  await using desk = await Tocsin.start({ yaml: shortDesk() });
  const [dan, ana, eva] = await Promise.all([
    Officer.signIn(desk, 'dan'),
    Officer.signIn(desk, 'ana'),
    Officer.signIn(desk, 'eva'),
  ]);
  const [dansPager, anasPager, evasPager] = await Promise.all([dan.pager(), ana.pager(), eva.pager()]);

  const { shortId, reference, urgency } = await desk.send(EMERGENCY);
  const answered = Date.now();
  expect(urgency).toBe('emergency');
  expect((await dansPager.page(shortId)).at - answered).toBeLessThan(2000);
  const card = await eva.sees('/', /Paging Dan Sample · round 1, step 1/);
  expect(card).toContain(`Emergency ${shortId}`);
  expect(card).toContain(reference);

  await anasPager.page(shortId);
  await evasPager.page(shortId);
  await dansPager.page(shortId, 2);
  await dansPager.page(shortId, 3);
  await evasPager.page(shortId, 2);
  await eva.sees('/', '1 request waits and nobody has it: people are being paged.');

  expect(await eva.presses('ack', shortId)).toEqual({ settled: true, lines: [`You have ${shortId}.`] });
  const acknowledged = Date.now();
  for (const pager of [dansPager, anasPager]) {
    expect((await pager.hears(({ event }) => event === 'quiet')).line).toBe(`${shortId} was taken by Eva Specimen.`);
  }
  const { lines } = await dan.presses('ack', shortId);
  expect(lines[0]).toMatch(new RegExp(`^${shortId}: Eva Specimen has it, since \\d\\d:\\d\\d`));
  const late = await dan.tries(shortId, 'acknowledge');
  expect(late.status).toBe(422);
  expect(late.text).toContain('Eva Specimen already acknowledged it at');

  const inAnHour = new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
  const waiting = await eva.does(shortId, 'wait', { until: inAnHour, for: 'the provider', because: 'it was asked' });
  expect(waiting).toContain('Eva Specimen has it since');
  expect(waiting).toContain('waits until');
  const now = new Date().toISOString().slice(0, 16);
  await eva.does(shortId, 'answer', { channel: 'mail', sent_at: now, text: 'Subscriber data were sent.' });
  const closed = await eva.does(shortId, 'close');
  expect(closed).toContain('Closed: by hand.');
  expect(closed).toContain('Subscriber data were sent.');
  expect(await dan.reads('/')).not.toContain(shortId);

  const pagedAfter = [dansPager, anasPager, evasPager].flatMap(({ heard }) =>
    heard.filter(({ event, at }) => event === 'page' && at > acknowledged),
  );
  expect(pagedAfter).toEqual([]);
  expect(await latenesses(desk, reference)).toSatisfy(
    (late: number[]) => late.length >= 4 && late.every((ms) => ms < 1000),
  );

  const { ours, theirs } = await desk.verified();
  expect(ours).toMatchObject({ code: 0, out: expect.stringMatching(/^ok: \d+ entries in \d+ streams/) });
  expect(theirs).toMatchObject({ code: 0, out: expect.stringMatching(/^ok /) });
  const exported = await tocsin(desk.folder, 'journal', 'export', reference);
  writeFileSync(join(desk.folder, 'one.jsonl'), exported.out);
  expect(await verifyPy(join(desk.folder, 'one.jsonl'))).toMatchObject({
    code: 0,
    out: expect.stringContaining('ok 1 streams'),
  });
  const page = await tocsin(desk.folder, 'journal', 'export', reference, '--page');
  expect(page).toMatchObject({ code: 0, out: expect.stringContaining('Subscriber data were sent.') });

  const told = Date.now();
  desk.signal('SIGINT');
  expect(await desk.ended).toMatchObject({ code: 0, err: expect.stringContaining('Finishing what is in flight') });
  expect(Date.now() - told).toBeLessThan(5000);
}, 60_000);

/** By how much each step and round came after the moment that the entry before had named. */
async function latenesses(desk: Tocsin, reference: string): Promise<number[]> {
  const rang = (await desk.journal(reference)).filter(({ data }) => 'until' in data && 'pages' in data);
  return rang.slice(1).map(({ at }, index) => at - Date.parse(String(rang[index]?.data['until'])));
}
