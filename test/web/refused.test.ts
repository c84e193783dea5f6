import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../rota/instant.ts';
import type { Source } from '../../src/web/intake/source.ts';
import { sourceOf } from '../../src/web/intake/source.ts';
import { TOKENS } from '../support/desk.ts';
import { BODY, bearer, type House, openHouse, REQUESTS, send } from './open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Fault = { readonly field: string; readonly wrong: string; readonly expected: string };

async function faultsIn(body: unknown, headers = {}): Promise<readonly Fault[]> {
  const answer = await send(house, body, headers);
  expect(answer.statusCode).toBe(400);
  const { error } = answer.json();
  expect(error.code).toBe('invalid');
  expect(error.id).toMatch(/^[0-9a-f-]{36}$/);
  return error.faults;
}

describe('a body that is wrong', () => {
  it('gets all faults of all fields at once', async () => {
    const faults = await faultsIn({
      kind: 'preservaton',
      urgency: 'very',
      grounds: ['life', 'money'],
      sender: { country: 'Romania', organisation: 7, fax: '1' },
      subject: 'x'.repeat(1001),
      items: { necesity: 'yes', data: ['x'] },
      identifiers: [{ type: 'ip' }, { type: 'ip', value: '192.0.2.1', port: 80.5 }, 'text', null],
      language: 'english',
      own_reference: 'A',
    });
    expect(faults.map(({ field }) => field).sort()).toEqual([
      'grounds.1',
      'identifiers.0.value',
      'identifiers.1.port',
      'identifiers.2',
      'identifiers.3',
      'items.data',
      'items.necesity',
      'kind',
      'language',
      'own_reference',
      'sender.country',
      'sender.fax',
      'sender.organisation',
      'subject',
      'urgency',
    ]);
    const told = (field: string) => faults.find((fault) => fault.field === field);
    expect(told('identifiers.0.value')).toMatchObject({
      wrong: 'it is missing',
      expected: expect.stringContaining('a text'),
    });
    expect(told('subject')?.expected).toBe('at most 1,000 characters');
    expect(told('kind')?.expected).toContain('preservation');
    expect(told('sender.country')?.expected).toContain('two capital letters');
    expect(told('identifiers.1.port')?.expected).toContain('a whole number');
    expect(told('own_reference')?.wrong).toBe('there is no such field');
  });

  it('gets them in French when French is asked for, and never what stood in a field', async () => {
    const [fault] = await faultsIn({ ...BODY, urgency: 'marker-7f31' }, { 'accept-language': 'fr' });
    expect(fault?.wrong).toBe('ce n’est aucune des valeurs');
    expect(JSON.stringify(fault)).not.toContain('marker-7f31');
  });

  it.each([
    ['is not JSON', '{"a":'],
    ['is a text', '"hello"'],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['is empty', ''],
    ['says nothing', '{}'],
    ['says only blanks', '{"text":"  ","items":{"data":""}}'],
    ['is nested without end', `{"items":${'['.repeat(100_000)}`],
    ['is nested deeply', `{"text":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['wants to change prototypes', '{"text":"a","__proto__":{"polluted":true}}'],
    ['wants to change the items', '{"text":"a","items":{"constructor":"b"}}'],
  ])('is refused when it %s', async (_, body) => {
    const faults = await faultsIn(body);
    expect(faults.length).toBeGreaterThan(0);
    for (const { wrong, expected } of faults) expect([wrong, expected]).not.toContain('');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('is refused with a key that cannot be one', async () => {
    const [fault] = await faultsIn(BODY, { 'idempotency-key': 'a b' });
    expect(fault?.field).toBe('Idempotency-Key');
  });
});

describe('who may send', () => {
  it('is decided by the token alone, before the body is read', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${TOKENS.ncb}`, `Bearer ${TOKENS.ncb}x`]) {
      const answer = await send(house, 'not JSON', { authorization });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('Bearer');
      expect(answer.json().error.code).toBe('unauthorized');
    }
  });

  it('compares the hashes of all sources to the end, whether the token is right, wrong or missing', () => {
    let compared = 0;
    const watched: readonly Source[] = house.sources.map((source) => ({
      ...source,
      get tokenSha256() {
        compared += 1;
        return source.tokenSha256;
      },
    }));
    const right = sourceOf(`Bearer ${TOKENS.ncb}`, watched);
    expect([right?.id, compared]).toEqual(['ncb', house.sources.length]);
    expect(sourceOf('Bearer wrong', watched)).toBeUndefined();
    expect(sourceOf(undefined, watched)).toBeUndefined();
    expect(compared).toBe(3 * house.sources.length);
  });

  it('is nobody for a hash that is none', () => {
    const broken = house.sources.map((source) => ({ ...source, tokenSha256: 'abc' }));
    expect(sourceOf(`Bearer ${TOKENS.ncb}`, broken)).toBeUndefined();
  });
});

describe('what is too much', () => {
  it('is more than 1 MiB of JSON', async () => {
    const answer = await send(house, { text: 'x'.repeat(1024 * 1024) });
    expect(answer.statusCode).toBe(413);
    expect(answer.json().error.code).toBe('too_large');
  });

  it('is more than 25 MiB of a mail', async () => {
    const headers = { 'content-type': 'message/rfc822' };
    const answer = await send(house, Buffer.alloc(25 * 1024 * 1024 + 1, 'x'), headers);
    expect(answer.statusCode).toBe(413);
    expect(await house.store.waiting(10)).toEqual([]);
  });

  it('is another media type', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense']) {
      const answer = await send(house, 'x', { 'content-type': type });
      expect([type, answer.statusCode]).toEqual([type, 415]);
    }
    const without = await house.app.inject({ method: 'POST', url: REQUESTS, headers: bearer() });
    expect(without.statusCode).toBe(415);
  });
});

describe('a source that is too fast', () => {
  let limited: House;
  beforeAll(async () => {
    limited = await openHouse({ rate: [{ max: 2, within: MINUTE }] });
  });
  afterAll(() => limited.close());

  it('waits, but never with an emergency', async () => {
    const text = (n: number) => ({ ...BODY, subject: `Request ${n}` });
    expect((await send(limited, text(1))).statusCode).toBe(201);
    limited.clock.set(limited.clock.now() + 10 * SECOND);
    expect((await send(limited, text(2))).statusCode).toBe(201);
    const third = await send(limited, text(3));
    expect(third.statusCode).toBe(429);
    expect(third.headers['retry-after']).toBe('50');
    expect((await send(limited, { ...text(4), grounds: ['life'] })).statusCode).toBe(201);
    expect((await send(limited, text(1))).statusCode).toBe(200);
    expect((await send(limited, text(5), bearer('fiu'))).statusCode).toBe(201);
    limited.clock.set(limited.clock.now() + 51 * SECOND);
    expect((await send(limited, text(6))).statusCode).toBe(201);
  });
});
