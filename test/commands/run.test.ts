import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR, instant, MINUTE, rfc3339 } from '../../rota/instant.ts';
import type { RequestState } from '../../src/request/state.ts';
import { type Duty, NIGHT } from '../support/duty.ts';
import { LIFE, Typing } from './typing.ts';

let typing: Typing;
let duty: Duty;
let request: RequestState;
beforeEach(async () => {
  typing = await Typing.begin();
  ({ duty, request } = typing);
});

const typed: Typing['types'] = (...line) => typing.types(...line);
const types: Typing['types'] = (text, officer = 'dan', more = {}) => typing.types(text, officer, more);
const does: Typing['does'] = (...line) => typing.does(...line);
const now = () => duty.state(request.id);

describe('an officer who types', () => {
  it('acknowledges; whoever comes second is told who was first', async () => {
    const done = await does('ack ID');
    expect(done).toMatchObject({
      action: 'acknowledge',
      assumed: false,
      requests: [{ status: 'acknowledged', owner: 'dan' }],
    });
    expect(await types('ack ID', 'ana')).toMatchObject({
      result: 'refused',
      why: 'rules',
      refusal: { code: 'already_acknowledged', names: { owner: 'dan', at: rfc3339(NIGHT) } },
      request: { owner: 'dan', acknowledgedAt: NIGHT },
    });
  });

  it('passes, escalates, releases and assigns, and the next ones are paged', async () => {
    await does('pass ID');
    expect(duty.rung()).toEqual(['dan pager', 'ana pager']);
    await does('escalate ID', 'ana');
    await does('ack ID', 'eva');
    await does('release ID', 'eva');
    expect((await now()).status).toBe('open');
    await does('assign ID to Ana', 'eva');
    expect((await now()).status === 'open' && (await duty.desk.store.request(request.id))?.state).toMatchObject({
      escalation: { ringing: 'named' },
    });
  });

  it('waits, with the time read back', async () => {
    await does('ack ID');
    // 02:00 at the desk.
    const until = instant('2026-06-02T06:00:00Z');
    const done = await does('wait ID until 9:00 for the provider because logs are requested');
    expect(done).toMatchObject({ times: { until }, requests: [{ waitsUntil: until, zone: 'Europe/Bucharest' }] });
    expect(await types('wait ID until 2026-06-01 9:00 for it because so')).toMatchObject({
      why: 'rules',
      refusal: { code: 'time_in_the_past' },
    });
  });

  it('does all that leads to an answer and to the end', async () => {
    await does('ack ID');
    await does('note ID the provider was called');
    await does('ask ID in which time zone?');
    await does('kind ID preservation');
    await does('start ID');
    await does('hold ID since now');
    await does('tell ID progress by phone at now next in 4h');
    await does('raise ID to emergency').catch((error) => expect(String(error)).toContain('not_more_urgent'));
    await does('lower ID to urgent because the child was found');
    expect(await types('review ID yes')).toMatchObject({ why: 'rules', refusal: { code: 'reviewed_by_the_same' } });
    await does('review ID yes', 'ana');
    await does('policy ID emergency');
    await does('answer ID by mail at now the data were sent');
    expect(await now()).toMatchObject({ status: 'concluded', outcome: { result: 'answered', channel: 'mail' } });
    expect(await types('close ID')).toMatchObject({ why: 'rules', refusal: { code: 'hold_runs' } });
    await does('stop ID clock hold because withdrawn');
    await does('close ID');
    await does('reopen ID');
    await does('forward ID to police the unit in charge has it');
    expect(await now()).toMatchObject({ status: 'concluded', outcome: { result: 'forwarded', to: 'police' } });
  });

  it.each([
    ['refuse ID essential interests', { result: 'refused', ground: 'essential_interests' }],
    ['refuser ID intérêts essentiels', { result: 'refused', ground: 'essential_interests' }],
    ['not-possible ID court order', { result: 'not_possible', reason: 'court_order_needed' }],
    ['nfa ID withdrawn by the sender', { result: 'no_further_action' }],
  ])('gives an outcome: %s', async (text, outcome) => {
    await does('kind ID preservation');
    await does(text);
    expect(await now()).toMatchObject({ status: 'concluded', outcome });
  });

  it('verifies a sender who is not known, and consents to what a colleague proposes', async () => {
    typing.request = await duty.request(
      { urgency: 'urgent', subject: 'B' },
      {},
      { known: false, verification: { how: 'unverified', by: 'mail' } },
    );
    await does('ack ID');
    expect(await types('start ID')).toMatchObject({ refusal: { code: 'verify_sender_first' } });
    await does('verify ID called back on the number on file');
    expect(await types('consent ID', 'ana')).toMatchObject({ refusal: { code: 'nothing_to_consent' } });
  });

  it('is kept by the journal in the name of whoever typed', async () => {
    await types('note ID typed at the machine', 'dan', { actor: { kind: 'shell', user: 'root', as: 'dan' } });
    const entries = await duty.desk.store.entries(`request/${request.id}`, 1, 100);
    expect(JSON.parse(entries.at(-1)?.body ?? '')).toMatchObject({
      type: 'note.written/1',
      actor: { kind: 'shell', user: 'root', as: 'dan' },
    });
  });

  it('answers a page of several requests by the short id of the bundle, and by no other word', async () => {
    typing = await Typing.begin(instant('2026-06-02T09:00:00Z'));
    const day = typing.duty;
    const both = [
      await day.request({ urgency: 'urgent', subject: 'C' }),
      await day.request({ urgency: 'urgent', subject: 'D' }),
    ];
    await day.pass(2);
    const bundle = day.pages.find(({ requests }) => requests > 1);
    const shortId = bundle?.shortId ?? 'none';
    expect(await typed(`note ${shortId} x`, 'dan')).toMatchObject({
      misread: { code: 'which_request', candidates: expect.arrayContaining(both.map((one) => one.shortId)) },
    });
    expect(await typed(`ack ${shortId}`, 'dan')).toMatchObject({
      result: 'done',
      requests: [{ owner: 'dan' }, { owner: 'dan' }],
    });
  });
});

