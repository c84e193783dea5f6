import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rate } from '../../../src/web/intake/rate.ts';

describe('the rate of a source', () => {
  it('is let through up to each of its limits, in any window', () => {
    const limits = [
      { max: 3, within: 100 },
      { max: 5, within: 1000 },
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 200 }), (gaps) => {
        const rate = new Rate(limits);
        const through: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const within = (length: number) => through.filter((at) => at > now - length).length;
          const isFree = within(100) < 3 && within(1000) < 5;
          expect(rate.wait('a', now) === 0).toBe(isFree);
          expect(rate.take('a', now)).toBe(isFree);
          if (isFree) through.push(now);
        }
      }),
    );
  });

  it('has room again exactly when it says so', () => {
    const rate = new Rate([{ max: 2, within: 100 }]);
    expect([rate.take('a', 0), rate.take('a', 30), rate.take('a', 40)]).toEqual([true, true, false]);
    expect(rate.wait('a', 40)).toBe(60);
    expect(rate.take('a', 99)).toBe(false);
    expect(rate.take('a', 100)).toBe(true);
  });

  it('is counted for each source by itself, and without limits never ends', () => {
    const rate = new Rate([{ max: 1, within: 100 }]);
    expect([rate.take('a', 0), rate.take('b', 0)]).toEqual([true, true]);
    const free = new Rate([]);
    expect(Array.from({ length: 100 }, () => free.take('a', 0))).not.toContain(false);
  });
});
