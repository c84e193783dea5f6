import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/journal/content.ts';
import { erasedIn, headsIn, referencesIn } from '../../src/journal/marks.ts';

const salt = Uint8Array.from({ length: 32 }, (_, i) => i);

describe('the digest of content', () => {
  it('is SHA-256 of salt and content', () => {
    const bytes = Buffer.from('Zoë');
    const expected = createHash('sha256')
      .update(Buffer.concat([salt, bytes]))
      .digest('hex');
    expect(digestOf(salt, bytes)).toBe(expected);
  });

  it('needs a salt of 32 bytes', () => {
    expect(() => digestOf(salt.subarray(1), salt)).toThrow('expected a salt of 32 bytes, got 31');
  });
});

describe('the marks in a body', () => {
  const ref = { content: 'c-1', sha256: digestOf(salt, salt) };
  const head = { stream: 'rota/main', n: 12, hash: 'b'.repeat(64) };

  it('are found at any depth', () => {
    const body = JSON.stringify({ a: [{ text: ref }, ref], b: { erased: 'c-2' }, heads: [head] });
    expect(referencesIn(body)).toEqual([ref, ref]);
    expect(erasedIn(body)).toEqual(['c-2']);
    expect(headsIn(body)).toEqual([head]);
  });

  it('cannot be made by what people write', () => {
    const body = JSON.stringify({ note: JSON.stringify({ ref, erased: { erased: 'c-2' }, head }) });
    expect([...referencesIn(body), ...erasedIn(body), ...headsIn(body)]).toEqual([]);
  });
});
