import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from '../../src/config/nearest.ts';

describe('the distance of two words', () => {
  test.each([
    ['', '', 0],
    ['order', 'order', 0],
    ['ordr', 'order', 1],
    ['orderr', 'order', 1],
    ['ardor', 'order', 2],
    ['odrer', 'order', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('from "%s" to "%s" is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  test('is the same in both directions, and never more than the longer word', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe('the nearest word', () => {
  test('is the one with the fewest wrong letters, whatever its case', () => {
    expect(nearest('Offcers', ['desks', 'officers', 'office'])).toBe('officers');
  });

  test('is none when more than a third would have to change', () => {
    expect(nearest('rota', ['database', 'web'])).toBeUndefined();
    expect(nearest('x', ['ab'])).toBeUndefined();
  });

  test('is the first of two that are equally near', () => {
    expect(nearest('ab', ['aa', 'bb'])).toBe('aa');
  });
});
