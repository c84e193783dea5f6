import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR } from '../../rota/instant.ts';
import { act } from '../../src/desk/act.ts';
import { findRequests } from '../../src/desk/search.ts';
import { takeInDue } from '../../src/desk/search-index.ts';
import type { RequestState } from '../../src/request/state.ts';
import { type PageDesk, pageDesk } from '../support/page-desk.ts';

let house: PageDesk;
let smith: RequestState;
let fire: RequestState;
let night: RequestState;

const fault = (error: unknown) => {
  throw error;
};
const takeIn = async () => {
  while ((await takeInDue(house.desk, 3, fault)) > 0);
};
const find = (text: string, officer: string | undefined = 'ana') => findRequests(house.desk, text, officer);
const ids = async (text: string, officer?: string) => (await find(text, officer)).rows.map(({ shortId }) => shortId);
const later = () => house.clock.set(house.clock.now() + HOUR);

beforeAll(async () => {
  house = await pageDesk();
  smith = await house.receive(
    {
      ownReference: 'REF-123/2026',
      sender: {
        organisation: 'Cyber unit of Exampleland',
        person: 'Kim Sender',
        country: 'RO',
        email: 'kim@example.org',
      },
      subject: 'Preservation of an account',
      text: 'The account was used for a fraud.',
      items: { custodian: 'Provider Muster' },
      identifiers: [
        { type: 'account', value: 'k.smith_42' },
        { type: 'ip', value: '192.0.2.7', port: 443 },
      ],
    },
    { attachments: [{ name: 'Warrant-77.pdf', mediaType: 'application/pdf', bytes: new Uint8Array([1, 2, 3]) }] },
  );
  later();
  fire = await house.receive({
    kind: 'other',
    urgency: 'urgent',
    subject: 'Fraud by a Smithson',
    sender: { country: 'FR' },
  });
  later();
  night = await house.receive({ subject: 'Fraud at night' }, { desk: 'night', source: 'night-ncb' });
  await act(house.desk, smith.id, 'acknowledge', {}, 'ana');
  await act(house.desk, smith.id, 'note', { text: 'Called the provider’s lawyer' }, 'ana');
  await takeIn();
});
afterAll(() => house.close());

