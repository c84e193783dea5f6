import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, type Instant, instant, MINUTE, rfc3339 } from '../../rota/instant.ts';
import { hoursOrClock, readTime } from '../../src/commands/time.ts';
import type { TimeContext } from '../../src/commands/time-context.ts';
import { NOW } from './read.ts';

const AHEAD: TimeContext = { zone: 'Europe/Bucharest', now: NOW, side: 'ahead' };
const BEHIND: TimeContext = { ...AHEAD, side: 'behind' };

function at(text: string, context: Partial<TimeContext> = {}): string {
  const read = readTime(text, { ...AHEAD, ...context });
  if (read === undefined) return 'no time';
  return 'at' in read ? rfc3339(read.at).replace(':00.000Z', 'Z') : read.ambiguous.map(rfc3339).join(' or ');
}

describe('a time that is to come', () => {
  it.each([
    ['18:01', '2026-11-24T16:01Z'],
    ['18:00', '2026-11-25T16:00Z'],
    ['9:00', '2026-11-25T07:00Z'],
    ['9h', '2026-11-25T07:00Z'],
    ['9h30', '2026-11-25T07:30Z'],
    ['9 h 30', '2026-11-25T07:30Z'],
    ['9pm', '2026-11-24T19:00Z'],
    ['12 am', '2026-11-24T22:00Z'],
    ['noon', '2026-11-25T10:00Z'],
    ['minuit', '2026-11-24T22:00Z'],
    ['tomorrow 9:00', '2026-11-25T07:00Z'],
    ['tomorrow at 9:00', '2026-11-25T07:00Z'],
    ['9:00 tomorrow', '2026-11-25T07:00Z'],
    ['demain 9h', '2026-11-25T07:00Z'],
    ['Demain à 9h30', '2026-11-25T07:30Z'],
    ['après-demain 9h30', '2026-11-26T07:30Z'],
    ['the day after tomorrow', '2026-11-25T22:00Z'],
    ['aujourd’hui 23h', '2026-11-24T21:00Z'],
    ['in 2h', '2026-11-24T18:00Z'],
    ['in 90 min', '2026-11-24T17:30Z'],
    ['dans 2 h', '2026-11-24T18:00Z'],
    ['dans 1 h 30 min', '2026-11-24T17:30Z'],
    ['dans 1h30', '2026-11-24T17:30Z'],
    ['in half an hour', '2026-11-24T16:30Z'],
    ['in an hour and 5 minutes', '2026-11-24T17:05Z'],
    ['in 3 days', '2026-11-27T16:00Z'],
    ['mon 9:00', '2026-11-30T07:00Z'],
    ['lundi à 9h', '2026-11-30T07:00Z'],
    ['tue 9:00', '2026-12-01T07:00Z'],
    ['mardi 19h', '2026-11-24T17:00Z'],
    ['25.11. 14:00', '2026-11-25T12:00Z'],
    ['25.11.2026 14:00', '2026-11-25T12:00Z'],
    ['25/11', '2026-11-24T22:00Z'],
    ['25/11/2026 14h', '2026-11-25T12:00Z'],
    ['25 nov 14:00', '2026-11-25T12:00Z'],
    ['le 25 novembre à 14h', '2026-11-25T12:00Z'],
    ['1er déc. 8h', '2026-12-01T06:00Z'],
    ['Wed 25 Nov 2026 09:00', '2026-11-25T07:00Z'],
    ['3 jan 9:00', '2027-01-03T07:00Z'],
    ['2026-11-25 14:00', '2026-11-25T12:00Z'],
    ['2026-11-25T14:00', '2026-11-25T12:00Z'],
    ['2026-11-25T14:00Z', '2026-11-25T14:00Z'],
    ['2026-11-25 14:00 UTC', '2026-11-25T14:00Z'],
    ['2026-11-25 14:00+01:00', '2026-11-25T13:00Z'],
    ['14:00 UTC', '2026-11-25T14:00Z'],
    ['23:00Z', '2026-11-24T23:00Z'],
    ['now', '2026-11-24T16:00Z'],
  ])('%s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });
});

describe('a time of what has happened', () => {
  it.each([
    ['18:00', '2026-11-24T16:00Z'],
    ['18:04', '2026-11-24T16:04Z'],
    ['18:30', '2026-11-23T16:30Z'],
    ['14h05', '2026-11-24T12:05Z'],
    ['mon 9:00', '2026-11-23T07:00Z'],
    ['hier 23h', '2026-11-23T21:00Z'],
    ['20 min ago', '2026-11-24T15:40Z'],
    ['il y a 2 h', '2026-11-24T14:00Z'],
    ['24/12 9:00', '2026-12-24T07:00Z'],
  ])('%s', (text, expected) => {
    expect(at(text, BEHIND)).toBe(expected);
  });
});

describe('what is no time', () => {
  it.each([
    ['25:00'],
    ['9:60'],
    ['24:00'],
    ['13 pm'],
    ['31/04 10:00'],
    ['29 Feb 2027'],
    ['2026-13-01'],
    ['Thu 25 Nov 2026 09:00'],
    ['tomorrow wed'],
    ['9:00 10:00'],
    ['+02:00'],
    ['tomorrow UTC'],
    ['14:05 the second'],
    ['2226-11-25 14:00'],
    ['in 9999 days'],
    ['in'],
    ['soon'],
    ['25/11/26'],
    [''],
  ])('%s', (text) => {
    expect(at(text)).toBe('no time');
  });

  it('is not guessed where it may be two', () => {
    expect(at('03/04 10:00')).toBe('2027-04-03T07:00:00.000Z or 2027-03-04T08:00:00.000Z');
    expect(at('tomorrow midnight')).toBe('2026-11-24T22:00:00.000Z or 2026-11-25T22:00:00.000Z');
    expect(at('04/04 10:00')).toBe('2027-04-04T07:00Z');
    expect(at('11/25 10:00')).toBe('2026-11-25T08:00Z');
    expect(hoursOrClock('2h', AHEAD)?.map(rfc3339)).toEqual(['2026-11-25T00:00:00.000Z', '2026-11-24T18:00:00.000Z']);
    expect(hoursOrClock('2h30', AHEAD)).toBeUndefined();
  });

  it('never means the same day of another year: one that has just passed is that one', () => {
    expect(at('24/11 14:00')).toBe('2026-11-24T12:00Z');
    expect(at('24/11')).toBe('2026-11-23T22:00Z');
  });
});

describe('summer time', () => {
  const spring = instant('2027-03-27T16:00:00Z');
  const autumn = instant('2027-10-30T16:00:00Z');

  it('moves a time that does not exist forward by the gap, and takes the first of two', () => {
    expect(at('tomorrow 3:30', { now: spring })).toBe('2027-03-28T01:30Z');
    expect(at('tomorrow 3:30', { now: autumn })).toBe('2027-10-31T00:30Z');
  });

  it('counts days on the wall clock and hours on the clock', () => {
    expect(at('in 1 day', { now: spring })).toBe('2027-03-28T15:00Z');
    expect(at('in 24 h', { now: spring })).toBe('2027-03-28T16:00Z');
  });
});

describe('whatever the text', () => {
  const zone = fc.constantFrom('UTC', 'Europe/Bucharest', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const now = fc.integer({ min: instant('2020-01-01T00:00:00Z'), max: instant('2035-01-01T00:00:00Z') });
  const two = (n: number) => String(n).padStart(2, '0');

  it('nothing throws, and a time of day alone is within the next day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), zone, now, (h, m, z, n) => {
        const read = readTime(`${h}:${two(m)}`, { zone: z, now: n, side: 'ahead' });
        const found: Instant = read !== undefined && 'at' in read ? read.at : Number.NaN;
        // A day has at most 25 hours, and a minute that is begun has begun.
        expect(found).toBeGreaterThan(n);
        expect(found).toBeLessThanOrEqual(n + DAY + 60 * MINUTE);
      }),
    );
    fc.assert(
      fc.property(fc.string(), zone, now, (text, z, n) => {
        for (const side of ['ahead', 'behind'] as const) readTime(text, { zone: z, now: n, side });
      }),
    );
  });
});
