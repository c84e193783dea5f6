import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../rota/instant.ts';
import { BODY, bearer, get, type House, openHouse, send } from './open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** A body that nobody has sent before. */
let counted = 0;
const fresh = (more: object = {}) => ({ ...BODY, subject: `Preservation ${counted++}`, ...more });

describe('a request in JSON', () => {
  it('is answered with its receipt once it is committed', async () => {
    const before = house.nudges();
    const answer = await send(house, fresh());
    expect(answer.statusCode).toBe(201);
    const receipt = answer.json();
    const row = await house.store.byReference(receipt.reference);
    expect(row?.state.verification).toEqual({ how: 'token', by: 'NCB Example' });
    expect(row?.state.kindChosenBy).toBe('source');
    expect(receipt).toMatchObject({
      shortId: row?.shortId,
      urgency: 'urgent',
      provisional: false,
      kind: 'preservation',
      state: 'open',
      appended: false,
      notes: [],
    });
    expect(receipt.reference).toMatch(/^T-2026-\d{4}$/);
    expect(receipt.clocks.map(({ name }: { name: string }) => name).sort()).toEqual([
      'answer',
      'preservation_done',
      'receipt',
    ]);
    expect(receipt.clocks[0].dueAt).toMatch(/^2026-11-2\dT\d\d:\d\d:00\.000Z$/);
    expect(answer.headers.location).toBe(receipt.links.self);
    expect(house.nudges()).toBe(before + 1);
  });

  it('is refused when it is compressed: nobody here unpacks it', async () => {
    expect((await send(house, fresh(), { 'content-encoding': 'gzip' })).statusCode).toBe(415);
  });

  it('of a source that was shut out while its body came is not taken', async () => {
    let asked = 0;
    const once = await openHouse({ sources: (all) => (asked++ === 0 ? all : []) });
    try {
      expect((await send(once, fresh())).statusCode).toBe(401);
      expect(asked).toBe(2);
    } finally {
      await once.close();
    }
  });

  it('tells what is missing by article, in English or in French', async () => {
    const body = fresh({ items: {} });
    const english = (await send(house, body)).json().missing;
    const necessity = english.find(({ item }: { item: string }) => item === 'necessity');
    expect(necessity).toEqual({
      item: 'necessity',
      article: 'Art. 29(2)(e)',
      requirement: 'law',
      sentence: 'Art. 29(2)(e) – necessity: missing',
    });
    const requirements = english.map(({ requirement }: { requirement: string }) => requirement);
    expect(requirements.indexOf('helpful')).toBeGreaterThan(requirements.lastIndexOf('law'));
    const french = (await send(house, body, { 'accept-language': 'de, fr-CA;q=0.8, en;q=0.5' })).json().missing;
    expect(french.find(({ item }: { item: string }) => item === 'necessity').sentence).not.toBe(necessity.sentence);
  });

  it('is an extension that is answered before the earlier preservation ends, where it says when that is', async () => {
    const rowOf = async (preservedUntil: string) => {
      const { reference, flags } = (
        await send(house, fresh({ urgency: undefined, ownReference: preservedUntil, items: {}, preservedUntil }))
      ).json();
      const state = (await house.store.byReference(reference))?.state;
      return [state?.row, state?.notes.includes('answer_before_expiry'), flags];
    };
    expect(await rowOf('2026-11-26')).toEqual(['9', true, []]);
    expect(await rowOf('2027-02-01T12:00:00Z')).toEqual(['8', false, []]);
    const unclear = [expect.objectContaining({ code: 'time_unreadable', field: 'preservedUntil' })];
    expect(await rowOf('soon')).toEqual(['8', false, unclear]);
  });

  it('tells what looks technically wrong, and takes the request all the same', async () => {
    const answer = await send(
      house,
      fresh({ identifiers: [{ type: 'ip', value: '10.0.0.1', at: '2026-11-20 10:00' }] }),
    );
    expect(answer.statusCode).toBe(201);
    expect(answer.json().flags).toEqual(
      expect.arrayContaining([
        { code: 'private_address', field: 'identifiers.0.value' },
        { code: 'zone_not_stated', field: 'identifiers.0.at' },
      ]),
    );
  });

  it('is provisional when nobody chose its kind', async () => {
    const { kind: _, ...body } = fresh();
    const receipt = (await send(house, body)).json();
    expect(receipt).toMatchObject({ kind: 'other', provisional: true });
  });

  it('replaces U+0000, lone surrogates and broken UTF-8, and says so', async () => {
    const nul = await send(house, fresh({ text: 'a\u0000b' }));
    expect(nul.json().notes).toEqual(['replaced_characters']);
    const surrogate = await send(house, `{"text":"a\\ud800b","subject":"${counted++}"}`);
    expect(surrogate.json().notes).toEqual(['replaced_characters']);
    const broken = Buffer.concat([Buffer.from(`{"text":"${counted++} `), Buffer.from([0xe9, 0xff]), Buffer.from('"}')]);
    expect((await send(house, broken)).json().notes).toEqual(['replaced_characters']);
    const row = await house.store.byReference(nul.json().reference);
    expect(row?.state.notes).toContain('replaced_characters');
  });
});

