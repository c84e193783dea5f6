import { describe, expect, it } from 'vitest';
import { instant, rfc3339 } from '../../rota/instant.ts';
import { lastTimeOfDay } from '../../src/desk/backup-times.ts';

const last = (now: string, time = '03:30', zone = 'Europe/Bucharest') =>
  rfc3339(lastTimeOfDay(time, zone, instant(now)));

describe('the last time that it was some time of day', () => {
  it('is today once it has struck, and yesterday before', () => {
    expect(last('2026-11-24T01:29:59Z')).toBe('2026-11-23T01:30:00.000Z');
    expect(last('2026-11-24T01:30:00Z')).toBe('2026-11-24T01:30:00.000Z');
    expect(last('2026-11-24T23:00:00Z', '00:30')).toBe('2026-11-24T22:30:00.000Z');
  });

  it('comes once in the night that has the hour twice, and in the night that has not got it', () => {
    expect(last('2026-10-25T00:31:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(last('2026-10-25T01:45:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(last('2026-03-29T01:00:00Z')).toBe('2026-03-28T01:30:00.000Z');
    expect(last('2026-03-29T02:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
  });
});
