import { describe, expect, it } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin } from '../support/process.ts';
import { emergency, officers, SOURCE, shortDesk, urgent } from '../support/story-desk.ts';

describe('a desk', { timeout: 60_000 }, () => {
  it('of one officer says plainly that nobody stands behind, and pages that one again and again', async () => {
    const policies = 'policies: { emergency: { steps: [{ page: on_duty, window: 1s }], round_min: 1s } }';
    const yaml = `${officers('ana')}desks:\n  - { id: ncp, name: Desk of one, time_zone: UTC, ${policies}, ${SOURCE} }\n`;
    await using desk = await Tocsin.start({ yaml });
    expect(desk.said).toContain('Nobody stands behind ana: desk ncp has one officer');
    const ana = await Officer.signIn(desk, 'ana');
    const pager = await ana.pager();
    expect(await ana.reads('/')).toContain('Only one officer belongs to this desk: nobody stands behind.');
    const { shortId } = await desk.send(emergency('alone'));
    await pager.page(shortId, 3, 10_000);
    await ana.presses('ack', shortId);
  });

  it('with a gap in its rota pages the next step at once, and says so on the card', async () => {
    await using desk = await Tocsin.start({ yaml: shortDesk('10m').replace('start: 2026-01-05', 'start: 2999-01-07') });
    const [ana, eva] = [await Officer.signIn(desk, 'ana'), await Officer.signIn(desk, 'eva')];
    const pager = await ana.pager();
    expect(await eva.reads('/')).toContain('On duty nowNobody is on duty');
    const { shortId } = await desk.send(emergency('gap'));
    const answered = Date.now();
    expect((await pager.page(shortId)).at - answered).toBeLessThan(2000);
    await eva.sees('/', /Paging Ana Example · round 1, step 2/);
    expect(await eva.reads(await eva.find(shortId))).toContain('Not paged: whoever is on duty (there is nobody).');
  });

  it('pages another desk beside its own steps: both go on until one of them answers, and then there is one owner', async () => {
    const steps = '[{ page: on_duty, window: 2s }, { page: [{ desk: night }], window: 3s }]';
    const own = `policies: { emergency: { steps: ${steps}, round_min: 1s } }`;
    const theirs = 'policies: { emergency: { steps: [{ page: on_duty, window: 1s }, { page: everyone, window: 10m }] } }';
    const head = 'time_zone: UTC, duty_hours: []';
    const ncp = `  - { id: ncp, name: First desk, ${head}, officers: [dan], ${own}, ${SOURCE} }`;
    const night = `  - { id: night, name: Night desk, letters: "N", ${head}, officers: [eva, filip], ${theirs} }`;
    await using desk = await Tocsin.start({ yaml: `${officers('dan', 'eva', 'filip')}desks:\n${ncp}\n${night}\n` });
    const people = await Promise.all(['dan', 'eva', 'filip'].map((id) => Officer.signIn(desk, id)));
    const [dan, , filip] = people;
    const [dans, evas, filips] = await Promise.all(people.map((one) => one.pager()));
    const { shortId } = await desk.send(emergency('two-desks'));
    await dans.page(shortId);
    await evas.page(shortId);
    // Nobody at the night desk answers: its own policy goes on, and so does that of the first.
    await filips.page(shortId);
    await dan.sees('/', /Desk night: Paging/);
    await dans.page(shortId, 2, 10_000);
    expect(await filip.presses('ack', shortId)).toEqual({ settled: true, lines: [`You have ${shortId}.`] });
    for (const pager of [dans, evas]) {
      const { line } = await pager.hears(({ event }) => event === 'quiet');
      expect(line).toBe(`${shortId} was taken by Filip Muster.`);
    }
    expect(await dan.sees('/', /Filip Muster has it since/)).not.toContain('Desk night: Paging');
    expect((await dan.presses('ack', shortId)).lines[0]).toMatch(/Filip Muster has it, since/);
    await filip.does(shortId, 'no_further_action', { text: 'A drill of two desks.' });
    await filip.does(shortId, 'close');
  });

  it('rings the duty handset for whoever is on duty, and goes up at once where it cannot ring', async () => {
    const people = officers('ana', { id: 'dan', methods: '' }, 'eva');
    const yaml = shortDesk('10m')
      .replace(/^officers:[\s\S]*?desks:\n/, `${people}desks:\n`)
      .replace('duty_hours: []', 'duty_hours: []\n    duty_methods: [{ type: sms, address: "+15550100" }]');
    await using desk = await Tocsin.start({ yaml });
    const ana = await Officer.signIn(desk, 'ana');
    const pager = await ana.pager();
    const { shortId } = await desk.send(emergency('handset'));
    // There is no gateway for SMS here: the page fails for good, and the next step does not wait for the window.
    await pager.page(shortId);
    const page = await ana.sees(await ana.find(shortId), 'Paging Ana Example · round 1, step 2');
    expect(page).toContain('Page to Dan Sample (SMS) failed');
    expect(page).toContain('this kind of method is not set up');
    expect(page).toContain('Why now: every page of the step before failed.');
  });

  it('believes a pager only when it confirms the page: one that shows it and stays silent was not reached', async () => {
    await using desk = await Tocsin.start({ yaml: shortDesk('10m') });
    const [dan, ana] = [await Officer.signIn(desk, 'dan'), await Officer.signIn(desk, 'ana')];
    const [silent, pager] = [await dan.pager(), await ana.pager()];
    silent.confirms = false;
    const { shortId } = await desk.send(urgent('silent'));
    const shown = await silent.page(shortId);
    const next = await pager.page(shortId, 1, 10_000);
    expect(next.at - shown.at).toSatisfy((ms: number) => ms > 4500 && ms < 8000);
    expect(await ana.reads(await ana.find(shortId))).toContain('the pager did not confirm it in time');
  });
});

describe('the demo desk', () => {
  it('is there without any file: its printed link signs in, its printed line sends, and a page comes', async () => {
    await using desk = await Tocsin.start({});
    const [, onDuty = ''] = /On duty now: (\w+)/.exec(desk.said) ?? [];
    const link = new RegExp(`${onDuty} +(http\\S+)`).exec(desk.said)?.[1] ?? '';
    const officer = await Officer.enter(desk, link);
    const pager = await officer.pager();
    const [, address = '', authorization = ''] = /curl -sS (\S+) -H 'Authorization: (.*?)'/.exec(desk.said) ?? [];
    expect(address).toBe(`${desk.address}/api/v1/requests`);
    const { shortId } = await desk.send(emergency('demo'), { authorization });
    await pager.page(shortId);
    expect((await desk.fetch(link, { method: 'POST' })).status).toBe(410);
    await officer.presses('ack', shortId);
  });
});
