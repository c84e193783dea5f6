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
  const later = { ...PRESERVATION, ownReference: 'nor-2026-311', text: 'more of it' };

  test('is appended to the open request and makes no second page', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(first);
    expect(await duty.receive(later)).toMatchObject({ result: 'appended', request: { id: request.id } });
    expect((await duty.state(request.id)).messages).toHaveLength(2);
    expect(duty.rung()).toEqual(['dan pager']);
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
