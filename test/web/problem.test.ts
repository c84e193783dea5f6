import { describe, expect, it } from 'vitest';
import { catalogue, LANGUAGES, textsOf } from '../../src/locales/catalogue.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { PROBLEMS, Problem } from '../../src/web/problem.ts';
import { refusalOf } from '../../src/web/refusal.ts';

describe('the words of the interface', () => {
  it.each(LANGUAGES)('are all there (%s)', (language) => {
    const text = catalogue(language);
    for (const code of Object.keys(PROBLEMS)) expect(text(`api.${code}`)).toMatch(/\.$/);
    const ours = [...textsOf('en').keys()].filter((key) => key.startsWith('api.'));
    expect([...textsOf(language).keys()].filter((key) => key.startsWith('api.'))).toEqual(ours);
  });
});

describe('what an error says to whoever asked', () => {
  const codeOf = (error: unknown) => refusalOf(error)?.code;

  it('is its own code when it was meant', () => {
    expect(codeOf(new Problem('closed'))).toBe('closed');
    expect(codeOf(new StoreUnavailable('SQLITE_BUSY', true))).toBe('unavailable');
    expect(codeOf(Object.assign(new Error(), { code: 'FST_ERR_CTP_BODY_TOO_LARGE' }))).toBe('too_large');
    expect(codeOf(Object.assign(new Error(), { code: 'FST_OTHER', statusCode: 400 }))).toBe('invalid');
  });

  it('is nothing when it is a fault of ours, whatever was thrown', () => {
    for (const thrown of [new Error('a'), Object.assign(new Error(), { statusCode: 500 }), 'a', undefined, null, 1]) {
      expect(codeOf(thrown)).toBeUndefined();
    }
  });
});
