import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE } from '../../../src/web/intake/message-schema.ts';
import { type House, openHouse, send } from '../open-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const right = Buffer.from(JSON.stringify(EXAMPLE));

const cut = fc.tuple(fc.nat(right.length), fc.nat(right.length)).map(([a, b]) => {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  return Buffer.concat([right.subarray(0, from), right.subarray(to)]);
});
const flipped = fc
  .array(fc.tuple(fc.nat(right.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 })
  .map((changes) => {
    const bytes = Buffer.from(right);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes;
  });
const swapped = fc
  .tuple(fc.constantFrom(...Object.keys(EXAMPLE), '__proto__', 'constructor'), fc.jsonValue())
  .map(([key, value]) => Buffer.from(JSON.stringify(Object.fromEntries([...Object.entries(EXAMPLE), [key, value]]))));

describe('a mutated body', () => {
  it('is a request or a clear refusal, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, flipped, swapped), async (bytes) => {
        const answer = await send(house, bytes);
        expect([200, 201, 400]).toContain(answer.statusCode);
        if (answer.statusCode === 400) {
          for (const { wrong, expected } of answer.json().error.faults) expect(wrong && expected).toBeTruthy();
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);

  it('in a form is a request or a clear refusal, never a fault', async () => {
    const head = '--b\r\nContent-Disposition: form-data; name="request"\r\n\r\n';
    const file = '\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n';
    const form = Buffer.concat([Buffer.from(head), right, Buffer.from(file)]);
    const changes = fc.array(fc.tuple(fc.nat(form.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(form.length), async (bytes, end) => {
        const broken = Buffer.from(form);
        for (const [at, byte] of bytes) broken[at] = byte;
        const sent = end % 3 === 0 ? broken.subarray(0, end) : broken;
        const answer = await send(house, sent, { 'content-type': 'multipart/form-data; boundary=b' });
        expect([200, 201, 400]).toContain(answer.statusCode);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
