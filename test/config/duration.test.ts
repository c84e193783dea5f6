import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, nearestDuration, parseDuration } from '../../src/config/duration.ts';

describe('a length of time', () => {
  test.each([
    ['0m', 0],
    ['90s', 90_000],
    ['5m', 300_000],
    ['8h', 28_800_000],
    ['60d', 5_184_000_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '5', 'm', '-5m', '1.5h', '5 m', '1h30m', '5M', '5w', '1234567s', 'constructor'])(
    '"%s" is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test('is written in the largest unit that fits, and reads back to the same', () => {
    expect(formatDuration(90_000)).toBe('90s');
    expect(formatDuration(3_600_000)).toBe('1h');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (seconds) => {
        expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });

  test.each([
    ['5 min', '5m'],
    ['24 hours', '24h'],
    ['60 days', '60d'],
    ['90 sec', '90s'],
    ['5M', '5m'],
    ['1h30m', '90m'],
    ['1 hour 30 minutes', '90m'],
  ])('"%s" was meant as %s', (text, meant) => {
    expect(nearestDuration(text)).toBe(meant);
  });

  test.each(['', 'soon', '5', '5 weeks', 'm5', '5m and a bit', '99999999d'])('nobody knows what "%s" means', (text) => {
    expect(nearestDuration(text)).toBeUndefined();
  });
});
