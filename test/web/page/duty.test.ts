import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from '../../../rota/instant.ts';
import { changeDuty, type WantedDuty } from '../../../src/desk/change-duty.ts';
import { saidDuty } from '../../../src/web/page/duty-said.ts';
import { type PageDesk, pageDesk, type Visitor } from '../../support/page-desk.ts';
import { keysShown } from '../../support/text-keys.ts';

const houses: PageDesk[] = [];
let house: PageDesk;
let ana: Visitor;
const DUTY = '/desks/ncp/duty';
/** It is 11:00 at the desk. */
const FORM = { who: 'ana', and: '', instead: '*', from: '2026-11-24T11:00', until: '2026-11-24T18:00' };

beforeEach(async () => {
  house = await pageDesk();
  houses.push(house);
  ana = await house.signIn('ana');
});
afterAll(() => Promise.all(houses.map((one) => one.close())));

const overrides = (desk = 'ncp') => house.store.overrides(desk);
const form = (more: Partial<typeof FORM> = {}) => ({ ...FORM, ...more });

describe('the page of a duty', () => {
  it('is linked from the board, proposes now and the next handover, and chooses nobody beforehand', async () => {
    expect((await ana.get('/')).body).toContain(`<a href="${DUTY}">Change who is on duty</a>`);
    const { statusCode, body } = await ana.get(DUTY);
    expect(statusCode).toBe(200);
    expect(body).toMatch(/<select id="field-who"[^>]*><option value="" selected>Choose …/);
    expect(body).toMatch(/<option value="\*" selected>Everybody on duty/);
    expect(body).toContain('name="from" required aria-describedby="field-from-zone" value="2026-11-24T11:00"');
    expect(body).toMatch(/name="until" required aria-describedby="field-until-zone" value="2026-11-30T08:00"/);
    expect(body).toContain('in Europe/Bucharest');
  });

  it('changes the duty under the name of who is signed in, tells the engine and leads back to the board', async () => {
    const { statusCode, headers } = await ana.post(DUTY, form());
    expect([statusCode, headers.location]).toEqual([303, '/']);
    expect(await overrides()).toEqual([
      { kind: 'cover', officers: ['ana'], start: house.clock.now(), end: house.clock.now() + 7 * HOUR },
    ]);
    expect(house.nudges()).toBe(1);
    const [entry] = await house.store.entries('rota/ncp', 1, 1);
    expect(JSON.parse(entry?.body ?? '')).toMatchObject({ actor: { kind: 'officer', officer: 'ana' } });
    expect((await ana.get('/')).body).toMatch(
      /<dt>On duty now<\/dt><dd><strong><bdi>Ana Example<\/bdi><\/strong> until <time[^>]*>18:00</,
    );
  });

  it('makes a gap when “nobody” is chosen, and shows it as one', async () => {
    expect((await ana.post(DUTY, form({ who: '-' }))).statusCode).toBe(303);
    expect(await overrides()).toMatchObject([{ kind: 'cover', officers: [] }]);
    expect((await ana.get('/')).body).toContain('<span class="warning">nobody, on purpose,</span>');
  });

  it.each([
    ['a field left empty', { who: '' }, 'This is missing.', 'who'],
    ['a time that is none', { until: 'soon' }, 'This is not a time.', 'until'],
    ['nobody in the place of one', { who: '-', instead: 'dan' }, 'In the place of one officer comes', 'instead'],
    ['two in the place of one', { and: 'dan', instead: 'dan' }, 'In the place of one officer comes', 'instead'],
    [
      'nobody together with somebody',
      { who: '-', and: 'dan' },
      'Nobody, and the rota, go with no second officer',
      'and',
    ],
  ])('says at its field what is wrong: %s', async (_what, more, says, field) => {
    const { statusCode, body } = await ana.post(DUTY, form(more));
    expect(statusCode).toBe(422);
    expect(body).toMatch(new RegExp(`<p class="warning" id="field-${field}-fault">${says}`));
    expect(body).toMatch(new RegExp(`id="field-${field}"[^>]* aria-invalid="true"`));
    expect(await overrides()).toEqual([]);
  });

  it('comes back with what was typed when the rules refuse it, and says why', async () => {
    const { statusCode, body } = await ana.post(DUTY, form({ from: '2020-01-01T10:00', until: '2020-01-01T11:30' }));
    expect(statusCode).toBe(422);
    expect(body).toContain('<p class="warning" role="alert">Its end has passed.');
    expect(body).toContain('value="2020-01-01T11:30"');
    expect(body).toMatch(/<option value="ana" selected>/);
  });

  it('names the officer that a refusal is about, and shows as text what was sent in its place', async () => {
    const { statusCode, body } = await ana.post(DUTY, form({ who: '<b>x</b>' }));
    expect(statusCode).toBe(422);
    expect(body).toContain('&lt;b&gt;x&lt;/b&gt; is not of this desk.');
  });

  it('is there for officers of the desk only, and for forms of our own', async () => {
    expect((await ana.get('/desks/night/duty')).statusCode).toBe(404);
    expect((await ana.post('/desks/night/duty', form())).statusCode).toBe(404);
    expect((await ana.get('/desks/none/duty')).statusCode).toBe(404);
    expect((await ana.post(DUTY, { ...form(), csrf: 'forged' })).statusCode).toBe(403);
    expect((await house.app.inject({ url: DUTY, headers: { host: 'localhost' } })).statusCode).toBe(401);
    expect([...(await overrides('night')), ...(await overrides())]).toEqual([]);
  });

  it('has a text for everything that it shows, in both languages', async () => {
    const words = [
      {},
      form({ who: '', until: 'x' }),
      form({ who: '-', and: 'ana' }),
      form({ until: '2020-01-01T10:00' }),
    ];
    for (const language of ['en', 'fr']) {
      const headers = { 'accept-language': language };
      const bodies = [(await ana.get(DUTY, headers)).body];
      for (const said of words) bodies.push((await ana.post(DUTY, said, headers)).body);
      expect(bodies.flatMap(keysShown)).toEqual([]);
    }
  });
});