describe('a request that is sent again', () => {
  it('is a replay under the same key', async () => {
    const body = fresh();
    const first = await send(house, body, { 'idempotency-key': 'key-1' });
    house.clock.set(house.clock.now() + 60 * MINUTE);
    const again = await send(house, body, { 'idempotency-key': 'key-1' });
    expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
    expect(again.headers['idempotent-replay']).toBe('true');
    expect(first.headers['idempotent-replay']).toBeUndefined();
    expect(again.json().reference).toBe(first.json().reference);
  });

  it('is refused when the key comes with another body', async () => {
    await send(house, fresh(), { 'idempotency-key': 'key-2' });
    const other = await send(house, fresh(), { 'idempotency-key': 'key-2' });
    expect(other.statusCode).toBe(409);
    expect(other.json().error.code).toBe('key_reused');
    const ofAnother = await send(house, fresh(), { 'idempotency-key': 'key-2', ...bearer('fiu') });
    expect(ofAnother.statusCode).toBe(201);
  });

  it('is a replay without a key for ten minutes only', async () => {
    const body = fresh();
    const first = (await send(house, body)).json();
    house.clock.set(house.clock.now() + 10 * MINUTE);
    const within = await send(house, body);
    expect(within.statusCode).toBe(200);
    expect(within.json().reference).toBe(first.reference);
    house.clock.set(house.clock.now() + 1);
    const later = await send(house, body);
    expect(later.statusCode).toBe(201);
    expect(later.json().reference).not.toBe(first.reference);
  });

  it('is appended under the same own reference, and raised when it is more urgent now', async () => {
    const first = (await send(house, fresh({ ownReference: 'XZ-77/2026' }))).json();
    const more = await send(house, fresh({ ownReference: 'XZ-77/2026 ', grounds: ['life'] }));
    expect(more.statusCode).toBe(200);
    expect(more.json()).toMatchObject({ reference: first.reference, appended: true, urgency: 'emergency' });
    const row = await house.store.byReference(first.reference);
    expect(row?.state.messages).toHaveLength(2);
    const ofAnother = await send(house, fresh({ ownReference: 'XZ-77/2026' }), bearer('fiu'));
    expect(ofAnother.statusCode).toBe(201);
  });
});

describe('its standing', () => {
  it('is told to its own source alone', async () => {
    const { reference, links } = (await send(house, fresh({ ownReference: 'STAND-1' }))).json();
    const answer = await get(house, links.self);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      reference,
      state: 'open',
      urgency: 'urgent',
      duties: { receipt: null, start: null, progress: null },
      outcome: null,
      attachments: [],
    });
    expect((await get(house, links.self, bearer('fiu'))).statusCode).toBe(404);
    expect((await get(house, links.self, bearer('night'))).statusCode).toBe(404);
    expect((await get(house, links.self, {})).statusCode).toBe(401);
    expect((await get(house, '/api/v1/requests/T-2026-9999')).statusCode).toBe(404);
  });
});