describe('a command counts', () => {
  it('only from an officer of the desk, or one who was paged for it', async () => {
    const stranger = await types('ack ID', 'zoe');
    expect(stranger).toEqual({ result: 'refused', word: 'ack', why: 'unknown_request', name: request.shortId });
    expect(await types('status ID', 'zoe')).toMatchObject({ why: 'unknown_request' });
    expect(await typed('find REF 12/3', 'zoe')).toMatchObject({ requests: [] });
    expect((await now()).status).toBe('open');
    expect(await typed(`ack ${request.shortId}`, 'nobody')).toMatchObject({ why: 'unknown_request' });
  });

  it('not at all without an officer, who may look all the same', async () => {
    expect(await typed(`ack ${request.shortId}`)).toEqual({ result: 'misread', misread: { code: 'officer_missing' } });
    expect(await typed('open')).toMatchObject({ requests: [{ shortId: request.shortId }] });
    expect(await typed(`status ${request.shortId}`)).toMatchObject({ request: { status: 'open' } });
  });
});

describe('the name of a request', () => {
  it('is its short id in any case, our reference, or that of the sender', async () => {
    for (const name of [
      request.shortId.toLowerCase(),
      request.reference,
      request.reference.toLowerCase(),
      '"REF 12/3"',
    ]) {
      expect(await typed(`status ${name}`, 'dan')).toMatchObject({ request: { id: request.id } });
    }
  });

  it('that does not exist is said, with the nearest one', async () => {
    const last = request.shortId.at(-1) === 'K' ? 'W' : 'K';
    const mistyped = `${request.shortId.slice(0, -1)}${last}`;
    expect(await typed(`ack ${mistyped}`, 'dan')).toEqual({
      result: 'refused',
      word: 'ack',
      why: 'unknown_request',
      name: mistyped,
      nearest: request.shortId,
    });
  });

  it('may be left out where only one can be meant, and the reply says which', async () => {
    expect(await typed('ack', 'dan')).toMatchObject({ result: 'done', assumed: true, requests: [{ id: request.id }] });
    await duty.request({ ...LIFE, ownReference: 'another', subject: 'Another' });
    expect(await typed('note called back', 'dan')).toMatchObject({ assumed: true, requests: [{ id: request.id }] });
  });

  it('is asked for where it may be another, where nothing is there, and for what cannot be undone', async () => {
    const other = await duty.request({ ...LIFE, ownReference: 'another', subject: 'Another' });
    const reply = await typed('ack', 'ana');
    expect(reply).toMatchObject({ misread: { code: 'which_request', candidates: [request.shortId, other.shortId] } });
    expect(await typed('wait until 9:00 for a because b', 'ana')).toMatchObject({
      misread: { code: 'which_request', candidates: [] },
    });
    for (const text of ['close', 'refuse essential interests', 'nfa', 'answer by mail at now', 'forward to police']) {
      expect(await typed(text, 'dan')).toMatchObject({ misread: { code: 'request_missing' } });
    }
  });

  it('is that of the page where it is typed, even beside what one has', async () => {
    const other = await duty.request({ ...LIFE, ownReference: 'another', subject: 'Another' });
    await does('ack ID');
    const reply = await typed('note called back', 'dan', { beside: other.id });
    expect(reply).toMatchObject({ assumed: true, requests: [{ id: other.id }] });
    expect(await typed('note called back', 'zoe', { beside: other.id })).toMatchObject({ result: 'misread' });
  });
});

it('a time is counted from when it is typed', async () => {
  await duty.pass(5);
  await does('ack ID');
  expect(await does('wait ID until in 2h for it because so')).toMatchObject({
    times: { until: NIGHT + 5 * MINUTE + 2 * HOUR },
  });
});
