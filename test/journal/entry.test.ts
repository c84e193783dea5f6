import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chain } from '../../src/journal/chain.ts';
import { type EntryDraft, firstHead, readBody, readEntry, seal } from '../../src/journal/entry.ts';

const place = { installation: 'i-1', epoch: 3, stream: 'request/r-1' };
const at = Date.UTC(2026, 2, 29, 1, 0, 0, 7);
const draft: EntryDraft = { type: 'note.written/1', actor: { kind: 'officer', officer: 'reyes' }, data: { round: 1 } };
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('a sealed entry', () => {
  it('is one line of JSON with its keys in their order, numbered from 1', () => {
    const entry = seal(place, firstHead('i-1', 'request/r-1'), at, draft);
    expect(entry.n).toBe(1);
    expect(entry.stream).toBe('request/r-1');
    expect(entry.body).toBe(
      '{"v":1,"installation":"i-1","epoch":3,"stream":"request/r-1","n":1,"type":"note.written/1",' +
        '"at":"2026-03-29T01:00:00.007Z","actor":{"kind":"officer","officer":"reyes"},"data":{"round":1}}',
    );
  });

  it('hashes the hash before it, a line feed and its body, the first one installation and stream', () => {
    const first = seal(place, firstHead('i-1', 'request/r-1'), at, draft);
    const second = seal(place, first, at, draft);
    expect(first.hash).toBe(sha256(`${sha256('i-1\nrequest/r-1')}\n${first.body}`));
    expect(second.hash).toBe(sha256(`${first.hash}\n${second.body}`));
    expect(second.n).toBe(2);
  });

  it('has the same hash whatever form of a letter is used, for texts are never made equal', () => {
    const [composed, decomposed] = ['é', 'e\u0301'].map((text) => {
      return seal(place, firstHead('i-1', 'request/r-1'), at, { ...draft, data: { text } });
    });
    expect(composed?.hash).not.toBe(decomposed?.hash);
    expect(composed?.body).toContain('é');
  });

  it('reads back as it was written, whatever its data', () => {
    const json = fc.dictionary(
      fc.stringMatching(/^[a-z]+$/).filter((key) => key !== 'erased'),
      fc.oneof(fc.string(), fc.maxSafeInteger(), fc.array(fc.boolean())),
    );
    fc.assert(
      fc.property(json, fc.integer({ min: 0, max: 4e12 }), (data, when) => {
        fc.pre(!JSON.stringify(data).includes('\\u0000'));
        const head = firstHead('i-1', 'request/r-1');
        const sealed = seal(place, head, when, { ...draft, data });
        expect(readEntry(sealed.body)).toEqual({ ...place, ...draft, n: 1, at: when, data });
        expect(new Chain('i-1', 'request/r-1').next(sealed)).toBeUndefined();
      }),
    );
  });

  const refused: readonly [string, () => unknown, string][] = [
    ['half a surrogate pair', () => sealed({ data: { a: '\ud800' } }), 'data.a holds half of a surrogate pair'],
    ['U+0000', () => sealed({ data: { a: '\0' } }), 'data.a holds U+0000'],
    ['an odd character in the actor', () => sealed({ actor: { kind: 'source', source: '\0' } }), 'actor.source holds'],
    ['a type without version', () => sealed({ type: 'note.written' }), 'expected a type with its version'],
    ['a stream with a line end', () => sealed({}, { ...place, stream: 'rota/a\nb' }), 'expected ASCII without spaces'],
    ['an installation with a quote', () => sealed({}, { ...place, installation: '"' }), 'expected letters, digits'],
    ['epoch 0', () => sealed({}, { ...place, epoch: 0 }), 'expected 1 or more'],
    ['a misshapen reference', () => sealed({ data: { a: { content: 'c', sha256: 'x' } } }), 'expected exactly content'],
    ['a reference the wrong way round', () => sealed({ data: misplaced }), 'content, sha256, in this order'],
    ['a misshapen erasure', () => sealed({ data: { erased: 3 } }), 'expected exactly erased'],
    ['a head with more keys', () => sealed({ data: { a: [{ stream: 's', n: 1, hash: 'h' }] } }), 'stream, n, hash'],
  ];
  const misplaced = { sha256: 'a'.repeat(64), content: 'c' };
  const sealed = (part: Partial<EntryDraft>, where = place) => {
    return seal(where, firstHead(where.installation, where.stream), at, { ...draft, ...part });
  };

  it.each(refused)('is refused with %s', (_, make, fault) => {
    expect(make).toThrow(fault);
  });

  it('is refused with a time that has no form in RFC 3339', () => {
    expect(() => seal(place, firstHead('i-1', 'request/r-1'), Number.NaN, draft)).toThrow();
  });
});

describe('a body', () => {
  const { body } = seal(place, firstHead('i-1', 'request/r-1'), at, draft);

  it.each([
    ['no JSON', 'hello'],
    ['no object', '[1]'],
    ['another order of keys', body.replace('"v":1,"installation":"i-1"', '"installation":"i-1","v":1')],
    ['a space in its envelope', body.replace('"n":1', '"n": 1')],
    ['a second stream', body.replace('"type"', '"stream":"x","type"')],
    ['no actor object', body.replace(/"actor":\{[^}]*\}/, '"actor":null')],
  ])('is none with %s', (_, text) => {
    expect(text).not.toBe(body);
    expect(readBody(text)).toBeUndefined();
    expect(() => readEntry(text)).toThrow('tocsin journal verify');
  });

  it('of an actor that this release does not know is read only as far as a verifier needs', () => {
    const other = body.replace('"kind":"officer"', '"kind":"dog"');
    expect(readBody(other)?.n).toBe(1);
    expect(() => readEntry(other)).toThrow('not an entry');
  });
});
