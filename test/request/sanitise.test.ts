import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitise } from '../../src/request/sanitise.ts';

describe('sanitise', () => {
  test('replaces U+0000 and lone surrogates and counts them', () => {
    expect(sanitise('a\0b\ud800c\udc00\ud83d')).toEqual({ text: 'a\ufffdb\ufffdc\ufffd\ufffd', replaced: 4 });
  });

  test('leaves everything else as it came, also pairs, marks and controls', () => {
    const text = 'Ça va? 😀\r\n\t\u0007\u202e\u200b\ufffd';
    expect(sanitise(text)).toEqual({ text, replaced: 0 });
  });

  test('leaves text that any store takes, of the same length', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        const clean = sanitise(text);
        expect(clean.text.isWellFormed()).toBe(true);
        expect(clean.text).not.toContain('\0');
        expect(clean.text).toHaveLength(text.length);
        expect(sanitise(clean.text).replaced).toBe(0);
      }),
    );
  });
});
