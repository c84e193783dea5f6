import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultIn } from '../../src/journal/plain.ts';

const nested = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => ({ a: inner }), 'deep');

describe('what may stand in a journal', () => {
  it('is any JSON without fractions, odd characters and keys of digits', () => {
    const key = fc.string({ unit: 'grapheme' }).filter((text) => !/^[0-9]+$/.test(text) && !text.includes('\0'));
    const text = fc.string({ unit: 'grapheme' }).filter((it) => !it.includes('\0'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 8 },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger(),
        text,
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
      ),
    }));
    fc.assert(
      fc.property(value, (it) => {
        expect(faultIn(it)).toBeUndefined();
        expect(JSON.parse(JSON.stringify(it))).toEqual(it);
      }),
    );
  });

  it.each([
    ['a fraction', { a: [1, 0.5] }, 'a[1] is 0.5: expected a whole number'],
    ['a number beyond 2^53', { a: 2 ** 53 }, 'a is 9007199254740992'],
    ['NaN', Number.NaN, 'the value is NaN'],
    ['half a surrogate pair', { a: { b: 'x\ud83d' } }, 'a.b holds half of a surrogate pair'],
    ['U+0000', ['\0'], '[0] holds U+0000'],
    ['an odd key', { a: { '\udc00': 1 } }, 'a holds half of a surrogate pair'],
    ['a key of digits', { a: { 10: 1 } }, 'a has the key "10"'],
    ['undefined', { a: undefined }, 'a is of the type undefined'],
    ['a hole in a list', { a: Array(1) }, 'a[0] is of the type undefined'],
    ['a bigint', 1n, 'the value is of the type bigint'],
    ['a date', { at: new Date(0) }, 'at is not a plain object'],
    ['33 levels', nested(33), 'lies deeper than 32 levels'],
  ])('is not %s, and the fault names the place', (_, value, fault) => {
    expect(faultIn(value)).toContain(fault);
  });

  it('has at most 32 levels', () => {
    expect(faultIn(nested(32))).toBeUndefined();
  });
});
