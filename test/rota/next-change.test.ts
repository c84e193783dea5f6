import { describe, expect, test } from 'vitest';
import { DAY, HOUR, instant } from '../../rota/instant.ts';
import type { Override } from '../../rota/rota.ts';
import { weeklyRota } from '../../rota/weekly.ts';
import { ABC, cover, replace, replaceAt, turns, weekly } from './rotas.ts';

describe('the next change', () => {
  const ever = (participants: string[][], overrides: Override[] = []) =>
    weeklyRota(weekly('Europe/Bucharest', '2026-01-05', 'MO', '08:00', participants), overrides);
  const started = instant('2026-01-05T06:00:00Z');

  test.each([
    ['one officer for ever', [['A']]],
    ['the same officer in all weeks', [['A'], ['A'], ['A']]],
    [
      'the same two officers in all weeks, one of them written twice',
      [
        ['A', 'B'],
        ['A', 'B', 'A'],
      ],
    ],
    ['no officer in any week', [[], []]],
    ['no week', []],
  ])('never comes with %s', (_name, participants) => {
    expect(ever(participants).nextChange(started)).toBeUndefined();
    expect(ever(participants).nextChange(instant('2926-01-05T06:00:00Z'))).toBeUndefined();
  });

  test('leaves out weeks that follow one another with the same officer', () => {
    const rota = ever([['A'], ['A'], ['B']]);
    expect(rota.nextChange(started)).toBe(started + 14 * DAY);
    expect(turns(rota, '2026-01-05T06:00:00Z', '2026-02-02T06:00:00Z')).toEqual([
      'A 2026-01-05T06:00Z 2026-01-19T06:00Z',
      'B 2026-01-19T06:00Z 2026-01-26T06:00Z',
      'A 2026-01-26T06:00Z 2026-02-02T06:00Z',
    ]);
  });

  test('comes when only the paging order turns round', () => {
    expect(
      ever([
        ['A', 'B'],
        ['B', 'A'],
      ]).nextChange(started),
    ).toBe(started + 7 * DAY);
  });

  test('is the start of the first turn however long ago one asks', () => {
    expect(ever([['A']]).nextChange(instant('1900-01-01T00:00:00Z'))).toBe(started);
  });

  test('is found behind years of override that change nothing', () => {
    const rota = ever([['A'], ['B']], [cover('2026-01-05T06:00:00Z', '2126-01-07T06:00:00Z', ['A'])]);
    expect(rota.nextChange(started)).toBe(instant('2126-01-14T06:00:00Z'));
  });

  test('is neither the beginning nor the end of an override that changes nothing', () => {
    const rota = ever([['A']], [replace('2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z', 'Z', 'B')]);
    expect(rota.nextChange(started)).toBeUndefined();
  });

  test('never comes once a cover has no end', () => {
    for (const end of [Number.POSITIVE_INFINITY, 8.64e15]) {
      const rota = ever(ABC, [{ kind: 'cover', start: started + HOUR, end, officers: ['D'] }]);
      expect(rota.nextChange(started)).toBe(started + HOUR);
      expect(rota.nextChange(started + HOUR)).toBeUndefined();
    }
  });

  test('that never comes is known at once, with hundreds of officers and overrides too', () => {
    const officers = Array.from({ length: 300 }, () => ['A']);
    const idle = Array.from({ length: 300 }, (_, n) => replaceAt(started + n * DAY, started + (n + 1) * DAY, 'B', 'C'));
    expect(ever(officers, idle).nextChange(started)).toBeUndefined();
  });
});
