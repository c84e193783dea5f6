import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../../../src/desk/act.ts';
import type { Message } from '../../../src/request/message.ts';
import type { RequestState } from '../../../src/request/state.ts';
import { type PageDesk, pageDesk, type Visitor } from '../../support/page-desk.ts';

/** What a sender might write into every field to break out of it, each time with a name of its own. */
const evil = (name: string) => `${name}"><script>alert('${name}')</script><img src=x onerror=alert(1)>\u202Egpj.exe`;

const MESSAGE: Message = {
  ownReference: evil('ownReference'),
  kind: 'preservation',
  urgency: 'urgent',
  grounds: ['data_loss'],
  sender: {
    organisation: evil('organisation'),
    person: evil('person'),
    country: evil('country'),
    email: evil('email'),
    phone: evil('phone'),
  },
  subject: evil('subject'),
  text: `${evil('text')}\nsecond line`,
  items: { authority: evil('authority'), made_up: evil('made_up') },
  identifiers: [
    { type: 'ip', value: evil('value'), port: 443, at: evil('at'), atUtc: evil('atUtc') },
    { type: 'account', value: 'somebody' },
  ],
  language: 'x"><script>',
};

let house: PageDesk;
let dan: Visitor;
let state: RequestState;

beforeAll(async () => {
  house = await pageDesk();
  dan = await house.signIn('dan');
  const bytes = new TextEncoder().encode('<script>alert(1)</script>');
  const attachments = [{ name: evil('attachment'), mediaType: 'text/html', bytes }];
  state = await house.receive(MESSAGE, { attachments, notes: [evil('note')] });
  await act(house.desk, state.id, 'acknowledge', {}, 'dan');
  await act(house.desk, state.id, 'note', { text: evil('written') }, 'dan');
  await act(house.desk, state.id, 'tell', { duty: 'receipt', channel: 'mail', told_at: '2026-11-24T10:00' }, 'dan');
  await act(
    house.desk,
    state.id,
    'wait',
    { until: '2026-11-25T10:00', for: evil('for'), because: evil('because') },
    'dan',
  );
});
afterAll(() => house.close());

const NAMES = [
  ...['ownReference', 'organisation', 'person', 'country', 'email', 'phone', 'subject', 'text', 'authority'],
  ...['made_up', 'value', 'at', 'atUtc', 'attachment', 'note', 'written', 'for', 'because'],
];

describe('what a sender or an officer wrote', () => {
  it('is shown on the page of the request as text, every field of it, and as nothing else', async () => {
    const { body, statusCode } = await dan.get(`/requests/${state.id}`);
    expect(statusCode).toBe(200);
    const shown = NAMES.filter((name) => body.includes(`${name}&quot;&gt;&lt;script&gt;`));
    expect(shown).toEqual(NAMES);
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<img');
    expect(body).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(body).toContain('‹U+202E›gpj.exe');
  });

  it('stays text in a form that comes back', async () => {
    const { body, statusCode } = await dan.post(`/requests/${state.id}/actions/wait`, {
      for: evil('typed'),
      until: evil('until'),
    });
    expect(statusCode).toBe(422);
    expect(body).toContain('typed&quot;&gt;&lt;script&gt;');
    expect(body).toContain('value="until&quot;&gt;&lt;script&gt;');
    expect(body).not.toContain('<script>alert');
  });

  it('is not on the board, whose windows stand open, nor in a title', async () => {
    const board = await dan.get('/');
    expect(board.body).toContain(state.shortId);
    for (const name of NAMES) expect(board.body).not.toContain(`${name}&quot;`);
    const page = await dan.get(`/requests/${state.id}`);
    expect(page.body).toContain(`<title>${state.shortId} · Tocsin</title>`);
  });

  it('runs nowhere: no script, style or handler stands in a page', async () => {
    for (const url of ['/', `/requests/${state.id}`, `/requests/${state.id}?do=wait`, '/pager']) {
      const { body, headers } = await dan.get(url);
      expect(body).not.toMatch(/<script(?![^>]* src=)|<style|<[^>]*\s(style|on[a-z]+)=/);
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
    }
  });
});

describe('an attachment', () => {
  it('can only be saved, whatever it says of itself', async () => {
    const page = await dan.get(`/requests/${state.id}`);
    const [, path = ''] = /href="(\/requests\/[^"]+\/attachments\/[^"]+)"/.exec(page.body) ?? [];
    const { headers, rawPayload, statusCode } = await dan.get(path);
    expect(statusCode).toBe(200);
    expect(new TextDecoder().decode(rawPayload)).toBe('<script>alert(1)</script>');
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'");
    const disposition = String(headers['content-disposition']);
    expect(disposition).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%~!-]+$/);
    expect(decodeURIComponent(disposition)).not.toMatch(/\u202E/);
  });

  it('of another request is not there', async () => {
    const other = await house.receive({ text: 'other' });
    const page = await dan.get(`/requests/${state.id}`);
    const [, id = ''] = /\/attachments\/([^"]+)"/.exec(page.body) ?? [];
    expect((await dan.get(`/requests/${other.id}/attachments/${id}`)).statusCode).toBe(404);
  });
});
