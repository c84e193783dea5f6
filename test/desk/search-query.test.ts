import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../rota/instant.ts';
import { readQuery } from '../../src/desk/search-query.ts';

const context = { officer: 'ana', zone: 'Europe/Bucharest' };
const read = (text: string) => readQuery(text, context);
const conditions = (text: string) => read(text).conditions;

describe('a question to the search', () => {
  it('is words, each of which counts, and a name should they be one', () => {
    const { terms, name, words } = read('  our REF-123 ');
    expect(terms).toEqual([
      { word: 'our', prefix: true },
      { word: 'ref.123', prefix: true },
    ]);
    expect([name, words]).toEqual(['=ourref123', 'our REF-123']);
  });

  it.each([
    ['is:open', { statuses: ['open'] }],
    ['is:open IS:Closed', { statuses: ['open', 'closed'] }],
    ['est:fermée', { statuses: ['closed'] }],
    ['is:mine', { statuses: ['open', 'acknowledged', 'concluded'], owner: 'ana' }],
    ['is:unowned', { statuses: ['open'] }],
    ['is:waiting', { statuses: ['acknowledged'], waiting: true }],
    ['urgency:emergency urgence:urgente', { urgencies: ['emergency', 'urgent'] }],
    ['kind:preserv', { kinds: ['preservation'] }],
    ['type:emergency-disclosure', { kinds: ['emergency_disclosure'] }],
  ])('knows the condition %j', (text, expected) => {
    expect(read(text)).toMatchObject({ conditions: expected, terms: [], misread: [] });
  });

  it('reads dates in the zone of the desk, the day, month or year that ends it included', () => {
    expect(conditions('since:2026-11-01').since).toBe(instant('2026-10-31T22:00:00Z'));
    expect(conditions('until:2026-10-25').before).toBe(instant('2026-10-25T22:00:00Z'));
    expect(conditions('depuis:2026-12 jusqu’à:2026-12')).toEqual({
      since: instant('2026-11-30T22:00:00Z'),
      before: instant('2026-12-31T22:00:00Z'),
    });
    expect(conditions('until:2026').before).toBe(instant('2026-12-31T22:00:00Z'));
  });

  it('asks for a country as such, not as the beginning of words', () => {
    expect(read('country:RO account').terms).toEqual([
      { word: 'country=ro', prefix: false },
      { word: 'account', prefix: true },
    ]);
  });

  it.each([
    ['is:gone', 'is', 'gone'],
    ['urgency:high', 'urgency', 'high'],
    ['since:yesterday', 'since', 'yesterday'],
    ['until:2026-13-01', 'until', '2026-13-01'],
    ['kind:nothing', 'kind', 'nothing'],
    ['country:Romania', 'country', 'Romania'],
  ])('says what it does not understand in %j, and goes on with the rest', (text, key, value) => {
    const { misread, terms } = read(`smith ${text}`);
    expect(misread).toMatchObject([{ key, value }]);
    expect(misread[0]?.takes.length).toBeGreaterThan(0);
    expect(terms).toEqual([{ word: 'smith', prefix: true }]);
  });

  it('takes what is no condition for words: an address, a page, a time', () => {
    for (const text of [
      '2001:db8::7',
      'https://example.org',
      '14:05',
      'note:x',
      'constructor:x',
      'is:',
      '__proto__:x',
    ]) {
      expect(read(text)).toMatchObject({ conditions: {}, misread: [] });
    }
    expect(read('https://example.org').terms).toEqual([{ word: 'https.example.org', prefix: true }]);
  });

  it('never throws, and never asks for a sign of a query language', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        'is:',
        'since:',
        'until:0000-00',
        'kind:',
        ' ',
        '"',
        "'",
        ' OR ',
        ' NEAR(',
        '*',
        ')',
        '\\',
        ':*',
        '\0',
        '9999',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { terms, conditions: asked } = read(pieces.join(''));
        for (const { word } of terms) expect(word).toMatch(/^[\p{L}\p{N}.=]+$/u);
        for (const at of [asked.since ?? 0, asked.before ?? 0]) expect(Number.isSafeInteger(at)).toBe(true);
      }),
    );
  });
});
