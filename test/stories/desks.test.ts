import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin } from '../support/process.ts';
import { emergency, nextMinute, officers, ROUTINE, SOURCE, shortDesk, urgent } from '../support/story-desk.ts';

const MINUTE = 60_000;

// Most of them only wait, so they wait together.
describe.concurrent('a desk', { timeout: 2 * MINUTE + 30_000 }, () => {
  it('in a storm of ten urgent requests sends one page and one bundle, and an emergency at once and alone', async () => {
    await using desk = await Tocsin.start({ yaml: shortDesk('10m') });
    const [dan, eva] = [await Officer.signIn(desk, 'dan'), await Officer.signIn(desk, 'eva')];
    const pager = await dan.pager();
    const names = Array.from({ length: 10 }, (_, index) => `storm-${index}`);
    const sent: string[] = [];
    for (const name of names) sent.push((await desk.send(urgent(name))).shortId);
    const [first = '', taken = '', takenLater = '', ...others] = sent;
    const firstPage = await pager.page(first);

    const lone = await desk.send(emergency('in-a-storm'));
    const answered = Date.now();
    const alone = await pager.page(lone.shortId);
    expect(alone).toMatchObject({ urgency: 'emergency', count: '' });
    expect(alone.at - answered).toBeLessThan(2000);
    await dan.presses('ack', lone.shortId);
    await eva.does(taken, 'acknowledge');

    const isBundle = ({ event, count }: { event: string; count?: string }) =>
      event === 'page' && count === '8 requests';
    const bundle = await pager.hears(isBundle, MINUTE + 10_000);
    expect(bundle.at - firstPage.at).toSatisfy((ms: number) => ms > MINUTE - 2000 && ms < MINUTE + 3000);
    expect(bundle.urgency).toBe('urgent');
    expect(pager.heard.filter(({ event }) => event === 'page')).toHaveLength(3);

    await eva.does(takenLater, 'acknowledge');
    const { settled, lines } = await dan.presses('ack', bundle.shortId);
    expect(settled).toBe(true);
    const [, named = ''] = /^You have 7 requests: (.*)\.$/.exec(lines[0] ?? '') ?? [];
    expect(named.split(', ').sort()).toEqual([...others].sort());
    expect(lines[1]).toMatch(new RegExp(`^${takenLater}: Eva Specimen has it, since`));
    expect(lines).toHaveLength(2);
    const board = await dan.reads('/');
    expect(board).toContain(`Paging Dan Sample · round 1, step 1`);
    for (const shortId of others)
      expect(board).toMatch(new RegExp(`${shortId} Preservation T-\\S+ received \\S+ Dan Sample has it`));
    expect(await dan.reads(await dan.find(first))).toContain('Acknowledge');
    const one = await dan.reads(await dan.find(others[0] ?? ''));
    expect(one).toContain(`Travelled with others as ${bundle.shortId} (8 requests).`);
  });

  it('lets a routine request wait for the duty hours, and pages at once when they begin', async () => {
    const { at, zone, weekday, time } = nextMinute();
    const hours = `duty_hours: [{ days: [${weekday}], from: "${time}", to: "23:59" }]`;
    const yaml = shortDesk('10m').replace('duty_hours: []', hours).replace('time_zone: UTC', `time_zone: ${zone}`);
    await using desk = await Tocsin.start({ yaml });
    const dan = await Officer.signIn(desk, 'dan');
    const pager = await dan.pager();
    const { shortId, urgency } = await desk.send(ROUTINE);
    expect(urgency).toBe('routine');
    expect(await dan.reads('/')).toMatch(/Nobody is paged yet · paging begins/);
    const page = await pager.page(shortId, 1, MINUTE + 10_000);
    expect(page.at - at).toSatisfy((ms: number) => ms >= 0 && ms < 2000);
  });

  it('hands over by name what the officer has whose shift ends', async () => {
    const { at, zone, weekday, time, date } = nextMinute();
    const weekBefore = new Date(Date.parse(date) - 7 * 24 * 3_600_000).toISOString().slice(0, 10);
    const rota = `rota: { type: weekly, start: ${weekBefore}, handover: { weekday: ${weekday}, time: "${time}" }, order: [dan, eva] }`;
    const yaml = shortDesk('10m')
      .replace(/rota: .*/, rota)
      .replace('time_zone: UTC', `time_zone: ${zone}`);
    await using desk = await Tocsin.start({ yaml });
    const [dan, eva] = [await Officer.signIn(desk, 'dan'), await Officer.signIn(desk, 'eva')];
    const [dansPager, pager] = [await dan.pager(), await eva.pager()];
    expect(await eva.reads('/')).toMatch(/On duty nowDan Sample.*NextEva Specimen/);
    const { shortId } = await desk.send(emergency('handed-over'));
    await dansPager.page(shortId);
    await dan.does(shortId, 'acknowledge');
    const page = await pager.page(shortId, 1, MINUTE + 10_000);
    expect(page.at - at).toSatisfy((ms: number) => ms >= 0 && ms < 2000);
    expect(page.why).toBe('Handed over to you with the shift');
    const told = await eva.sees(
      await eva.find(shortId),
      'The shift ended: handed over from Dan Sample to Eva Specimen.',
    );
    expect(told).toContain('Eva Specimen has it since');
    expect(await eva.reads('/')).toMatch(/On duty nowEva Specimen/);
  });

  it('whose first step calls the desk page goes on at once when nobody has it open, and waits when somebody has', async () => {
    const yaml = shortDesk('10m').replace(/steps: \[/g, 'steps: [{ page: { channel: page }, window: 10m }, ');
    await using desk = await Tocsin.start({ yaml });
    const [dan, eva] = [await Officer.signIn(desk, 'dan'), await Officer.signIn(desk, 'eva')];
    const pager = await dan.pager();
    const unseen = await desk.send(emergency('empty-room'));
    const answered = Date.now();
    expect((await pager.page(unseen.shortId)).at - answered).toBeLessThan(2000);
    const story = await dan.reads(await dan.find(unseen.shortId));
    expect(story).toContain('Page to channel page failed: nobody is looking at it.');
    expect(story).not.toContain('Page to channel page handed over.');

    const board = await eva.watchesBoard();
    const { shortId } = await desk.send(emergency('somebody-there'));
    await dan.sees(await dan.find(shortId), 'Page to channel page handed over.');
    expect(pager.pagesFor(shortId)).toEqual([]);
    expect(await dan.reads('/')).toMatch(/Paging channel page · round 1, step 1/);
    board.close();
  });

  it('of one officer says plainly that nobody stands behind, and pages that one again and again', async () => {
    const policies = 'policies: { emergency: { steps: [{ page: on_duty, window: 1s }], round_min: 1s } }';
    const yaml = `${officers('ana')}desks:\n  - { id: ncp, name: Desk of one, time_zone: UTC, ${policies}, ${SOURCE} }\n`;
    await using desk = await Tocsin.start({ yaml });
    expect(desk.said).toContain('Nobody stands behind ana: desk ncp has one officer');
    const ana = await Officer.signIn(desk, 'ana');
    const pager = await ana.pager();
    expect(await ana.reads('/')).toContain('Only one officer belongs to this desk: nobody stands behind them.');
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
    const theirs =
      'policies: { emergency: { steps: [{ page: on_duty, window: 1s }, { page: everyone, window: 10m }] } }';
    const head = 'time_zone: UTC, duty_hours: []';
    const ncp = `  - { id: ncp, name: First desk, ${head}, officers: [dan], ${own}, ${SOURCE} }`;
    const night = `  - { id: night, name: Night desk, letters: "N", ${head}, officers: [eva, filip], ${theirs} }`;
    await using desk = await Tocsin.start({ yaml: `${officers('dan', 'eva', 'filip')}desks:\n${ncp}\n${night}\n` });
    const [dan, eva, filip] = await Promise.all([
      Officer.signIn(desk, 'dan'),
      Officer.signIn(desk, 'eva'),
      Officer.signIn(desk, 'filip'),
    ]);
    const [dans, evas, filips] = await Promise.all([dan.pager(), eva.pager(), filip.pager()]);
    const { shortId } = await desk.send(emergency('two-desks'));
    await dans.page(shortId);
    await evas.page(shortId);
    // Nobody at the night desk answers: its own policy goes on, and so does that of the first.
    await filips.page(shortId);
    await dan.sees('/', /Desk night: Paging/);
    // It stands on the board of both desks, and says whose it is.
    await eva.sees('/', new RegExp(`Night desk.* ${shortId} .*of desk ncp`));
    await dans.page(shortId, 2, 10_000);
    expect(await filip.presses('ack', shortId)).toEqual({ settled: true, lines: [`You have ${shortId}.`] });
    for (const pager of [dans, evas]) {
      const { line } = await pager.hears(({ event }) => event === 'quiet');
      expect(line).toBe(`${shortId} was taken by Filip Muster.`);
    }
    expect(await dan.sees('/', /Filip Muster has it since/)).not.toContain('Desk night: Paging');
    expect((await dan.presses('ack', shortId)).lines[0]).toMatch(/Filip Muster has it, since/);
    expect(await eva.reads('/')).toContain(`${shortId} `);
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

  it('rings at once for whoever opens the pager at last, however long it had come to wait between two attempts', async () => {
    const policies = 'policies: { emergency: { steps: [{ page: on_duty, window: 1s }], round_min: 1s } }';
    const yaml = `${officers('ana')}desks:\n  - { id: ncp, name: Desk of one, time_zone: UTC, ${policies}, ${SOURCE} }\n`;
    await using desk = await Tocsin.start({ yaml });
    const ana = await Officer.signIn(desk, 'ana');
    const { shortId, reference } = await desk.send(emergency('at-last'));
    // After each round that reaches nobody the next waits twice as long.
    await vi.waitFor(
      async () => {
        const last = (await desk.journal(reference)).findLast(({ type }) => type === 'round.rang/1');
        expect(Date.parse(String(last?.data['until'])) - (last?.at ?? 0)).toBeGreaterThan(7000);
      },
      { timeout: 30_000, interval: 50 },
    );
    const opened = Date.now();
    const pager = await ana.pager();
    expect((await pager.page(shortId)).at - opened).toBeLessThan(1000);
    await ana.presses('ack', shortId);
  });
});

/** What the printed line sends. */
function demoRequest(): string {
  return readFileSync(new URL('../../docs/examples/request.json', import.meta.url), 'utf8');
}

describe('the demo desk', () => {
  it('is there without any file: its printed link signs in, its printed line sends, and a page comes', async () => {
    await using desk = await Tocsin.start({});
    const [, onDuty = ''] = /On duty now: (\w+)/.exec(desk.said) ?? [];
    const link = new RegExp(`${onDuty} +(http\\S+)`).exec(desk.said)?.[1] ?? '';
    const officer = await Officer.enter(desk, link);
    const pager = await officer.pager();
    const [, address = '', authorization = ''] = /curl -sS (\S+) -H 'Authorization: (.*?)'/.exec(desk.said) ?? [];
    expect(address).toBe(`${desk.address}/api/v1/requests`);
    expect(desk.said).toContain('Now send an emergency:');
    const { shortId, urgency } = await desk.send(demoRequest(), { authorization });
    expect(urgency).toBe('emergency');
    await pager.page(shortId);
    expect((await desk.fetch(link, { method: 'POST' })).status).toBe(410);
    await officer.presses('ack', shortId);
  });
});
