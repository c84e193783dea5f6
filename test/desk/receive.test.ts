import { describe, expect, test } from 'vitest';
import { HOUR, instant, MINUTE, rfc3339 } from '../../rota/instant.ts';
import { Duty, NCP, NIGHT, ORIGIN } from '../support/duty.ts';

const PRESERVATION = { kind: 'preservation', subject: 'Logs of a server' };
const EMERGENCY = { kind: 'emergency_disclosure', grounds: ['life'] as const };
const MAIL = { ...ORIGIN, known: false, mayTest: false, verification: { how: 'unverified', by: '' } } as const;

describe('a new request', () => {
  test('gets the next number of the desk in the year of its own zone, and a short id', async () => {
    const duty = await Duty.begin(NCP, { now: instant('2026-12-31T21:59:00Z') });
    expect((await duty.request()).reference).toBe('T-2026-0001');
    duty.clock.set(instant('2026-12-31T22:00:00Z'));
    const later = await duty.request({ subject: 'the new year at the desk' });
    expect(later.reference).toBe('T-2027-0001');
    expect(later.shortId).toMatch(/^[0-9A-Z]{4}$/);
  });

  test('pages the officer on duty in the same moment', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    expect(duty.rung()).toEqual(['dan pager']);
    expect(duty.pages[0]).toMatchObject({ shortId: request.shortId, urgency: 'emergency', requests: 1, at: NIGHT });
  });

  test('which is routine waits for duty hours before it rings, and is on the board at once', async () => {
    const duty = await Duty.begin(NCP);
    await duty.request({ kind: 'other', subject: 'A question of law' });
    expect(duty.rung()).toEqual([]);
    expect(duty.cards.at(-1)?.urgency).toBe('routine');
    await duty.pass(5 * 60);
    expect(duty.rung()[0]).toBe('dan pager');
    expect(duty.pages[0]?.at).toBe(NIGHT + 5 * HOUR);
  });

  test('which is like another is linked on both cards, and changes no paging', async () => {
    const duty = await Duty.begin(NCP);
    const same = {
      ...EMERGENCY,
      identifiers: [{ type: 'ip', value: '203.0.113.7', at: '2026-06-01T10:20:00Z' }] as const,
    };
    const first = await duty.request(same);
    const second = await duty.request(same, {}, { source: 'fiu' });
    expect((await duty.state(first.id)).links).toEqual([{ request: second.id, reason: 'same_identifier_time' }]);
    expect((await duty.state(second.id)).links).toEqual([{ request: first.id, reason: 'same_identifier_time' }]);
    expect(duty.pages.filter(({ shortId }) => shortId === second.shortId)).not.toEqual([]);
    expect(await duty.types(`request/${first.id}`)).toContain('request.linked');
  });

  test('keeps the message as content that the journal only refers to', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request({ ...PRESERVATION, text: 'the secret of this case' });
    const bodies = (await duty.desk.store.entries(`request/${request.id}`, 1, 100)).map(({ body }) => body).join();
    expect(bodies).not.toContain('secret');
    const ids = request.messages.map(({ content }) => content);
    const [kept] = (await duty.desk.store.contents(ids)).values();
    expect(kept !== undefined && 'bytes' in kept && new TextDecoder().decode(kept.bytes)).toContain(
      'the secret of this case',
    );
  });
});

describe('a repetition', () => {
  test('with the same key gets the answer of the first, with another body it is refused', async () => {
    const duty = await Duty.begin(NCP);
    const first = await duty.request(EMERGENCY, { idempotencyKey: 'k', bodySha256: 'a' });
    const again = await duty.receive(EMERGENCY, { idempotencyKey: 'k', bodySha256: 'a' });
    expect(again).toMatchObject({ result: 'replayed', request: { id: first.id } });
    expect(await duty.receive(EMERGENCY, { idempotencyKey: 'k', bodySha256: 'b' })).toEqual({ result: 'key_reused' });
    expect(duty.pages).toHaveLength(1);
  });

  test('without a key is the same body within ten minutes, and a new request after them', async () => {
    const duty = await Duty.begin(NCP);
    await duty.request(PRESERVATION, { bodySha256: 'a' });
    expect(await duty.receive(PRESERVATION, { bodySha256: 'a' })).toMatchObject({ result: 'replayed' });
    duty.clock.set(NIGHT + 11 * MINUTE);
    expect(await duty.receive(PRESERVATION, { bodySha256: 'a' })).toMatchObject({ result: 'received' });
  });

  test('of another source is a request of its own', async () => {
    const duty = await Duty.begin(NCP);
    await duty.request(PRESERVATION, { bodySha256: 'a' });
    expect(await duty.receive(PRESERVATION, { bodySha256: 'a' }, { source: 'fiu' })).toMatchObject({
      result: 'received',
    });
  });
});

