import { describe, expect, test } from 'vitest';
import { instant, type Span } from '../../rota/instant.ts';
import { emptyRota, weeklyRota } from '../../rota/weekly.ts';
import { cover, short, turns, weekly } from './rotas.ts';

describe('shifts and gaps', () => {
  const rota = weeklyRota(weekly('UTC', '2026-01-05', 'MO', '08:00', [['A'], []]), [
    cover('2026-01-07T00:00:00Z', '2026-01-08T00:00:00Z', []),
    cover('2026-01-08T00:00:00Z', '2026-01-08T12:00:00Z', ['A']),
  ]);
  const span: Span = { start: instant('2026-01-01T00:00:00Z'), end: instant('2026-01-20T00:00:00Z') };

  test('are clipped to the span and merged where the same people go on', () => {
    expect(turns(rota, '2026-01-06T00:00:00Z', '2026-01-20T00:00:00Z')).toEqual([
      'A 2026-01-06T00:00Z 2026-01-07T00:00Z',
      'A 2026-01-08T00:00Z 2026-01-12T08:00Z',
      'A 2026-01-19T08:00Z 2026-01-20T00:00Z',
    ]);
  });

  test('are told for the time before the start, a declared gap and a week of nobody', () => {
    expect(rota.gaps(span).map(({ start, end }) => `${short(start)} ${short(end)}`)).toEqual([
      '2026-01-01T00:00Z 2026-01-05T08:00Z',
      '2026-01-07T00:00Z 2026-01-08T00:00Z',
      '2026-01-12T08:00Z 2026-01-19T08:00Z',
    ]);
  });

  test('are none in an empty or reversed span', () => {
    expect(rota.shifts({ start: span.end, end: span.end })).toEqual([]);
    expect(rota.gaps({ start: span.end, end: span.start })).toEqual([]);
  });

  test('are refused for a span without an end', () => {
    expect(() => rota.shifts({ start: 0, end: Number.POSITIVE_INFINITY })).toThrow('expected a span');
  });

  test('of an empty rota are one gap and no shift', () => {
    expect(emptyRota().gaps(span)).toEqual([span]);
    expect(emptyRota().shifts(span)).toEqual([]);
    expect(emptyRota().onDuty(0)).toEqual([]);
    expect(emptyRota().nextChange(0)).toBeUndefined();
  });
});
