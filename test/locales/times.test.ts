import { describe, expect, it } from 'vitest';
import { DAY, instant } from '../../rota/instant.ts';
import { timesIn } from '../../src/locales/times.ts';

const NIGHT = instant('2026-11-24T01:12:45Z');

describe('times for people', () => {
  it('are those of the wall clock at the desk, with a date only on another day there', () => {
    const times = timesIn('en', 'Europe/Bucharest');
    expect(times.short(NIGHT, NIGHT)).toBe('03:12');
    // 22:30 UTC the evening before is the same day in Bucharest.
    expect(times.short(instant('2026-11-23T22:30:00Z'), NIGHT)).toBe('00:30');
    expect(times.short(instant('2026-11-23T21:30:00Z'), NIGHT)).toBe('Mon 23 Nov, 23:30');
    expect(times.short(NIGHT + 300 * DAY, NIGHT)).toContain('2027');
    // The end of a preservation: 57 days ahead, and in another year.
    expect(times.short(instant('2027-01-20T00:00:00Z'), NIGHT)).toBe('Wed, 20 Jan 2027, 02:00');
    expect(times.short(instant('2026-12-31T21:59:00Z'), NIGHT)).not.toContain('2026');
    expect(times.short(instant('2026-12-31T22:01:00Z'), NIGHT)).toContain('2027');
  });

  it('go to the second where they are proof', () => {
    const times = timesIn('fr', 'Europe/Bucharest');
    expect(times.precise(NIGHT, NIGHT)).toBe('03:12:45');
    expect(times.exact(NIGHT)).toBe('24 nov. 2026, 03:12:45');
  });

  it('say UTC with the word, and its date where that is another', () => {
    const times = timesIn('en', 'Europe/Bucharest');
    expect(times.utc(NIGHT)).toBe('01:12 UTC');
    expect(times.utc(instant('2026-11-23T22:30:00Z'))).toBe('Mon 23 Nov, 22:30 UTC');
  });

  it('follow the clock through the night in which an hour comes twice', () => {
    const times = timesIn('en', 'Europe/Bucharest');
    expect(times.short(instant('2026-10-25T00:30:00Z'), instant('2026-10-25T00:30:00Z'))).toBe('03:30');
    expect(times.short(instant('2026-10-25T01:30:00Z'), instant('2026-10-25T01:30:00Z'))).toBe('03:30');
  });
});