describe('the same own reference of the same source', () => {
  const first = { ...PRESERVATION, ownReference: 'NOR 2026/311' };
  const later = { ...PRESERVATION, ownReference: ' NOR 2026/311\n', text: 'more of it' };

  test('is appended to the open request and makes no second page', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    expect(await duty.receive(later)).toMatchObject({ result: 'appended', request: { id: request.id } });
    expect((await duty.state(request.id)).messages).toHaveLength(2);
    expect(duty.rung()).toEqual(['dan pager']);
  });

  test('is the same however short it is', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request({ ...first, ownReference: '1' });
    expect(await duty.receive({ ...later, ownReference: '1' })).toMatchObject({
      result: 'appended',
      request: { id: request.id },
    });
  });

  test('is another one by a single stroke: each of them pages, and they are only linked', async () => {
    const duty = await Duty.begin(NCP);
    const references = ['2026/1-15', '2026/11-5', '20261-15', '2026/1-15a', '2026/1-15A'];
    const received = [];
    for (const ownReference of references) received.push(await duty.request({ ...EMERGENCY, ownReference }));
    expect(new Set(received.map(({ id }) => id)).size).toBe(5);
    expect(duty.pages.map(({ shortId }) => shortId)).toEqual(received.map(({ shortId }) => shortId));
    expect(received[2]?.links).toHaveLength(2);
  });

  test('of nothing but white space is none', async () => {
    const duty = await Duty.begin(NCP);
    await duty.request({ ...first, ownReference: ' ' });
    expect(await duty.receive({ ...later, ownReference: ' ' })).toMatchObject({ result: 'received' });
  });

  test('reminds whoever has the request of every later message, once until they do something', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    await duty.act(request.id, 'acknowledge', 'dan');
    const { length: before } = duty.pages;
    for (const text of ['second victim', 'new place', 'third victim']) await duty.receive({ ...later, text });
    expect(duty.pages.slice(before)).toEqual([expect.objectContaining({ officer: 'dan', reason: 'reminder' })]);
    expect(await duty.state(request.id)).toMatchObject({ status: 'acknowledged', owner: 'dan', news: true });

    await duty.act(request.id, 'ask', 'dan', { text: 'Which place?' });
    expect('news' in (await duty.state(request.id))).toBe(false);
    await duty.receive({ ...later, text: 'the place' });
    expect(duty.pages.slice(before + 1)).toEqual([expect.objectContaining({ officer: 'dan', reason: 'reminder' })]);
  });

  test('goes up again when whoever has it does not look at the later message', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.receive(later);
    await duty.pass(60);
    expect((await duty.types(`request/${request.id}`)).filter((type) => type === 'progress.lapsed')).toHaveLength(1);
  });

  test('in a routine request wakes nobody at night', async () => {
    const duty = await Duty.begin(NCP);
    const routine = { kind: 'other', ownReference: 'Q 1', subject: 'A question of law' };
    const request = await duty.request(routine);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.receive({ ...routine, text: 'More of the question' });
    expect(duty.rung()).toEqual([]);
    expect((await duty.state(request.id)).news).toBe(true);
    await duty.pass(5 * 60);
    expect(duty.pages.at(-1)).toMatchObject({ officer: 'dan', reason: 'reminder', at: NIGHT + 5 * HOUR });
  });

  test('raises the request when it is more urgent now, and that rings at once', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    await duty.receive({ ...later, grounds: ['life'] });
    expect(await duty.state(request.id)).toMatchObject({ urgency: 'emergency', escalation: { policy: 'emergency' } });
    expect(duty.rung().slice(1)).toEqual(['dan pager']);
  });

  test('reminds whoever has the request when it is more urgent now', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.receive({ ...later, grounds: ['life'] });
    expect(duty.pages.at(-1)).toMatchObject({ officer: 'dan', reason: 'reminder', urgency: 'emergency' });
  });

  test('is read together with what was said before', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request({ ...first, items: { necessity: 'logs rotate' }, sender: { country: 'NO' } });
    await duty.receive({ ownReference: first.ownReference, items: { custodian: 'not known' }, text: 'an addition' });
    const { missing } = await duty.state(request.id);
    expect(missing).toContain('mla_intended');
    for (const said of ['necessity', 'custodian', 'contact_country']) expect(missing).not.toContain(said);
  });

  test('opens a request again that has an outcome', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    await duty.act(request.id, 'no_further_action', 'dan');
    await duty.receive(later);
    expect((await duty.state(request.id)).status).toBe('open');
  });

  test('gives the new question clocks of its own; what was told stays told', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.act(request.id, 'tell', 'dan', { duty: 'receipt', channel: 'mail', told_at: '2026-06-02T03:00' });
    await duty.act(request.id, 'answer', 'dan', { channel: 'mail', sent_at: '2026-06-02T03:00' });
    duty.clock.set(NIGHT + HOUR);
    await duty.receive(later);
    const { clocks } = await duty.state(request.id);
    expect(clocks['answer']).toMatchObject({ startAt: NIGHT + HOUR, dueAt: NIGHT + 9 * HOUR });
    expect(clocks['answer']?.stopped).toBeUndefined();
    expect(clocks['receipt']?.stopped).toMatchObject({ reason: 'told' });
  });

  test('opens a request again as urgent as the later message is', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    await duty.act(request.id, 'no_further_action', 'dan');
    duty.clock.set(NIGHT + HOUR);
    await duty.receive({ ...later, grounds: ['life'] });
    const state = await duty.state(request.id);
    expect(state).toMatchObject({ status: 'open', urgency: 'emergency', escalation: { policy: 'emergency' } });
    expect(state.clocks['answer']).toMatchObject({ dueAt: NIGHT + 2 * HOUR });
  });

  test('is a new request, linked, after the first was closed', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    await duty.act(request.id, 'no_further_action', 'dan');
    await duty.act(request.id, 'close', 'dan');
    const next = await duty.request(later);
    expect(next.id).not.toBe(request.id);
    expect(next.links).toEqual([{ request: request.id, reason: 'same_own_reference' }]);
  });

  test('proves nothing in a mail: it pages', async () => {
    const duty = await Duty.begin(NCP);
    await duty.request({ ...first, grounds: ['data_loss'] }, {}, MAIL);
    const second = await duty.receive({ ...later, grounds: ['data_loss'] }, {}, MAIL);
    expect(second.result).toBe('received');
  });
});

