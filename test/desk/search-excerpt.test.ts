import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptsOf } from '../../src/desk/search-excerpt.ts';
import type { Passage } from '../../src/desk/search-pieces.ts';
import { termsOf } from '../../src/desk/search-words.ts';

const marked = (passages: readonly Passage[], question: string, most = 2) =>
  excerptsOf(passages, termsOf(question), most).map(
    ({ field, parts }) => `${field}: ${parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')}`,
  );
const text = (words: string): Passage => ({ field: 'text', text: words });

describe('an excerpt', () => {
  it('marks the words that begin with what was asked for, as they were written', () => {
    expect(marked([text('The account of K. Smithson, Müllerstraße 7')], 'smith muller')).toEqual([
      'text: The account of K. [Smithson], [Müllerstraße] 7',
    ]);
  });

  it('marks what was written together as far as it was asked for', () => {
    expect(marked([text('See REF-123/2026 of 1 May')], '123')).toEqual(['text: See REF-[123]/2026 of 1 May']);
    expect(marked([text('See REF-123/2026 of 1 May')], 'ref.123')).toEqual(['text: See [REF-123]/2026 of 1 May']);
    expect(marked([text('from 192.0.2.7:443')], '192.0.2.7')).toEqual(['text: from [192.0.2.7]:443']);
    expect(marked([text('東京都の警察')], '京都')).toEqual(['text: 東[京都]の警察']);
  });

  it('shows the surroundings of a hit in a long text, cut between words', () => {
    const long = `${'before '.repeat(50)}needle ${'after '.repeat(50)}`;
    const [excerpt = ''] = marked([text(long)], 'needle');
    expect(excerpt).toMatch(/^text: … (before )+\[needle\]( after)+ …$/);
    expect(excerpt.length).toBeLessThan(190);
  });

  it('prefers places that show another term, and is silent where there is none', () => {
    const passages: readonly Passage[] = [
      { field: 'subject', text: 'Smith' },
      { field: 'text', text: 'Smith again' },
      { field: 'note', text: 'the provider' },
    ];
    expect(marked(passages, 'smith provider')).toEqual(['subject: [Smith]', 'note: the [provider]']);
    expect(marked(passages, 'smith provider', 1)).toEqual(['subject: [Smith]']);
    expect(marked(passages, 'nothing')).toEqual([]);
  });

  it('gives the text back unchanged but for white space, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ maxLength: 5 }), (words, question) => {
        for (const { parts } of excerptsOf([text(words)], termsOf(question), 2)) {
          const whole = parts.map((part) => part.text).join('');
          expect(words.replace(/\s+/gu, ' ')).toContain(whole.replace(/^… | …$/g, ''));
          expect(parts.some(({ hit }) => hit)).toBe(true);
        }
      }),
    );
  });
});