describe('the changes of a duty', () => {
  const lines = async () => {
    const { body } = await ana.get('/');
    const [, list = ''] = /<dt>Changed<\/dt><dd><ul>(.*?)<\/ul>/s.exec(body) ?? [];
    return [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line = '']) => line.replace(/<[^>]+>/g, ''));
  };
  const make = async (wanted: WantedDuty) => {
    expect(await changeDuty(house.desk, 'ncp', wanted, 'ana')).toMatchObject({ ok: true });
  };

  it('are told while they run and before, in the order in which they begin', async () => {
    const now = house.clock.now();
    await make({ kind: 'cover', officers: ['ana'], start: now + 2 * HOUR, end: now + 3 * HOUR });
    await make({ kind: 'replace', officer: 'dan', by: 'ana', start: now, end: now + HOUR });
    expect(await lines()).toEqual([
      'Ana Example for Dan Example until 12:00',
      'Ana Example (whatever the rota says) from 13:00 until 14:00',
    ]);
    house.clock.set(now + 3 * HOUR);
    expect(await lines()).toEqual([]);
  });

  it('are not told when a later one has set them aside altogether', async () => {
    const now = house.clock.now();
    await make({ kind: 'cover', officers: ['ana'], start: now, end: now + 3 * HOUR });
    await make({ kind: 'gap', start: now, end: now + 4 * HOUR });
    expect(await lines()).toEqual(['nobody, on purpose, until 15:00']);
  });
});

describe('the words of the form', () => {
  it('are times of the desk, where one that comes twice is the first and one that does not exist moves forward', () => {
    const said = { ...FORM, from: '2026-10-25T03:30', until: '2027-03-28T03:30' };
    expect(saidDuty(said, 'Europe/Bucharest')).toEqual({
      wanted: {
        kind: 'cover',
        officers: ['ana'],
        start: Date.parse('2026-10-25T00:30:00Z'),
        end: Date.parse('2027-03-28T01:30:00Z'),
      },
    });
  });

  it('mean one in the place of another, or several together', () => {
    const of = (more: Partial<typeof FORM>) => saidDuty({ ...FORM, ...more }, 'UTC');
    expect(of({ instead: 'dan' })).toMatchObject({ wanted: { kind: 'replace', officer: 'dan', by: 'ana' } });
    expect(of({ and: 'dan' })).toMatchObject({ wanted: { kind: 'cover', officers: ['ana', 'dan'] } });
    expect(of({ who: '-' })).toMatchObject({ wanted: { kind: 'gap' } });
    expect(of({ who: '=' })).toMatchObject({ wanted: { kind: 'rota' } });
    expect(of({ who: '=', and: 'dan' })).toMatchObject({ faults: [{ field: 'and' }] });
  });
});