describe('what a sender may not', () => {
  test('a sender that is too fast is refused after triage, an emergency never', async () => {
    const duty = await Duty.begin(NCP);
    expect(await duty.receive(PRESERVATION, { overRate: true })).toEqual({ result: 'over_rate' });
    expect(await duty.receive(EMERGENCY, { overRate: true })).toMatchObject({ result: 'received' });
  });

  test('an automatic answer is kept as what it is and wakes nobody, unless it speaks of a danger to life', async () => {
    const duty = await Duty.begin(NCP);
    const out = await duty.request({ subject: 'Out of office' }, { nature: 'auto_reply' }, MAIL);
    expect(out).toMatchObject({ status: 'closed' });
    expect(duty.rung()).toEqual([]);
    const life = await duty.request({ subject: 'He will kill the hostage' }, { nature: 'auto_reply' }, MAIL);
    expect(life).toMatchObject({ status: 'open', urgency: 'emergency' });
  });

  test('what a mail turned out to be stands in the journal and on the request; a request is nothing else', async () => {
    const duty = await Duty.begin(NCP);
    const subject = '24/7 Network: ping test, please reply';
    const ping = await duty.request({ subject }, { nature: 'ping' }, MAIL);
    expect(ping).toMatchObject({ nature: 'ping', urgency: 'urgent', row: '6', reason: 'ping_not_proven' });
    const [received] = await duty.desk.store.entries(`request/${ping.id}`, 1, 1);
    expect(JSON.parse(received?.body ?? '').data.nature).toBe('ping');
    const bounce = await duty.request({ subject: 'Undelivered mail' }, { nature: 'bounce' }, MAIL);
    expect(bounce).toMatchObject({ nature: 'bounce', status: 'closed' });
    expect('nature' in (await duty.request(PRESERVATION))).toBe(false);
  });

  test('an unverified sender is paged for, and its execution is held', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request({ ...PRESERVATION }, { kindChosenBy: 'nobody' }, MAIL);
    expect(duty.rung()).toEqual(['dan pager']);
    await duty.act(request.id, 'acknowledge', 'dan');
    expect(await duty.act(request.id, 'start', 'dan')).toMatchObject({ refusal: { code: 'verify_sender_first' } });
    expect(
      await duty.act(request.id, 'verify_sender', 'dan', { how: 'called back the number of the directory' }),
    ).toMatchObject({ ok: true });
    expect(await duty.act(request.id, 'start', 'dan')).toMatchObject({ ok: true });
  });
});

describe('the journal of a request', () => {
  test('begins with what was received and by whom, and its numbers have no gap', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    const entries = await duty.desk.store.entries(`request/${request.id}`, 1, 100);
    expect(entries.map(({ n }) => n)).toEqual(entries.map((_, index) => index + 1));
    expect(JSON.parse(entries[0]?.body ?? '')).toMatchObject({
      type: 'request.received/1',
      at: rfc3339(NIGHT),
      actor: { kind: 'source', source: 'ncb' },
      data: { reference: request.reference, urgency: 'emergency' },
    });
  });
});
