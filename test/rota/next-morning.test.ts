import { describe, expect, test } from 'vitest';
import { instant } from '../../rota/instant.ts';
import { nextMorning } from '../../rota/next-morning.ts';

const OFFICE = {
  zone: 'Europe/Bucharest',
  windows: [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '08:00', to: '16:00' }],
} as const;
const ALWAYS = { zone: 'Europe/Bucharest', windows: [] } as const;

describe('the next morning', () => {
  test.each([
    ['at night it is the same day', OFFICE, '2026-06-02T00:00:00Z', '2026-06-02T05:00:00Z'],
    ['in duty hours it is the day after', OFFICE, '2026-06-02T08:00:00Z', '2026-06-03T05:00:00Z'],
    ['on a Friday evening it is Monday', OFFICE, '2026-06-05T18:00:00Z', '2026-06-08T05:00:00Z'],
    ['round the clock it is 08:00, before it the same day', ALWAYS, '2026-06-02T00:00:00Z', '2026-06-02T05:00:00Z'],
    ['round the clock it is 08:00, after it the day after', ALWAYS, '2026-06-02T06:00:00Z', '2026-06-03T05:00:00Z'],
    ['over a night in which the clock goes back', OFFICE, '2026-10-23T18:00:00Z', '2026-10-26T06:00:00Z'],
  ])('%s', (_case, hours, at, expected) => {
    expect(nextMorning(hours, instant(at))).toBe(instant(expected));
  });
});
