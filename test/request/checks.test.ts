import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, instant } from '../../rota/instant.ts';
import { checks } from '../../src/request/checks.ts';
import type { Identifier } from '../../src/request/message.ts';
import { message } from './build.ts';

const NOW = instant('2026-11-10T20:14:07Z');

function flagsOf(identifier: Partial<Identifier>, retention?: number): string[] {
  const identifiers = [{ type: 'ip', value: '8.8.8.8', ...identifier } as const];
  return checks(message({ identifiers }), NOW, retention).map(({ code, path }) => `${path} ${code}`);
}

const at = (time: string, more: Partial<Identifier> = {}) => flagsOf({ at: time, ...more });

describe('what is technically wrong', () => {
  test('nothing, in a sound request', () => {
    expect(at('2026-11-09T02:13:44+01:00', { port: 51544, atUtc: '2026-11-09T01:13:44Z' })).toEqual([]);
  });

  test.each([
    ['192.168.1.10', 'private_address', 'warning'],
    ['::ffff:10.0.0.1', 'private_address', 'warning'],
    ['127.0.0.1', 'loopback_address', 'warning'],
    ['169.254.1.1', 'link_local_address', 'warning'],
    ['255.255.255.255', 'reserved_address', 'warning'],
    ['100.64.1.1', 'shared_address', 'hint'],
    ['192.0.2.77', 'documentation_address', 'hint'],
    ['192.0.2.777', 'malformed_address', 'warning'],
  ])('%s is a %s', (value, code, weight) => {
    const identifiers = [{ type: 'ip', value }] as const;
    expect(checks(message({ identifiers }), NOW)).toEqual([{ code, path: 'identifiers.0.value', weight }]);
  });

  test('an account that looks like an address is none', () => {
    expect(flagsOf({ type: 'account', value: '10.0.0.1' })).toEqual([]);
  });

  test.each([0, -1, 65536, 80.5, Number.NaN])('port %s does not exist', (port) => {
    expect(flagsOf({ port })).toEqual(['identifiers.0.port port_out_of_range']);
  });

  test.each([1, 65535])('port %s exists', (port) => {
    expect(flagsOf({ port })).toEqual([]);
  });

  test('a time without an offset states no zone, unless it is given in UTC too', () => {
    expect(at('2026-11-03 14:05')).toEqual(['identifiers.0.at zone_not_stated']);
    expect(at('2026-11-03 14:05', { atUtc: '2026-11-03 13:05' })).toEqual([]);
  });

  test('local time and UTC that are no moment together disagree', () => {
    const disagree = ['identifiers.0.atUtc times_disagree'];
    expect(at('2026-11-09T02:13:44+01:00', { atUtc: '2026-11-09T02:13:44Z' })).toEqual(disagree);
    expect(at('2026-11-09T02:13:44+01:00', { atUtc: '2026-11-09T01:13Z' })).toEqual([]);
    expect(at('2026-11-09 02:13:44', { atUtc: '2026-11-09 00:20:44' })).toEqual(disagree);
    expect(at('2026-11-09 19:00', { atUtc: '2026-11-09 04:00' })).toEqual(disagree);
    expect(at('2026-11-09 05:43', { atUtc: '2026-11-09 00:13' })).toEqual([]);
  });

  test('a time in the future is one only where it is so in every zone', () => {
    expect(at('2026-11-10T20:16:00Z')).toEqual([]);
    expect(at('2026-11-10T20:30:00Z')).toEqual(['identifiers.0.at time_in_future']);
    expect(at('2069-11-10T20:00:00Z')).toEqual(['identifiers.0.at time_in_future']);
    expect(at('2026-11-11 09:00')).toEqual(['identifiers.0.at zone_not_stated']);
    expect(at('2026-11-12 09:00')).toContain('identifiers.0.at time_in_future');
    expect(at('2026-11-11')).toEqual([]);
    expect(at('2026-11-12')).toEqual(['identifiers.0.at time_in_future']);
  });

  test('a time before any log is too old', () => {
    expect(at('1969-11-10T20:00:00Z')).toEqual(['identifiers.0.at time_too_old']);
  });

  test('data older than the provider keeps them are flagged where that is known', () => {
    expect(flagsOf({ at: '2026-05-01T00:00:00Z' }, 183 * DAY)).toEqual(['identifiers.0.at beyond_retention']);
    expect(flagsOf({ at: '2026-06-01T00:00:00Z' }, 183 * DAY)).toEqual([]);
    expect(flagsOf({ at: '2026-05-01T00:00:00Z' })).toEqual([]);
  });

  test('a date that can be read two ways, or not at all, is said', () => {
    expect(at('03/11/2026 14:05')).toEqual(['identifiers.0.at time_ambiguous']);
    expect(at('last Tuesday')).toEqual(['identifiers.0.at time_unreadable']);
    expect(flagsOf({ atUtc: 'noon' })).toEqual(['identifiers.0.atUtc time_unreadable']);
  });

  test('the times and days among the items are looked at too', () => {
    const items = {
      comm_start: '2026-11-10T08:00:00Z',
      comm_end: '2026-11-09T08:00:00Z',
      preservation_days: '30 days',
    };
    expect(checks(message({ items }), NOW).map(({ code, path }) => [path, code])).toEqual([
      ['items.comm_end', 'times_reversed'],
      ['items.preservation_days', 'preservation_too_short'],
    ]);
    const sound = { comm_start: '2026-11-08', comm_end: '2026-11-08T08:00:00Z', preservation_days: '60' };
    expect(checks(message({ items: sound }), NOW)).toEqual([]);
    expect(checks(message({ items: { comm_start: '2026-11-08 10:00' } }), NOW)).toEqual([
      { code: 'zone_not_stated', path: 'items.comm_start', weight: 'warning' },
    ]);
  });

  test.each([
    ['2027-02-01T00:00:00+01:00', []],
    ['2027-02-01', []],
    ['2027-02-01 12:00', ['zone_not_stated']],
    ['01/02/2027', ['time_ambiguous']],
    ['in February', ['time_unreadable']],
  ])('the end of an earlier preservation lies ahead, and is asked about only where it is unclear: %s', (end, codes) => {
    const found = checks(message({ preservedUntil: end }), NOW);
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(found.every(({ path }) => path === 'preservedUntil')).toBe(true);
  });

  test('never throws and never tells content', () => {
    const identifier = fc.record(
      {
        type: fc.constantFrom('ip' as const, 'url' as const),
        value: fc.string(),
        port: fc.double(),
        at: fc.string(),
        atUtc: fc.string(),
      },
      { requiredKeys: ['type', 'value'] },
    );
    const items = fc.dictionary(
      fc.constantFrom('comm_start', 'comm_end', 'preservation_days', '__proto__'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(identifier), items, fc.string(), (identifiers, items, preservedUntil) => {
        for (const { path, code } of checks(message({ identifiers, items, preservedUntil }), NOW)) {
          expect(path).toMatch(/^(identifiers\.\d+\.(value|port|at|atUtc)|items\.[a-z_]+|preservedUntil)$/);
          expect(code).toMatch(/^[a-z_]+$/);
        }
      }),
    );
  });
});
