import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonForTerminal, textForTerminal } from '../../src/cli/act-terminal.ts';

describe('what is printed', () => {
  it('has nothing left that a terminal obeys, and all that can be read', () => {
    expect(textForTerminal('a\u001b[2Jb\u001b[31;1mc\u001b]0;title\u0007d\u009b31me\u0000f')).toBe('abcd31mef');
    expect(textForTerminal('exe\u202egpj')).toBe('exegpj');
    expect(textForTerminal('Grüße, «ça va» [1]\ttab')).toBe('Grüße, «ça va» [1] tab');
  });

  it('sets further lines in, so that a sender cannot write a line of ours', () => {
    expect(textForTerminal('one\nDone: Close, K7Q2.')).toBe('one\n    Done: Close, K7Q2.');
    expect(textForTerminal('[1]\n[2]\n')).toBe('[1]\n    [2]');
  });

  it('is safe whatever came in, and its JSON says the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textForTerminal(text)).not.toMatch(/(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
        const json = jsonForTerminal({ text });
        expect(json).not.toMatch(/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});
