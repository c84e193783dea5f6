import { describe, expect, it } from 'vitest';
import { Officer } from '../support/officer.ts';
import { Tocsin } from '../support/process.ts';
import { emergency, nextMinute, ROUTINE, shortDesk, urgent } from '../support/story-desk.ts';

const MINUTE = 60_000;

// Each of them waits for a minute to pass, so they wait together.
describe.concurrent('in a minute', { timeout: 2 * MINUTE + 30_000 }, () => {
  it('ten urgent requests in a storm make one page and one bundle, and an emergency among them is alone and at once', async () => {
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

    const isBundle = ({ event, count }: { event: string; count?: string }) => event === 'page' && count === '8 requests';
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
    for (const shortId of others) expect(board).toMatch(new RegExp(`${shortId} Preservation T-\\S+ received \\S+ Dan Sample has it`));
    expect(await dan.reads(await dan.find(first))).toContain('Acknowledge');
    const one = await dan.reads(await dan.find(others[0] ?? ''));
    expect(one).toContain(`Travelled with others as ${bundle.shortId} (8 requests).`);
  });

  it('a routine request pages nobody until the duty hours begin, and then at once', async () => {
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

  it('the shift that ends hands over by name what its officer has', async () => {
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
    const told = await eva.sees(await eva.find(shortId), 'The shift ended: handed over from Dan Sample to Eva Specimen.');
    expect(told).toContain('Eva Specimen has it since');
    expect(await eva.reads('/')).toMatch(/On duty nowEva Specimen/);
  });
});
