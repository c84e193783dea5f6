import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Officer } from '../support/officer.ts';
import type { Pager } from '../support/pager.ts';
import { Tocsin } from '../support/process.ts';
import { emergency, shortDesk, urgent } from '../support/story-desk.ts';

/** Nothing goes up by itself while these stories last: what rings was made to. */
const LONG = '10m';

describe('an officer', () => {
  let desk: Tocsin;
  let people: Readonly<Record<'ana' | 'dan' | 'eva', Officer>>;
  let pagers: Readonly<Record<'ana' | 'dan' | 'eva', Pager>>;

  beforeAll(async () => {
    desk = await Tocsin.start({ yaml: shortDesk(LONG) });
    const [ana, dan, eva] = await Promise.all([
      Officer.signIn(desk, 'ana'),
      Officer.signIn(desk, 'dan'),
      Officer.signIn(desk, 'eva'),
    ]);
    people = { ana, dan, eva };
    pagers = { ana: await ana.pager(), dan: await dan.pager(), eva: await eva.pager() };
  });
  afterAll(() => desk[Symbol.asyncDispose]());

  /** An emergency that rings on the pager of the officer on duty. */
  async function ringing(name: string): Promise<string> {
    const { shortId } = await desk.send(emergency(name));
    await pagers.dan.page(shortId);
    return shortId;
  }

  it('passes on the pager: the next step rings at once, and this round goes on without them', async () => {
    const shortId = await ringing('pass');
    expect(await people.dan.presses('pass', shortId)).toEqual({
      settled: true,
      lines: [`Passed: ${shortId}. Somebody else is paged.`],
    });
    await pagers.ana.page(shortId);
    await people.ana.presses('pass', shortId);
    await pagers.eva.page(shortId);
    await people.eva.sees('/', 'Not paged: Dan Sample passed in this round.');
    expect(pagers.dan.pagesFor(shortId)).toHaveLength(1);
    await people.eva.presses('pass', shortId);
    await pagers.ana.page(shortId, 2);
    const page = await people.eva.sees(
      await people.eva.find(shortId),
      'Paging Ana Example · round 1, head of the desk',
    );
    expect(page).toContain('Why now: all who were asked passed.');
    await people.ana.presses('ack', shortId);
  });

  it('is told so when there is nothing to pass', async () => {
    const shortId = await ringing('nothing-to-pass');
    const { settled, lines } = await people.eva.presses('pass', shortId);
    expect(settled).toBe(false);
    expect(lines).toEqual([`${shortId}: You were not paged for it in this round, so there is nothing to pass.`]);
    await people.eva.presses('ack', shortId);
  });

  it('gives an acknowledgement back: the step rings again, without the one who gave it back', async () => {
    const shortId = await ringing('release');
    await people.eva.does(shortId, 'acknowledge');
    const refused = await people.ana.tries(shortId, 'release');
    expect(refused.text).toContain('Eva Specimen has it, so only Eva Specimen can give it back.');
    await people.eva.does(shortId, 'release');
    await pagers.dan.page(shortId, 2);
    await people.dan.presses('ack', shortId);
    await people.dan.does(shortId, 'release');
    // Dan was the whole step: without him it reaches nobody, and the next rings at once.
    await pagers.ana.page(shortId);
    expect(pagers.dan.pagesFor(shortId)).toHaveLength(2);
    await people.ana.presses('ack', shortId);
  });

  it('reassigns to a colleague by name, who alone is paged', async () => {
    const shortId = await ringing('reassign');
    await people.dan.does(shortId, 'acknowledge');
    await people.dan.does(shortId, 'reassign', { to: 'eva' });
    await pagers.eva.page(shortId);
    const page = await people.eva.sees(await people.eva.find(shortId), 'Paging Eva Specimen · by name');
    expect(page).toContain('Dan Sample reassigned it to Eva Specimen.');
    expect(pagers.ana.pagesFor(shortId)).toEqual([]);
    expect((await people.dan.tries(shortId, 'reassign', { to: 'nobody' })).text).toContain(
      'does not belong to this desk',
    );
    await people.eva.presses('ack', shortId);
  });

  it('escalates by hand: the next step rings at once', async () => {
    const shortId = await ringing('escalate');
    await people.dan.does(shortId, 'escalate');
    await pagers.ana.page(shortId);
    await people.dan.does(shortId, 'escalate');
    await pagers.eva.page(shortId);
    await people.eva.sees(await people.eva.find(shortId), /Why now: escalated by hand\./);
    await people.eva.presses('ack', shortId);
  });

  it('raises the urgency: it is an emergency from then on, and is paged anew at once', async () => {
    const { shortId, urgency } = await desk.send(urgent('raise'));
    expect(urgency).toBe('urgent');
    const before = await people.eva.does(shortId, 'raise', { to: 'emergency', text: 'A life is at risk.' });
    expect(before).toContain('Urgency raised from Urgent to Emergency. Why: by hand.');
    expect((await pagers.dan.hears((heard) => heard.shortId === shortId && heard.urgency === 'emergency')).title).toBe(
      'Emergency',
    );
    const again = await people.eva.tries(shortId, 'raise', { to: 'urgent' });
    expect(again.text).toContain('It is already Emergency. Choose a higher urgency.');
    await people.dan.presses('ack', shortId);
  });

  it('who lowers gives a reason, and somebody else reviews it', async () => {
    const shortId = await ringing('lower');
    await people.dan.does(shortId, 'acknowledge');
    expect((await people.dan.tries(shortId, 'lower', { to: 'urgent' })).text).toContain('This is missing.');
    const page = await people.dan.does(shortId, 'lower', { to: 'urgent', text: 'The person was found unharmed.' });
    expect(page).toContain('lowered, to be reviewed');
    expect((await people.dan.tries(shortId, 'review', { agreed: 'yes' })).text).toContain(
      'Somebody else has to review it',
    );
    expect(await people.ana.does(shortId, 'review', { agreed: 'yes' })).toContain('Lowered urgency reviewed: agreed.');
  });

  it('cannot act without the form’s own token, nor without a session', async () => {
    const shortId = await ringing('forged');
    const path = `${await people.dan.find(shortId)}/actions/acknowledge`;
    expect((await people.dan.post(path, { csrf: 'x'.repeat(43) })).status).toBe(403);
    expect((await desk.fetch(path, { method: 'POST' })).status).toBe(401);
    await people.eva.sees('/', /Paging Dan Sample/);
    await people.dan.presses('ack', shortId);
  });

  it('leaves nothing open behind, and the journal proves all of it', async () => {
    expect(await people.ana.reads('/')).not.toContain('Paging');
    const { ours, theirs } = await desk.verified();
    expect([ours.code, theirs.code]).toEqual([0, 0]);
    expect(await desk.stop()).toMatchObject({ code: 0 });
    expect(desk.said).not.toContain('"level":"error"');
  });
});
