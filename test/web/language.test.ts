import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageFor } from '../../src/web/language.ts';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['FR', 'fr'],
    ['de', 'en'],
    ['de, fr;q=0.3', 'fr'],
    ['en;q=0.5, fr;q=0.9', 'fr'],
    ['en, fr', 'en'],
    ['fr;q=0, en', 'en'],
    ['fr;q=nonsense', 'en'],
    ['*', 'en'],
  ])('for %j is %s', (header, language) => {
    expect(languageFor(header)).toBe(language);
  });

  it('is one of ours for any header', () => {
    fc.assert(fc.property(fc.string(), (header) => ['en', 'fr'].includes(languageFor(header))));
  });
});
