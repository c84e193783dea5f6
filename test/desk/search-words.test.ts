import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameWord, termsOf, wordsOf } from '../../src/desk/search-words.ts';
import type { SearchTerm } from '../../src/ports/search.ts';

const finds = (text: string, question: string) => {
  const words = wordsOf(text);
  const has = ({ word, prefix }: SearchTerm) => words.some((one) => (prefix ? one.startsWith(word) : one === word));
  const terms = termsOf(question);
  return terms.length > 0 && terms.every(has);
};

it('keeps what is written together whole and from each of its parts on', () => {
  expect(wordsOf('Our REF-123/2026, please')).toEqual(['our', 'ref.123.2026', '123.2026', '2026', 'please']);
  expect(wordsOf('192.0.2.7')).toEqual(['192.0.2.7', '0.2.7', '2.7', '7']);
  expect(wordsOf(' … ')).toEqual([]);
});

it.each([
  ['REF-123/2026', '123'],
  ['REF-123/2026', 'ref-123'],
  ['REF-123/2026', 'REF 123'],
  ['REF-123/2026', 'ref.123/2026'],
  ['REF-123/2026', '2026'],
  ['seen at 192.0.2.7:443', '192.0.2.7'],
  ['2001:db8::7', '2001:DB8::7'],
  ['k.smith@example.org', 'smith'],
  ['k.smith@example.org', 'K.Smith@Example.org'],
  ['k.smith@example.org', 'example.org'],
  ['Müller, Straße', 'muller strasse'],
  ['İstanbul Łódź', 'ISTANBUL lodz'],
  ['l’adresse de l’abonné', "l'adresse abonne"],
  ['東京都の警察', '京都'],
  ['東京都の警察', '警'],
  ['full width ＲＥＦ１２３', 'ref123'],
  ['e\u0301tat civil', 'état'],
])('finds %j by %j', (text, question) => {
  expect(finds(text, question)).toBe(true);
});

it.each([
  ['REF-123/2026', '23'],
  ['REF-123/2026', 'ref-2026'],
  ['192.0.7.2', '192.0.2.7'],
  ['smithson', 'smiths x'],
  ['smithson', 's'],
  ['anything', '…'],
])('does not find %j by %j', (text, question) => {
  expect(finds(text, question)).toBe(false);
});

it('finds a long page by the whole of it and by a piece from its middle', () => {
  const page = `https://example.org/${Array.from({ length: 30 }, (_, i) => `part${i}`).join('/')}?id=42`;
  for (const question of [page, 'part12/part13/part14', 'id=42']) expect(finds(page, question)).toBe(true);
});

it('has a name for what is met as a whole, however it is spaced', () => {
  expect(nameWord(' t 2026-0042')).toBe('=t20260042');
  expect(nameWord(' –! ')).toBeUndefined();
  // A letter of two halves is kept or left out, never cut in two.
  expect(nameWord(`a${'𠀀'.repeat(40)}`)).toBe(`=a${'𠀀'.repeat(31)}`);
});

it('finds every text by itself and by each of its words, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      if (termsOf(text).length > 0 && termsOf(text).length < 12) expect(finds(text, text)).toBe(true);
    }),
  );
});

it('never makes a word that could be a sign of a query language', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      for (const word of [...wordsOf(text), ...termsOf(text).map((term) => term.word)]) {
        expect(word).toMatch(/^[\p{L}\p{N}.]+$/u);
        expect(word.length).toBeLessThanOrEqual(200);
      }
      expect(nameWord(text) ?? '=a').toMatch(/^=[\p{L}\p{N}]+$/u);
    }),
  );
});
