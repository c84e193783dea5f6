import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { messageSchema } from '../../src/web/intake/message-schema.ts';
import { bearer, type House, openHouse, REQUESTS, send } from './open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
};

const MARK = /mark-\d+-x/;
let planted = 0;

/** A value for the schema with a word of its own in every text that may hold one. */
function plant(schema: Schema, name = ''): unknown {
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.pattern !== undefined) return name === 'country' ? 'XZ' : 'en';
  if (schema.type === 'object') {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, plant(one, key)]));
  }
  if (schema.type === 'array') return [plant(schema.items ?? {})];
  if (schema.type === 'integer') return 443;
  return `mark-${planted++}-x`;
}

const schema = z.toJSONSchema(messageSchema, { io: 'input' }) as Schema;

describe('words of a request', () => {
  it('are in no log line, no metric and no refusal, wherever in it they stand', async () => {
    const body = plant(schema);
    expect(planted).toBeGreaterThan(35);
    const taken = await send(house, body, { 'idempotency-key': 'mark-1000-x', 'user-agent': 'mark-1001-x' });
    expect(taken.statusCode).toBe(201);
    const broken = JSON.stringify(body).replaceAll('"en"', '"mark-1002-x"').replaceAll('443', '"mark-1003-x"');
    const refused = [
      await send(house, broken),
      await send(house, broken.slice(0, -1)),
      await send(house, body, { authorization: 'Bearer mark-1004-x' }),
      await send(house, body, { 'idempotency-key': 'mark-1000-x', 'content-type': 'text/mark-1005-x' }),
      await house.app.inject({ url: '/mark-1006-x?mark-1007-x', headers: bearer() }),
      await house.app.inject({ url: `${REQUESTS}/mark-1008-x`, headers: bearer() }),
      await house.app.inject({ url: '/healthz', headers: { host: 'mark-1009-x' } }),
    ];
    for (const { statusCode, body: text } of refused) {
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(MARK);
    }
    const mail = 'From: mark-1010-x@unit.example\r\nSubject: mark-1011-x\r\n\r\nmark-1012-x';
    expect((await send(house, Buffer.from(mail), { 'content-type': 'message/rfc822' })).statusCode).toBe(201);
    const part = 'Content-Disposition: form-data; name="mark-1013-x"; filename="mark-1014-x"\r\n\r\nmark-1015-x';
    const type = 'multipart/form-data; boundary=mark-1016-x';
    const form = `--mark-1016-x\r\n${part}\r\n--mark-1016-x--\r\n`;
    const incomplete = await send(house, form, { 'content-type': type });
    expect(incomplete.statusCode).toBe(400);
    expect(incomplete.body).not.toMatch(MARK);
    expect(house.lines.length).toBeGreaterThan(refused.length);
    expect(house.lines.join('')).not.toMatch(MARK);
    expect(await house.metrics.text()).not.toMatch(MARK);
  });
});