describe('a search', () => {
  it.each([
    ['either reference', 'ref 123'],
    ['our own reference', 'T-2026-0001'],
    ['a part of our reference', '2026-0001'],
    ['the organisation', 'cyber exampleland'],
    ['the person', 'sender, kim'],
    ['the country', 'country:ro'],
    ['the address of the sender', 'kim@example.org'],
    ['an account', 'k.smith_42'],
    ['a part of an account', '_42'],
    ['an address', '192.0.2.7'],
    ['an address and its port', '192.0.2.7:443'],
    ['words of subject and text together', 'preservation fraud'],
    ['an item', 'muster'],
    ['a note', 'lawyer'],
    ['words of the message and of a note together', '192.0.2.7 lawyer'],
    ['the name of a file', 'warrant'],
    ['a kind with a word', 'kind:preservation fraud'],
    ['who has it', 'is:mine'],
  ])('finds by %s', async (_what, text) => {
    expect(await ids(text)).toEqual([smith.shortId]);
  });

  it('has the newest first, of the desks of the officer only, and everything for who runs the machine', async () => {
    expect(await ids('fraud')).toEqual([fire.shortId, smith.shortId]);
    expect(await ids('fraud', 'dan')).toEqual([night.shortId, fire.shortId, smith.shortId]);
    expect((await findRequests(house.desk, 'fraud', undefined)).rows).toHaveLength(3);
    expect(await ids('fraud', 'nobody')).toEqual([]);
    expect(await ids(night.shortId)).toEqual([]);
    expect(await ids(night.reference)).toEqual([]);
  });

  it('finds by conditions alone and with words, and says what it did not understand', async () => {
    expect(await ids('is:open')).toEqual([fire.shortId]);
    expect(await ids('urgency:urgent is:open')).toEqual([fire.shortId]);
    expect(await ids('fraud is:acknowledged')).toEqual([smith.shortId]);
    expect(await ids('until:2026-11-23')).toEqual([]);
    expect(await ids('since:2026-11-24')).toHaveLength(2);
    const { rows, misread } = await find('fraud is:gone');
    expect([rows.length, misread]).toMatchObject([2, [{ key: 'is', value: 'gone' }]]);
    expect(await find('  ')).toEqual({ rows: [], more: 0, indexing: false, misread: [] });
  });

  it('puts what is named by the question first, and says so', async () => {
    const named = await house.receive({ subject: 'Smithson REF-9', ownReference: 'Fraud' });
    await takeIn();
    await act(house.desk, named.id, 'acknowledge', {}, 'ana');
    const { rows } = await find('fraud');
    expect(rows.map(({ shortId, exact }) => [shortId, exact])).toEqual([
      [named.shortId, true],
      [fire.shortId, false],
      [smith.shortId, false],
    ]);
    expect((await find(smith.shortId.toLowerCase())).rows).toMatchObject([{ id: smith.id, exact: true }]);
    expect((await find('t-2026-0001')).rows[0]).toMatchObject({ id: smith.id, exact: true });
    expect((await find('REF 123 / 2026')).rows[0]).toMatchObject({ id: smith.id, exact: true });
    expect((await find(`is:closed ${smith.shortId}`)).rows).toEqual([]);
  });

  it('shows where the words were met', async () => {
    const [row] = (await find('smith lawyer')).rows;
    expect(row?.excerpts.map(({ field }) => field)).toEqual(['identifier', 'note']);
    expect(row?.excerpts[1]?.parts.find(({ hit }) => hit)?.text).toBe('lawyer');
    expect((await find('is:open')).rows[0]?.excerpts).toEqual([]);
  });

  it('finds what has just come in by its names alone, and says that it is not all there', async () => {
    const fresh = await house.receive({ subject: 'Quicksilver', ownReference: 'Q-1' });
    expect(await find('quicksilver')).toMatchObject({ rows: [], indexing: true });
    expect((await find(fresh.shortId)).rows).toMatchObject([{ id: fresh.id, exact: true }]);
    expect((await find(fresh.reference)).rows).toMatchObject([{ id: fresh.id, exact: true }]);
    await takeIn();
    expect(await find('quicksilver')).toMatchObject({ rows: [{ id: fresh.id }], indexing: false });
  });

  it('finds closed requests too, after those that are not', async () => {
    const old = await house.receive({ subject: 'Marble one' });
    later();
    const closed = await house.receive({ subject: 'Marble two' });
    await takeIn();
    await act(house.desk, closed.id, 'acknowledge', {}, 'ana');
    await act(house.desk, closed.id, 'no_further_action', { text: 'Answered by marble post' }, 'ana');
    await act(house.desk, closed.id, 'close', {}, 'ana');
    expect((await house.store.request(closed.id))?.status).toBe('closed');
    await takeIn();
    expect(await ids('marble')).toEqual([old.shortId, closed.shortId]);
    expect(await ids('marble is:closed')).toEqual([closed.shortId]);
    expect((await find('post marble')).rows[0]?.excerpts.map(({ field }) => field)).toContain('answer');
  });

  it('gives fifty at most and counts the rest', async () => {
    for (let i = 0; i < 53; i++) await house.receive({ subject: `Pebble ${i}` });
    await takeIn();
    const { rows, more } = await find('pebble');
    expect([rows.length, more]).toEqual([50, 3]);
  });

  it('forgets what was erased, and still finds the rest of the request', async () => {
    const state = await house.receive({ subject: 'Obsidian', ownReference: 'OB-5' });
    await act(house.desk, state.id, 'note', { text: 'A granite note' }, 'dan');
    await takeIn();
    await house.store.eraseContents([state.messages[0]?.content ?? ''], house.clock.now());
    await takeIn();
    expect(await ids('obsidian')).toEqual([]);
    expect(await ids('OB-5')).toEqual([]);
    expect(await ids('granite')).toEqual([state.shortId]);
    expect(await ids(state.reference)).toEqual([state.shortId]);
  });
});

it('one piece that cannot be read keeps nothing else from being found', async () => {
  const own = await pageDesk();
  const bad = await own.receive({ subject: 'Bad' });
  const good = await own.receive({ subject: 'Good' });
  const store = {
    ...own.store,
    contents: async (of: readonly string[]) => {
      if (of.includes(bad.messages[0]?.content ?? '')) throw new Error('unreadable');
      return own.store.contents(of);
    },
  };
  const faults: string[] = [];
  expect(await takeInDue({ store }, 10, (_error, id) => faults.push(id))).toBe(2);
  expect(faults).toEqual([bad.id]);
  expect((await findRequests(own.desk, 'good', 'ana')).rows.map(({ id }) => id)).toEqual([good.id]);
  expect(await own.store.searchDue(1)).toEqual([]);
  await own.close();
});
