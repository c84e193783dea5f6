import { describe, expect, it } from 'vitest';
import { desksOf } from '../../src/desk/from-config.ts';
import { viewerOf } from '../../src/web/viewer.ts';
import { fictionalConfig, TUESDAY } from '../support/desk.ts';
import { fixedSetups } from '../support/setups.ts';

const desks = desksOf(fictionalConfig()).map((desk) => ({ ...desk, languages: ['fr', 'en'] }));
const seen = (accepts: string | undefined, officer = 'dan') =>
  viewerOf(fixedSetups(desks), { officer, csrf: 'c' }, accepts, TUESDAY);

describe('a viewer', () => {
  it('reads the language that the browser asks for', () => {
    expect(seen('en-GB,en;q=0.9')?.language).toBe('en');
  });

  it('reads the first language of the desk where the browser asks for none of ours', () => {
    expect(seen('ro-RO,ro;q=0.9')?.language).toBe('fr');
    expect(seen(undefined)?.language).toBe('fr');
  });

  it('has the desks of the officer, and is nobody without one', () => {
    expect(seen('en')?.desks.map(({ id }) => id)).toEqual(['ncp', 'night']);
    expect(seen('en', 'ana')?.desks.map(({ id }) => id)).toEqual(['ncp']);
    expect(seen('en', 'stranger')).toBeUndefined();
  });
});
