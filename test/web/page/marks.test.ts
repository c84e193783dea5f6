import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../../../src/desk/act.ts';
import { type PageDesk, pageDesk, type Visitor } from '../../support/page-desk.ts';
import { keysShown } from '../../support/text-keys.ts';

let house: PageDesk;
let dan: Visitor;

beforeAll(async () => {
  house = await pageDesk();
  dan = await house.signIn('dan');
});
afterAll(() => house.close());

const rowOf = async (id: string): Promise<string> => {
  const { body } = await dan.get('/');
  const from = body.indexOf(`id="row-${id}"`);
  return body.slice(from, body.indexOf('</li>', from));
};

describe('a later message', () => {
  it('is marked on the board and on the page until an officer does something', async () => {
    const { id } = await house.receive({ ownReference: 'M 1', text: 'one victim' });
    await act(house.desk, id, 'acknowledge', {}, 'dan');
    expect(await rowOf(id)).not.toContain('new message');
    await house.receive({ ownReference: 'M 1', text: 'a second victim' });
    expect(await rowOf(id)).toContain('>new message</span>');
    expect((await dan.get(`/requests/${id}`)).body).toContain('>new message</span>');
    await act(house.desk, id, 'note', { text: 'read' }, 'dan');
    expect(await rowOf(id)).not.toContain('new message');
  });
});

describe('a mail that is no request', () => {
  it('says on the board, on its page and in its story what it is, not that a kind is to be chosen', async () => {
    const unverified = { known: false, verification: { how: 'unverified', by: '' } } as const;
    const { id } = await house.receive(
      { subject: '24/7 Network: ping test', text: 'Please confirm.' },
      { ...unverified, kindChosenBy: 'nobody', nature: 'ping' },
    );
    expect(await rowOf(id)).toContain('>ping</span>');
    const { body } = await dan.get(`/requests/${id}`);
    expect(body).toContain('ping, as its headers or subject say');
    expect(body).toContain('a mail that tests the connection (ping), and nobody has verified its sender');
    expect(body).toContain('Labelled as: ping.');
    expect(body).not.toContain('Choose the kind.');
    expect(keysShown(body)).toEqual([]);
  });

  it('says so after it was closed', async () => {
    const { id } = await house.receive({ subject: 'Out of office' }, { nature: 'auto_reply', kindChosenBy: 'nobody' });
    expect((await dan.get(`/requests/${id}`)).body).toContain('>automatic reply</span>');
  });
});

describe('a preservation that runs', () => {
  it('is not closed: the refusal says until when, and what to do', async () => {
    const { id } = await house.receive({ text: 'hello' });
    await act(house.desk, id, 'acknowledge', {}, 'dan');
    await act(house.desk, id, 'hold', { effective_at: '2026-11-24T11:00' }, 'dan');
    await act(house.desk, id, 'answer', { channel: 'mail', sent_at: '2026-11-24T11:00' }, 'dan');
    const { body } = await dan.post(`/requests/${id}/actions/close`);
    expect(body).toMatch(/A preservation still runs until .*24 Jan.*stop its clock first and give the reason/);
    await act(house.desk, id, 'stop_clock', { clock: 'hold', reason: 'withdrawn' }, 'dan');
    await act(house.desk, id, 'close', {}, 'dan');
    expect((await house.store.request(id))?.state.status).toBe('closed');
  });

  it('lets the clocks of a reopened request run again, and the story names them', async () => {
    const { id } = await house.receive({ text: 'hello' });
    await act(house.desk, id, 'no_further_action', {}, 'dan');
    await act(house.desk, id, 'reopen', {}, 'dan');
    const { body } = await dan.get(`/requests/${id}`);
    expect(body).toContain(
      'Reopened: by hand. Clocks that run again: Receipt to the requester, Answer, Preservation done.',
    );
  });
});
