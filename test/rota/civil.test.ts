import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  civilAt,
  civilToInstant,
  dateOfEpochDay,
  epochDay,
  isZone,
  readCivilDate,
  readCivilTime,
  weekdayOf,
} from '../../rota/civil.ts';
import { DAY, HOUR, type Instant, MINUTE, rfc3339 } from '../../rota/instant.ts';

/** `2026-03-29T03:30` in a zone, as RFC 3339. */
function resolved(text: string, zone: string): string {
  const [date = '', time = ''] = text.split('T');
  return rfc3339(civilToInstant({ ...readCivilDate(date), ...readCivilTime(time) }, zone)).replace(':00.000Z', 'Z');
}

type Trap = readonly [trap: string, zone: string, civil: string, instant: string];

const MISSING: readonly Trap[] = [
  ['the spring hour', 'Europe/Bucharest', '2026-03-29T03:00', '2026-03-29T01:00Z'],
  ['the spring half past', 'Europe/Bucharest', '2026-03-29T03:30', '2026-03-29T01:30Z'],
  ['the spring hour in Lisbon', 'Europe/Lisbon', '2026-03-29T01:30', '2026-03-29T01:30Z'],
  ['the spring hour in New York', 'America/New_York', '2026-03-08T02:30', '2026-03-08T07:30Z'],
  ['the half hour of Lord Howe', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45Z'],
  ['the midnight of Santiago', 'America/Santiago', '2026-09-06T00:00', '2026-09-06T04:00Z'],
  ['the midnight of Havana', 'America/Havana', '2026-03-08T00:00', '2026-03-08T05:00Z'],
  ['the midnight of São Paulo, the last time', 'America/Sao_Paulo', '2018-11-04T00:00', '2018-11-04T03:00Z'],
  ['the day that Samoa left out', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T22:00Z'],
  ['the midnight of the day that Samoa left out', 'Pacific/Apia', '2011-12-30T00:00', '2011-12-30T10:00Z'],
  ['the last hour of a Saturday in Nuuk', 'America/Nuuk', '2026-03-28T23:30', '2026-03-29T01:30Z'],
];

const TWICE: readonly Trap[] = [
  ['the autumn hour', 'Europe/Bucharest', '2026-10-25T03:00', '2026-10-25T00:00Z'],
  ['the autumn half past', 'Europe/Bucharest', '2026-10-25T03:30', '2026-10-25T00:30Z'],
  ['the autumn hour in Lisbon', 'Europe/Lisbon', '2026-10-25T01:30', '2026-10-25T00:30Z'],
  ['the autumn hour in New York', 'America/New_York', '2026-11-01T01:30', '2026-11-01T05:30Z'],
  ['the half hour of Lord Howe', 'Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45Z'],
  ['the hour before midnight in Santiago', 'America/Santiago', '2026-04-04T23:30', '2026-04-05T02:30Z'],
  ['the hour after midnight in Havana', 'America/Havana', '2026-11-01T00:30', '2026-11-01T04:30Z'],
  ['the hour before midnight in São Paulo', 'America/Sao_Paulo', '2019-02-16T23:30', '2019-02-17T01:30Z'],
  ['the midnight of Newfoundland', 'America/St_Johns', '2010-11-07T00:00', '2010-11-07T02:30Z'],
  ['an hour of a zone that has moved since', 'America/Scoresbysund', '2005-10-29T23:30', '2005-10-29T23:30Z'],
];

const PLAIN: readonly Trap[] = [
  ['the minute before the clock goes forward', 'Europe/Bucharest', '2026-03-29T02:59', '2026-03-29T00:59Z'],
  ['the minute after the spring gap', 'Europe/Bucharest', '2026-03-29T04:00', '2026-03-29T01:00Z'],
  ['the minute after the autumn hour', 'Europe/Bucharest', '2026-10-25T04:00', '2026-10-25T02:00Z'],
  ['the last minute before Samoa changed sides', 'Pacific/Apia', '2011-12-29T23:59', '2011-12-30T09:59Z'],
  ['the first minute after Samoa changed sides', 'Pacific/Apia', '2011-12-31T00:00', '2011-12-30T10:00Z'],
  ['a summer before the country had summer time', 'America/Sao_Paulo', '1930-07-01T12:00', '1930-07-01T15:00Z'],
  ['a summer after the country gave it up', 'America/Sao_Paulo', '2026-01-15T12:00', '2026-01-15T15:00Z'],
  ['a summer half a century ahead', 'Europe/Bucharest', '2076-07-01T12:00', '2076-07-01T09:00Z'],
  ['the leap day', 'UTC', '2028-02-29T23:59', '2028-02-29T23:59Z'],
  ['a time that repeats elsewhere', 'UTC', '2026-10-25T01:30', '2026-10-25T01:30Z'],
];

const ZONES = [
  'Europe/Bucharest',
  'Europe/Lisbon',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/Havana',
  'America/St_Johns',
  'America/Nuuk',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'UTC',
];

/** Minutes from 2009 to 2030, half of them within a day and a half of a clock change of one of the zones. */
const minutes = fc.oneof(
  fc.integer({ min: Date.UTC(2009, 0, 1) / MINUTE, max: Date.UTC(2030, 0, 1) / MINUTE }),
  fc
    .tuple(fc.constantFrom(...MISSING, ...TWICE), fc.integer({ min: -36 * 60, max: 36 * 60 }))
    .map(([[, , , near], minute]) => Date.parse(near) / MINUTE + minute),
);

describe.each([
  ['winter', '2026-01-15T12:00:00Z'],
  ['summer', '2026-07-15T12:00:00Z'],
])('while the machine has %s', (_season, today) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(new Date(today));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each(MISSING)('a time that does not exist moves forward by the gap: %s (%s %s)', (_trap, zone, civil, at) => {
    expect(resolved(civil, zone)).toBe(at);
  });

  test.each(TWICE)('a time that exists twice means the first: %s (%s %s)', (_trap, zone, civil, at) => {
    expect(resolved(civil, zone)).toBe(at);
  });

  test.each(PLAIN)('a time that exists once is itself: %s (%s %s)', (_trap, zone, civil, at) => {
    expect(resolved(civil, zone)).toBe(at);
  });

  test('a civil time is the first instant at which the wall clock shows it, or else the moment the gap later', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), minutes, (zone, minute) => {
        const local = minute * MINUTE;
        const asUtc = civilAt(local, 'UTC');
        const at = civilToInstant(asUtc, zone);
        // Offsets of these years are whole quarters of an hour: look at every instant that could be meant.
        const shown = quarters(local - 16 * HOUR, local + 16 * HOUR).find((t) => wallClock(t, zone) === local);
        if (shown === undefined) expect(wallClock(at, zone)).toBe(local + gapAfter(at, zone));
        else expect(rfc3339(at)).toBe(rfc3339(shown));
      }),
      { numRuns: 150 },
    );
  });
});

