import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawShortIds } from '../../src/request/short-id.ts';

const seeded = (seed: number) => {
  let state = seed;
  return (n: number) =>
    Uint8Array.from({ length: n }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return state >> 16;
    });
};

describe('short ids', () => {
  test('have four characters that cannot be mistaken for one another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), (seed) => {
        const drawn = drawShortIds(seeded(seed), 0);
        expect(drawn.length).toBeGreaterThan(1);
        for (const one of drawn) expect(one).toMatch(/^[2-9AC-HJKMNP-RT-Y]{4}$/);
      }),
    );
  });

  test('have five once a quarter of those with four is taken', () => {
    const quarter = 28 ** 4 / 4;
    expect(drawShortIds(seeded(1), quarter - 1).every((one) => one.length === 4)).toBe(true);
    expect(drawShortIds(seeded(1), quarter).every((one) => one.length === 5)).toBe(true);
  });

  test('use each of 28 characters equally often', () => {
    const random = seeded(7);
    const counts = new Map<string, number>();
    for (let i = 0; i < 2000; i++) {
      for (const character of drawShortIds(random, 0).join('')) counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).toBe(28);
    const expected = [...counts.values()].reduce((sum, one) => sum + one, 0) / 28;
    for (const count of counts.values()) expect(Math.abs(count / expected - 1)).toBeLessThan(0.1);
  });

  test('draw bytes again that would favour some characters', () => {
    const blocks = [new Uint8Array(64).fill(255), new Uint8Array(64).fill(252), new Uint8Array(64).fill(251)];
    const drawn = drawShortIds(() => blocks.shift() ?? new Uint8Array(64), 0);
    expect(new Set(drawn)).toEqual(new Set(['YYYY']));
    expect(blocks).toHaveLength(0);
  });
});
