import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../../rota/instant.ts';
import { readTime } from '../../src/request/sender-time.ts';

describe('a time as a sender wrote it', () => {
  test.each([
    ['2026-11-09T02:13:44+01:00', '2026-11-09T01:13:44Z'],
    ['2026-11-09T01:13:44Z', '2026-11-09T01:13:44Z'],
    ['2026-11-09 01:13:44 UTC', '2026-11-09T01:13:44Z'],
    ['2026-11-09t01:13:44.123456z', '2026-11-09T01:13:44.123Z'],
    ['09.11.2026 02:13 (UTC+1)', '2026-11-09T01:13:00Z'],
    ['09.11.2026, 02:13:44 +0530', '2026-11-08T20:43:44Z'],
    ['2026-11-08 21:13:44 GMT-4', '2026-11-09T01:13:44Z'],
    ['2026-11-08 21:13:44 \u22124', '2026-11-09T01:13:44Z'],
    ['13/11/2026 07:29:50 UTC', '2026-11-13T07:29:50Z'],
    ['11/13/2026 07:29:50 UTC', '2026-11-13T07:29:50Z'],
    ['11/11/2026 07:29 UTC', '2026-11-11T07:29:00Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
  ])('%s is a moment', (text, expected) => {
    expect(readTime(text)).toEqual({ form: 'instant', at: instant(expected) });
  });

  test.each(['2026-11-03 14:05', '03.11.2026 14:05', ' 2026-11-03T14:05:00 '])('%s states no zone', (text) => {
    expect(readTime(text)).toEqual({ form: 'zone_not_stated', asUtc: instant('2026-11-03T14:05:00Z') });
  });

  test.each(['2026-11-03', '03.11.2026', '3.11.2026'])('%s is a day', (text) => {
    expect(readTime(text)).toEqual({ form: 'date', asUtc: instant('2026-11-03T00:00:00Z') });
  });

  test.each(['03/11/2026', '03-11-2026 14:05 UTC', '12/01/2026 10:00'])('%s can be read two ways', (text) => {
    expect(readTime(text)).toEqual({ form: 'ambiguous' });
  });

  test.each([
    '',
    'yesterday',
    '2026-02-31',
    '31.02.2026',
    '13/13/2026',
    '2026-11-03T25:00:00Z',
    '2026-11-03T10:61:00Z',
    '2026-11-03T10:00:00+15:00',
    '2026-11-03T10:00:00-13:00',
    '2026-11-03T10:00:00+01:75',
    '2026-11-03T10:00:00 CEST',
    '09/11/26',
    '10:00',
    '2026-11-03T10:00:00Z and so on',
  ])('"%s" cannot be read', (text) => {
    expect(readTime(text)).toEqual({ form: 'unreadable' });
  });

  test('never throws', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789-/.:TZ+ ()UTC'), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (text) => {
        expect(readTime(text).form).toBeTypeOf('string');
      }),
    );
  });

  test('reads every RFC 3339 time as the moment it is', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (at) => {
        expect(readTime(at.toISOString())).toEqual({ form: 'instant', at: at.getTime() });
      }),
    );
  });
});
