import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likenessKeys } from '../../src/request/likeness.ts';
import type { Identifier } from '../../src/request/message.ts';
import { message } from './build.ts';

const ofReference = (ownReference: string) => likenessKeys(message({ ownReference }));
const of = (...identifiers: Identifier[]) => likenessKeys(message({ identifiers })).map(({ value }) => value);
const ip = (value: string, at?: string): Identifier => ({ type: 'ip', value, ...(at === undefined ? {} : { at }) });

describe('the own reference', () => {
  test('is the same without regard to case, spaces, punctuation and forms', () => {
    const spellings = ['NOR-2026-0311', 'nor 2026/0311', 'NOR\u200b-2026–0311', 'ＮＯＲ２０２６．０３１１'];
    for (const spelling of spellings) {
      expect(ofReference(spelling)).toEqual([{ type: 'own_reference', value: 'nor20260311' }]);
    }
    expect(ofReference('NOR-2026-0312')).not.toEqual(ofReference('NOR-2026-0311'));
  });

  test('links nothing when it is empty or so short that strangers share it', () => {
    for (const reference of ['', ' - ', '7', 'A2']) expect(ofReference(reference)).toEqual([]);
    expect(ofReference('LK-5')).toHaveLength(1);
  });
});

describe('an identifier and its time', () => {
  test('are the same however the address and the hour are written', () => {
    const expected = ['ip 192.0.2.77 2026-11-09T01'];
    expect(of(ip('192.0.2.77', '2026-11-09T02:13:44+01:00'))).toEqual(expected);
    expect(of(ip('::ffff:192.0.2.77', '2026-11-09 01:59 UTC'))).toEqual(expected);
    expect(of({ ...ip('192[.]0.2.77:443', '09.11.2026 05:00'), atUtc: '2026-11-09 01:13' })).toEqual(expected);
  });

  test('are others in another hour or with another address', () => {
    const value = of(ip('192.0.2.77', '2026-11-09T01:13:44Z'));
    expect(of(ip('192.0.2.77', '2026-11-09T02:13:44Z'))).not.toEqual(value);
    expect(of(ip('192.0.2.78', '2026-11-09T01:13:44Z'))).not.toEqual(value);
  });

  test('of an unstated zone are like only the same wall clock of an unstated zone', () => {
    const unstated = of(ip('192.0.2.77', '2026-11-09 01:13'));
    expect(unstated).toEqual(of(ip('192.0.2.77', '09.11.2026 01:55')));
    expect(unstated).not.toEqual(of(ip('192.0.2.77', '2026-11-09 01:13 UTC')));
  });

  test('an address without a time links nothing, an account without one does', () => {
    expect(of(ip('192.0.2.77'))).toEqual([]);
    expect(of(ip('192.0.2.77', '03/04/2026 10:00'))).toEqual([]);
    expect(of({ type: 'account', value: 'Greyfox_19 ' })).toEqual(['account greyfox_19 without time']);
  });

  test('have one spelling for each type', () => {
    expect(of({ type: 'email', value: 'Boutique@Mail[.]Example.net' })).toEqual([
      'email boutique@mail.example.net without time',
    ]);
    expect(of({ type: 'phone', value: '+1 (555) 0142' })).toEqual(of({ type: 'phone', value: '001 555 0142' }));
    expect(of({ type: 'url', value: 'hxxps://Example[.]org/a//#top' })).toEqual(
      of({ type: 'url', value: 'http://example.org/a' }),
    );
    expect(of({ type: 'domain', value: 'EXAMPLE.org.' })).toEqual(of({ type: 'domain', value: 'example.org' }));
    expect(of({ type: 'other', value: 'IMEI 12-34' })).toEqual(of({ type: 'other', value: 'imei1234' }));
  });

  test('are named once when a message repeats them, and not at all when nothing is left of them', () => {
    const one = ip('192.0.2.77', '2026-11-09T01:13:44Z');
    expect(of(one, { ...one, at: '2026-11-09T01:41:03Z', port: 40022 })).toHaveLength(1);
    expect(of({ type: 'account', value: ' ' }, { type: 'other', value: '--' })).toEqual([]);
  });
});

test('keys are found for any message without a failure and without a repetition', () => {
  const types = ['ip', 'account', 'email', 'phone', 'url', 'domain', 'other'] as const;
  const identifier = fc.record({ type: fc.constantFrom(...types), value: fc.string(), at: fc.string() });
  fc.assert(
    fc.property(fc.string(), fc.array(identifier), (ownReference, identifiers) => {
      const keys = likenessKeys(message({ ownReference, identifiers })).map(({ type, value }) => `${type}${value}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});
