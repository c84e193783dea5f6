import { describe, expect, test } from 'vitest';
import { instant } from '../../rota/instant.ts';
import type { Override } from '../../rota/rota.ts';
import { weeklyRota } from '../../rota/weekly.ts';
import { cover, onDuty, replace, weekly } from './rotas.ts';

const asTheRota = (from: string, to: string): Override => ({ kind: 'rota', start: instant(from), end: instant(to) });

describe('an override', () => {
  const spec = weekly('UTC', '2026-01-05', 'MO', '08:00', [['A', 'B'], ['C']]);
  const during = '2026-01-06T12:00:00Z';
  const from = '2026-01-06T00:00:00Z';
  const to = '2026-01-07T00:00:00Z';
  const cases: readonly [name: string, overrides: Override[], officers: string][] = [
    ['a replacement takes the place of the replaced', [replace(from, to, 'A', 'D')], 'D+B'],
    [
      'replacements look at the rota alone, not at each other',
      [replace(from, to, 'A', 'D'), replace(from, to, 'D', 'E')],
      'D+B',
    ],
    ['two who replace each other change places', [replace(from, to, 'A', 'B'), replace(from, to, 'B', 'A')], 'B+A'],
    ['who is replaced by two is replaced by both', [replace(from, to, 'A', 'D'), replace(from, to, 'A', 'E')], 'D+E+B'],
    ['a replacement of someone who is off changes nothing', [replace(from, to, 'C', 'D')], 'A+B'],
    ['a cover sets the rota aside', [cover(from, to, ['D', 'E'])], 'D+E'],
    ['a cover of nobody is a declared gap', [cover(from, to, [])], ''],
    ['a cover wins over a replacement made later', [cover(from, to, ['A']), replace(from, to, 'A', 'D')], 'A'],
    ['of two covers the later made wins', [cover(from, to, ['D']), cover(from, to, ['E'])], 'E'],
    ['what was made before it is taken back by the rota', [cover(from, to, ['D']), asTheRota(from, to)], 'A+B'],
    ['and so are replacements', [replace(from, to, 'A', 'D'), asTheRota(from, to)], 'A+B'],
    [
      'but not what was made after it',
      [cover(from, to, ['D']), asTheRota(from, to), replace(from, to, 'A', 'E')],
      'E+B',
    ],
    ['a person who covers twice is on duty once', [cover(from, to, ['D', 'E', 'D'])], 'D+E'],
    ['one that ends before it begins never is', [cover(to, from, ['D'])], 'A+B'],
  ];
  test.each(cases)('%s', (_name, overrides, officers) => {
    expect(onDuty(weeklyRota(spec, overrides), during)).toBe(officers);
  });

  test('holds from its first instant until just before its last', () => {
    const rota = weeklyRota(spec, [cover(from, to, ['D'])]);
    expect(rota.onDuty(instant(from) - 1)).toEqual(['A', 'B']);
    expect(rota.onDuty(instant(from))).toEqual(['D']);
    expect(rota.onDuty(instant(to) - 1)).toEqual(['D']);
    expect(rota.onDuty(instant(to))).toEqual(['A', 'B']);
    expect(rota.nextChange(instant('2026-01-05T08:00:00Z'))).toBe(instant(from));
    expect(rota.nextChange(instant(from))).toBe(instant(to));
  });

  test('that covers before the start, or a rota of nobody, puts people on duty', () => {
    const early = [cover('2025-12-01T00:00:00Z', '2025-12-02T00:00:00Z', ['D'])];
    expect(onDuty(weeklyRota(spec, early), '2025-12-01T12:00:00Z')).toBe('D');
    expect(onDuty(weeklyRota({ ...spec, participants: [] }, early), '2025-12-01T12:00:00Z')).toBe('D');
  });

  test('does not move the turns after it', () => {
    const rota = weeklyRota(spec, [cover('2026-01-05T08:00:00Z', '2026-01-19T08:00:00Z', ['D'])]);
    expect(onDuty(rota, '2026-01-19T08:00:00Z')).toBe('A+B');
  });
});
