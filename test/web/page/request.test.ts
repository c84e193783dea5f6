import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../rota/instant.ts';
import { act } from '../../../src/desk/act.ts';
import { ACTIONS, actionsOn } from '../../../src/desk/actions.ts';
import type { RequestState } from '../../../src/request/state.ts';
import { type PageDesk, pageDesk, type Visitor } from '../../support/page-desk.ts';
import { keysShown } from '../../support/text-keys.ts';

let house: PageDesk;
let dan: Visitor;
let ana: Visitor;

beforeAll(async () => {
  house = await pageDesk();
  dan = await house.signIn('dan');
  ana = await house.signIn('ana');
});
afterAll(() => house.close());

const now = async (id: string): Promise<RequestState> => {
  const row = await house.store.request(id);
  if (row === undefined) throw new Error('the request is gone');
  return row.state;
};

describe('the page of a request', () => {
  it('says what is missing by article, the law first', async () => {
    const { id } = await house.receive({ items: { authority: 'Unit', data: 'traffic data' } });
    const { body } = await dan.get(`/requests/${id}`);
    const necessity = body.indexOf('Art. 29(2)(e) – necessity: missing');
    const helpful = body.indexOf('Checklist 1 – reference of the requester: missing');
    expect(necessity).toBeGreaterThan(0);
    expect(helpful).toBeGreaterThan(necessity);
    expect(body).not.toContain('Art. 29(2)(a)</small></dt><dd></dd>');
  });

  it('says when the preservation ends that it asks to extend, as the sender wrote it', async () => {
    const { id } = await house.receive({ preservedUntil: '26.11.2026' });
    const { body } = await dan.get(`/requests/${id}`);
    expect(body).toContain('<dt>Earlier preservation ends</dt><dd><bdi>26.11.2026</bdi></dd>');
  });

  it('says that an unverified sender holds the execution, never the page, and who verified it', async () => {
    const unverified = { verification: { how: 'unverified', by: '' } } as const;
    const { id } = await house.receive({ text: 'hello' }, unverified);
    expect((await dan.get(`/requests/${id}`)).body).toContain('holds the execution, never the page');
    await dan.post(`/requests/${id}/actions/verify_sender`, { how: 'called back the published number' });
    const { body } = await dan.get(`/requests/${id}`);
    expect(body).toContain('Verified by Dan Example');
    expect(body).toContain('called back the published number');
  });

  it('tells its story from the journal, with actors, words and who was paged', async () => {
    const { id } = await house.receive({ text: 'hello' });
    await act(house.desk, id, 'acknowledge', {}, 'ana');
    await act(house.desk, id, 'note', { text: 'the provider was called' }, 'ana');
    const { body } = await dan.get(`/requests/${id}`);
    expect(body).toContain('Received from NCB Example through INTERPOL: Preservation, Urgent.');
    expect(body).toContain('Round 1, step 1: paging Dan Example (pager). Why now: the request came in.');
    expect(body).toContain('Ana Example acknowledged. Progress is due by 13:00:00.');
    expect(body).toContain('<blockquote dir="auto">the provider was called</blockquote>');
    expect(body).toMatch(
      /<tr data-state="cancelled"><td data-label="Whom"><bdi>Dan Example<\/bdi><\/td><td data-label="How">pager<\/td>/,
    );
  });

  it('says of a page that failed for now that it is tried again, and why', async () => {
    const { id } = await house.receive({ text: 'hello' });
    const [page] = await house.store.deliveries(id, 100);
    const by = { node: 'n', boot: 'b' };
    const ids = { id: () => house.desk.chance.id(), shortIds: () => ['YYYY', 'XXXX', 'WWWW'] };
    const claims = await house.store.claimDeliveries(by, house.clock.now(), 10_000, ids);
    const claimed = claims.flatMap(({ deliveries }) => deliveries).find((one) => one.id === page?.id);
    await house.store.step(`request/${id}`, (step) =>
      step.finishDelivery(claimed?.id ?? '', claimed?.fence ?? 0, {
        state: 'pending',
        at: house.clock.now(),
        dueAt: house.clock.now() + MINUTE,
        code: 'not_connected',
        unknown: false,
      }),
    );
    expect((await dan.get(`/requests/${id}`)).body).toContain(
      '<td data-label="What came of it">to be tried again (no pager is connected)</td>',
    );
  });

  it('says of an urgency that an officer gave that an officer gave it, and names no row of the table', async () => {
    const { id } = await house.receive({ text: 'hello' });
    await act(house.desk, id, 'raise', { to: 'emergency' }, 'ana');
    for (const [language, reason] of [
      ['en', 'an officer decided'],
      ['fr', 'décision d’un agent'],
    ] as const) {
      const { body } = await dan.get(`/requests/${id}`, { 'accept-language': language });
      expect(body).toContain(`<dd>${reason}</dd>`);
      expect(body).not.toContain('by_hand');
    }
  });

  it('shows those alike by their short ids and the reason, and says that this changes no paging', async () => {
    const identifiers = [{ type: 'account', value: 'suspect-77' }] as const;
    const first = await house.receive({ identifiers, ownReference: 'one' });
    const second = await house.receive({ identifiers, ownReference: 'two' });
    const { body } = await dan.get(`/requests/${second.id}`);
    expect(body).toContain(
      `<a href="/requests/${first.id}" class="short-id">${first.shortId}</a> same identifier at the same time`,
    );
    expect(body).toContain('Links change no paging.');
  });

  it('offers exactly the actions that make sense now', async () => {
    const { id } = await house.receive({ text: 'hello' });
    for (const step of ['acknowledge', 'no_further_action', 'close'] as const) {
      const offered = [...(await dan.get(`/requests/${id}`)).body.matchAll(/data-action="([a-z_]+)"/g)].map(
        ([, name]) => name,
      );
      expect(offered.toSorted()).toEqual([...actionsOn(await now(id))].toSorted());
      await act(house.desk, id, step, {}, 'dan');
    }
  });

  it('is there for officers of its desk only', async () => {
    const { id } = await house.receive({ text: 'hello' });
    const night = await house.receive({ text: 'hello' }, { desk: 'night', source: 'night-ncb' });
    expect((await ana.get(`/requests/${id}`)).statusCode).toBe(200);
    expect((await ana.get(`/requests/${night.id}`)).statusCode).toBe(404);
    expect((await ana.post(`/requests/${night.id}/actions/acknowledge`)).statusCode).toBe(404);
    expect((await now(night.id)).status).toBe('open');
    expect((await dan.get(`/requests/${night.id}`)).statusCode).toBe(200);
  });

  it('answers an address that is none with 404', async () => {
    expect((await dan.get('/requests/nonsense')).statusCode).toBe(404);
    expect((await dan.get('/requests/00000000-0000-4000-8000-000000000000')).statusCode).toBe(404);
    expect((await dan.get('/s/ZZZZ')).statusCode).toBe(404);
  });

  it('is found by its short id, whatever the case', async () => {
    const { id, shortId } = await house.receive({ text: 'hello' });
    const { statusCode, headers } = await dan.get(`/s/${shortId.toLowerCase()}`);
    expect([statusCode, headers.location]).toEqual([302, `/requests/${id}`]);
  });

  it('has a text for everything that it shows, in both languages', async () => {
    const said = { kind: 'preservation', urgency: 'urgent', grounds: ['life'], language: 'fr' } as const;
    const identifiers = [{ type: 'ip', value: '10.0.0.1', at: '2030-01-01 10:00' }] as const;
    const { id } = await house.receive({ ...said, identifiers, text: 'hello', ownReference: 'one more' });
    for (const step of ['acknowledge', 'release', 'pass', 'escalate', 'no_further_action', 'reopen'] as const) {
      await act(house.desk, id, step, {}, 'dan');
      for (const language of ['en', 'fr']) {
        for (const url of ['/', `/requests/${id}`, '/pager', '/signin/x']) {
          expect(keysShown((await dan.get(url, { 'accept-language': language })).body), `${url} ${language}`).toEqual(
            [],
          );
        }
      }
    }
  });

  it('speaks French to a browser that asks for it', async () => {
    const { id } = await house.receive({ text: 'hello' });
    const { body } = await dan.get(`/requests/${id}`, { 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8' });
    expect(body).toContain('<html lang="fr"');
    expect(body).toContain('Prendre en charge');
    expect(body).toContain('Art. 29(2)(e) – nécessité : à fournir');
  });
});

describe('an action by a form', () => {
  it('is done under the name of the officer who is signed in, and answered by a redirect', async () => {
    const { id } = await house.receive({ text: 'hello' });
    const before = house.nudges();
    const { statusCode, headers } = await dan.post(`/requests/${id}/actions/acknowledge`);
    expect([statusCode, headers.location]).toEqual([303, `/requests/${id}?done=acknowledge`]);
    expect(await now(id)).toMatchObject({ status: 'acknowledged', owner: 'dan' });
    expect(house.nudges()).toBe(before + 1);
    expect((await dan.get(`/requests/${id}?done=acknowledge`)).body).toContain('Done: Acknowledge.');
  });

  it('asked for by a script brings the request as it is now along with its result', async () => {
    const { id } = await house.receive({ text: 'hello' });
    const { statusCode, body } = await dan.post(`/requests/${id}/actions/acknowledge`, {}, { 'hx-request': 'true' });
    expect(statusCode).toBe(200);
    expect(body).toContain('Done: Acknowledge.');
    expect(body).toMatch(/id="request" hx-swap-oob="innerMorph"[\s\S]*data-status="acknowledged"/);
    expect(body).not.toContain('<html');
  });

  it('that is refused says why and changes nothing', async () => {
    const { id } = await house.receive({ text: 'hello' });
    await act(house.desk, id, 'acknowledge', {}, 'ana');
    const { statusCode, body } = await dan.post(`/requests/${id}/actions/acknowledge`, {}, { 'hx-request': 'true' });
    expect(statusCode).toBe(422);
    expect(body).toBe('<p class="warning" role="alert">Ana Example already acknowledged it at 11:00.</p>');
    expect(await now(id)).toMatchObject({ owner: 'ana' });
  });

  it('with faults comes back as it was filled in, each fault at its field', async () => {
    const { id } = await house.receive({ text: 'hello' });
    await act(house.desk, id, 'acknowledge', {}, 'dan');
    const { statusCode, body } = await dan.post(`/requests/${id}/actions/wait`, {
      until: 'tomorrow',
      for: 'the provider',
    });
    expect(statusCode).toBe(422);
    expect(body).toContain(
      '<p class="warning" id="field-until-fault">This is not a time. Give a date and a time of day.</p>',
    );
    expect(body).toContain('<p class="warning" id="field-because-fault">This is missing.</p>');
    expect(body).toMatch(
      /id="field-because" name="because" required aria-invalid="true" aria-describedby="field-because-fault"/,
    );
    expect(body).toContain('>the provider</textarea>');
    expect(body).not.toContain('id="field-for-fault"');
  });

  it('reads a time in the zone of the desk, which stands beside it', async () => {
    const { id } = await house.receive({ text: 'hello' });
    await act(house.desk, id, 'acknowledge', {}, 'dan');
    expect((await dan.get(`/requests/${id}?do=wait`)).body).toContain('in Europe/Bucharest');
    const said = { until: '2026-11-24T15:30', for: 'the provider', because: 'it asked for an hour' };
    expect((await dan.post(`/requests/${id}/actions/wait`, said)).statusCode).toBe(303);
    expect((await now(id)).waiting?.until).toBe(Date.UTC(2026, 10, 24, 13, 30));
  });

  it('offers grounds with their articles, and only those that the desk may use', async () => {
    const { id } = await house.receive({ text: 'hello' });
    const { body } = await dan.get(`/requests/${id}/actions/refuse`);
    expect(body).toContain(
      '<option value="political_offence">Art. 29(5)(a) – political offence, or connected with one</option>',
    );
    expect(body).not.toContain('dual_criminality');
  });

  it('has a form for every action, with a label for every field', async () => {
    const { id } = await house.receive({ text: 'hello' });
    for (const [action, { fields }] of Object.entries(ACTIONS)) {
      const { statusCode, body } = await dan.get(`/requests/${id}/actions/${action}`);
      expect(statusCode, action).toBe(200);
      expect(keysShown(body), action).toEqual([]);
      for (const { name } of fields) {
        expect(body, action).toContain(`<label for="field-${name}">`);
        expect(body, action).toContain(`id="field-${name}" name="${name}"`);
      }
    }
  });

  it('of a name that is none does nothing', async () => {
    const { id } = await house.receive({ text: 'hello' });
    expect((await dan.post(`/requests/${id}/actions/constructor`)).statusCode).toBe(404);
    expect((await dan.get(`/requests/${id}/actions/__proto__`)).statusCode).toBe(404);
  });
});

describe('the board', () => {
  it('shows who is paged at which step and when the next one comes, and then who has it', async () => {
    const state = await house.receive({ text: 'hello' });
    const row = async () =>
      new RegExp(`<li id="row-${state.id}"[\\s\\S]*?</li>`).exec((await dan.get('/board')).body)?.[0] ?? '';
    expect(await row()).toContain('Paging <bdi>Dan Example</bdi></strong> · round 1, step 1');
    expect(await row()).toContain(`data-announce="New: Urgent ${state.shortId}"`);
    await dan.post(`/requests/${state.id}/actions/acknowledge`);
    expect(await row()).toContain('<bdi>Dan Example</bdi></strong> has it since');
    expect(await row()).toContain('progress due');
  });

  it('has a section for each desk of the officer with who is on duty now and next, in its time and in UTC', async () => {
    const { body } = await dan.get('/');
    expect(body).toContain('<h1 id="desk-ncp">National contact point</h1>');
    expect(body).toContain('<h1 id="desk-night">Night desk</h1>');
    expect(body).toContain('11:00 Europe/Bucharest · 09:00 UTC');
    expect(body).toContain('Only 2 officers belong to this desk: nobody stands behind them.');
    expect((await ana.get('/')).body).not.toContain('Night desk');
  });

  it('says that no pager of the officer on duty is connected, until one is', async () => {
    const warning = 'No pager of Dan Example is connected.';
    expect((await ana.get('/board')).body).toContain(warning);
    expect((await ana.get('/board')).body).not.toContain('No pager of Ana Example');
    const leave = house.pagers.connect('dan', 'phone', () => undefined);
    expect((await ana.get('/board')).body).not.toContain(warning);
    house.pagers.beat('dan', 'phone', { visible: false, sound: false });
    expect((await ana.get('/board')).body).toContain(warning);
    leave();
  });

  it('says where nobody will be on duty', async () => {
    const start = house.clock.now() + HOUR;
    const gap = { kind: 'cover', officers: [], start, end: start + 30 * MINUTE } as const;
    const override = { id: house.desk.chance.id(), desk: 'ncp', override: gap };
    const entry = { type: 'duty.overridden/1', actor: { kind: 'system' }, data: {} } as const;
    await house.store.step('rota/ncp', (step) =>
      step.save({ stream: 'rota/ncp', at: start, entries: [entry], override }),
    );
    expect((await ana.get('/')).body).toMatch(
      /<dt class="warning">Nobody is on duty<\/dt><dd><time[^>]*>12:00<\/time>/,
    );
  });
});
