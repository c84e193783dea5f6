import { describe, expect, it } from 'vitest';
import { languageIn } from '../../src/cli/journal-page.ts';

describe('the language of a page that is written on a terminal', () => {
  it.each([
    ['fr', { LANG: 'fr_FR.UTF-8' }],
    ['fr', { LANG: 'en_GB.UTF-8', LC_ALL: 'fr_CH@euro' }],
    ['fr', { LANG: 'en_GB.UTF-8', LC_MESSAGES: 'fr', LC_ALL: '' }],
    ['en', { LANG: 'ro_RO.UTF-8' }],
    ['en', { LANG: 'C.UTF-8' }],
    ['en', {}],
  ])('is %s in %o', (language, env) => {
    expect(languageIn(env)).toBe(language);
  });
});