test('the wall clock of an instant names date, time and weekday', () => {
  const at = Date.parse('2026-03-29T00:59:59Z');
  expect(civilAt(at, 'Europe/Bucharest')).toEqual({
    year: 2026,
    month: 3,
    day: 29,
    hour: 2,
    minute: 59,
    weekday: 'SU',
  });
  expect(civilAt(at + 1000, 'Europe/Bucharest')).toMatchObject({ hour: 4, minute: 0 });
  expect(civilAt(at, 'America/New_York')).toMatchObject({ day: 28, hour: 20, minute: 59, weekday: 'SA' });
});

test('the wall clock shows the autumn hour twice', () => {
  const first = Date.parse('2026-10-25T00:30:00Z');
  expect(civilAt(first, 'Europe/Bucharest')).toEqual(civilAt(first + HOUR, 'Europe/Bucharest'));
});

test('the wall clock of Samoa never shows 30 December 2011', () => {
  const midnight = Date.parse('2011-12-30T10:00:00Z');
  expect(civilAt(midnight - 1, 'Pacific/Apia')).toMatchObject({ day: 29, weekday: 'TH', hour: 23, minute: 59 });
  expect(civilAt(midnight, 'Pacific/Apia')).toMatchObject({ day: 31, weekday: 'SA', hour: 0, minute: 0 });
});

test('the wall clock works before 1970 and before the year 100', () => {
  expect(civilAt(-1, 'UTC')).toEqual({ year: 1969, month: 12, day: 31, hour: 23, minute: 59, weekday: 'WE' });
  const roman = { year: 44, month: 3, day: 15, hour: 12, minute: 0 };
  expect(civilAt(civilToInstant(roman, 'UTC'), 'UTC')).toMatchObject(roman);
});

test('dates count in days both ways', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
      expect(epochDay(dateOfEpochDay(day))).toBe(day);
      expect(weekdayOf(day + 7)).toBe(weekdayOf(day));
    }),
  );
  expect(weekdayOf(epochDay({ year: 2026, month: 3, day: 29 }))).toBe('SU');
});

test('a zone is an IANA name', () => {
  for (const name of ['UTC', 'Europe/Bucharest', 'America/Argentina/Buenos_Aires']) expect(isZone(name)).toBe(true);
  for (const name of ['', 'Europe/Atlantis', '+02:00', 'local', 'CEST summer']) expect(isZone(name)).toBe(false);
});

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '29.03.2026', '', '2026-03-29T00:00'])('%j is no date', (text) => {
  expect(() => readCivilDate(text)).toThrow(`expected a date as YYYY-MM-DD, got ${JSON.stringify(text)}`);
});

test.each(['24:00', '8:00', '12:60', '08.00', '', '08:00:00'])('%j is no time', (text) => {
  expect(() => readCivilTime(text)).toThrow(`expected a time as HH:MM`);
});

test('what is on no calendar, no clock or no map is refused by name', () => {
  const noon = { year: 2026, month: 6, day: 1, hour: 12, minute: 0 };
  expect(() => civilToInstant({ ...noon, month: 2, day: 31 }, 'UTC')).toThrow('year 2026 month 2 day 31');
  expect(() => civilToInstant({ ...noon, hour: 24 }, 'UTC')).toThrow('hour 24 minute 0');
  expect(() => civilToInstant(noon, 'Europe/Atlantis')).toThrow('got "Europe/Atlantis"');
  expect(() => civilAt(0, '+02:00')).toThrow('got "+02:00"');
  expect(() => civilAt(Number.NaN, 'UTC')).toThrow('expected an instant');
});

function quarters(from: Instant, to: Instant): readonly Instant[] {
  return Array.from({ length: (to - from) / (15 * MINUTE) + 1 }, (_, index) => from + index * 15 * MINUTE);
}

/** The wall clock written as if it were UTC. */
function wallClock(at: Instant, zone: string): number {
  const { year, month, day, hour, minute } = civilAt(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** By how much the clock jumped forward in the day before `at`. */
function gapAfter(at: Instant, zone: string): number {
  return wallClock(at, zone) - wallClock(at - DAY, zone) - DAY;
}
