import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WEEKDAYS } from '../../rota/civil.ts';
import { addDutyTime, type DutyHours, isDutyTime, nextDutyTime } from '../../rota/duty-hours.ts';
import { DAY, HOUR, type Instant, instant, MINUTE, rfc3339 } from '../../rota/instant.ts';

const WORKDAYS = ['MO', 'TU', 'WE', 'TH'] as const;

/** Monday to Thursday 08:30 to 17:00, Friday to 14:30, as an office in Bucharest would. */
const OFFICE: DutyHours = {
  zone: 'Europe/Bucharest',
  windows: [
    { days: WORKDAYS, from: '08:30', to: '17:00' },
    { days: ['FR'], from: '08:30', to: '14:30' },
  ],
};
const ALWAYS: DutyHours = { zone: 'Europe/Bucharest', windows: [] };

function nightly(zone: string): DutyHours {
  return { zone, windows: [{ days: WEEKDAYS, from: '22:00', to: '06:00' }] };
}

function next(hours: DutyHours, at: string): string {
  return short(nextDutyTime(hours, instant(at)));
}

function added(hours: DutyHours, at: string, duration: number): string {
  return short(addDutyTime(hours, instant(at), duration));
}

function short(at: Instant): string {
  return rfc3339(at).replace(':00.000Z', 'Z');
}

/** The whole hours and quarters from `from` to `to` that are duty time, in hours. */
function dutyHoursIn(hours: DutyHours, from: string, to: string): number {
  let quarters = 0;
  for (let at = instant(from); at < instant(to); at += 15 * MINUTE) if (isDutyTime(hours, at)) quarters++;
  return quarters / 4;
}

describe('duty time', () => {
  test('begins with the first instant of a window and ends before its last', () => {
    expect(isDutyTime(OFFICE, instant('2026-06-01T05:30:00Z') - 1)).toBe(false);
    expect(isDutyTime(OFFICE, instant('2026-06-01T05:30:00Z'))).toBe(true);
    expect(isDutyTime(OFFICE, instant('2026-06-01T14:00:00Z') - 1)).toBe(true);
    expect(isDutyTime(OFFICE, instant('2026-06-01T14:00:00Z'))).toBe(false);
  });

  test('is shorter on a Friday and none at the week-end', () => {
    expect(isDutyTime(OFFICE, instant('2026-06-04T13:00:00Z'))).toBe(true);
    expect(isDutyTime(OFFICE, instant('2026-06-05T13:00:00Z'))).toBe(false);
    expect(dutyHoursIn(OFFICE, '2026-06-06T00:00:00Z', '2026-06-08T00:00:00Z')).toBe(0);
    expect(dutyHoursIn(OFFICE, '2026-06-01T00:00:00Z', '2026-06-08T00:00:00Z')).toBe(4 * 8.5 + 6);
  });

  test('runs over midnight into a day that is not listed', () => {
    const monday: DutyHours = { zone: 'UTC', windows: [{ days: ['MO'], from: '20:00', to: '08:00' }] };
    expect(isDutyTime(monday, instant('2017-07-25T07:59:00Z'))).toBe(true);
    expect(isDutyTime(monday, instant('2017-07-25T08:00:00Z'))).toBe(false);
    expect(isDutyTime(monday, instant('2017-07-25T20:00:00Z'))).toBe(false);
  });

  test('lasts a day on the wall clock when a window ends at the time at which it begins', () => {
    const sunday: DutyHours = { zone: 'Europe/Bucharest', windows: [{ days: ['SU'], from: '00:00', to: '00:00' }] };
    expect(dutyHoursIn(sunday, '2026-03-27T00:00:00Z', '2026-04-01T00:00:00Z')).toBe(23);
    expect(dutyHoursIn(sunday, '2026-10-23T00:00:00Z', '2026-10-28T00:00:00Z')).toBe(25);
  });

  test('is always when there is no window, or none that ever opens', () => {
    const never: DutyHours = { zone: 'UTC', windows: [{ days: [], from: '08:00', to: '16:00' }] };
    for (const hours of [ALWAYS, never]) {
      expect(isDutyTime(hours, instant('2026-03-29T01:00:00Z'))).toBe(true);
      expect(next(hours, '2026-03-29T01:00:00Z')).toBe('2026-03-29T01:00Z');
      expect(added(hours, '2026-03-28T20:00:00Z', 8 * HOUR)).toBe('2026-03-29T04:00Z');
    }
  });

  test('has seven hours in the night in which the clock goes forward, nine in the one in which it goes back', () => {
    const spring = ['2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z'] as const;
    const autumn = ['2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z'] as const;
    expect(dutyHoursIn(nightly('Europe/Bucharest'), ...spring)).toBe(7);
    expect(dutyHoursIn(nightly('Europe/Bucharest'), ...autumn)).toBe(9);
    expect(dutyHoursIn(nightly('Australia/Lord_Howe'), '2026-10-03T03:00:00Z', '2026-10-04T03:00:00Z')).toBe(7.5);
  });

  test('goes on when the clock goes back over midnight into the day before', () => {
    const sunday: DutyHours = { zone: 'America/St_Johns', windows: [{ days: ['SU'], from: '00:00', to: '01:00' }] };
    expect(dutyHoursIn(sunday, '2010-11-07T00:00:00Z', '2010-11-07T12:00:00Z')).toBe(2);
  });

  test('of the night before a skipped day goes on into the day after it', () => {
    const apia = nightly('Pacific/Apia');
    expect(isDutyTime(apia, instant('2011-12-30T07:59:00Z'))).toBe(false);
    expect(isDutyTime(apia, instant('2011-12-30T08:30:00Z'))).toBe(true);
    expect(isDutyTime(apia, instant('2011-12-30T12:00:00Z'))).toBe(true);
    expect(isDutyTime(apia, instant('2011-12-30T17:00:00Z'))).toBe(false);
  });
});

describe('the next duty time', () => {
  test.each([
    ['is now inside a window', '2026-06-01T06:00:00Z', '2026-06-01T06:00Z'],
    ['is this morning before the window', '2026-06-01T01:00:00Z', '2026-06-01T05:30Z'],
    ['is tomorrow from the last instant of a window', '2026-06-01T14:00:00Z', '2026-06-02T05:30Z'],
    ['is Monday from Friday afternoon', '2026-06-05T12:00:00Z', '2026-06-08T05:30Z'],
    ['is an hour later after the clock went back', '2026-10-23T12:00:00Z', '2026-10-26T06:30Z'],
    ['is an hour earlier after the clock went forward', '2026-03-27T13:00:00Z', '2026-03-30T05:30Z'],
  ])('%s', (_name, at, expected) => {
    expect(next(OFFICE, at)).toBe(expected);
  });

  test('is a week away for a window that opens once a week and has just closed', () => {
    const monday: DutyHours = { zone: 'UTC', windows: [{ days: ['MO'], from: '08:00', to: '09:00' }] };
    expect(next(monday, '2026-06-01T09:00:00Z')).toBe('2026-06-08T08:00Z');
  });

  test('is a week later still when the clock jumps over the whole window', () => {
    const sunday: DutyHours = { zone: 'Europe/Bucharest', windows: [{ days: ['SU'], from: '03:30', to: '04:00' }] };
    expect(next(sunday, '2026-03-22T02:00:00Z')).toBe('2026-04-05T00:30Z');
  });

  test('comes later on the day when the clock jumps over the opening', () => {
    const sunday: DutyHours = { zone: 'America/Santiago', windows: [{ days: ['SU'], from: '00:00', to: '08:00' }] };
    expect(next(sunday, '2026-09-05T12:00:00Z')).toBe('2026-09-06T04:00Z');
  });

  test('is the first of the autumn hours', () => {
    const sunday: DutyHours = { zone: 'Europe/Lisbon', windows: [{ days: ['SU'], from: '01:30', to: '08:00' }] };
    expect(next(sunday, '2026-10-24T12:00:00Z')).toBe('2026-10-25T00:30Z');
    expect(isDutyTime(sunday, instant('2026-10-25T01:10:00Z'))).toBe(true);
  });

  test('is the earlier of two windows though the later is listed first', () => {
    const split: DutyHours = {
      zone: 'UTC',
      windows: [
        { days: ['TU'], from: '14:00', to: '16:00' },
        { days: ['TU'], from: '08:00', to: '12:00' },
      ],
    };
    expect(next(split, '2026-06-01T20:00:00Z')).toBe('2026-06-02T08:00Z');
    expect(next(split, '2026-06-02T12:00:00Z')).toBe('2026-06-02T14:00Z');
  });
});

describe('adding duty time', () => {
  test.each([
    ['stays within the day', '2026-06-01T06:00:00Z', 2 * HOUR, '2026-06-01T08:00Z'],
    ['starts with the window when it is closed', '2026-06-01T01:00:00Z', 2 * HOUR, '2026-06-01T07:30Z'],
    ['ends with the window, not with the opening of the next', '2026-06-01T06:00:00Z', 8 * HOUR, '2026-06-01T14:00Z'],
    ['goes on the next day', '2026-06-01T10:00:00Z', 8 * HOUR, '2026-06-02T09:30Z'],
    ['goes on after a short Friday and the week-end', '2026-06-05T10:30:00Z', 8 * HOUR, '2026-06-08T12:30Z'],
    ['goes on over the night the clock went back', '2026-10-23T10:30:00Z', 2 * HOUR, '2026-10-26T07:30Z'],
    ['of a whole week comes back to the same hour', '2026-06-01T06:00:00Z', 40 * HOUR, '2026-06-08T06:00Z'],
    ['of nothing is now, even outside', '2026-06-06T10:00:00Z', 0, '2026-06-06T10:00Z'],
  ])('%s', (_name, at, duration, expected) => {
    expect(added(OFFICE, at, duration)).toBe(expected);
  });

  test('counts real time in the night the clock goes forward and in the night it goes back', () => {
    const nights = nightly('Europe/Bucharest');
    expect(added(nights, '2026-03-28T12:00:00Z', 7 * HOUR)).toBe('2026-03-29T03:00Z');
    expect(added(nights, '2026-03-28T12:00:00Z', 8 * HOUR)).toBe('2026-03-29T20:00Z');
    expect(added(nights, '2026-10-24T12:00:00Z', 9 * HOUR)).toBe('2026-10-25T04:00Z');
  });

  test('counts the time in two windows once', () => {
    const overlapping: DutyHours = {
      zone: 'UTC',
      windows: [
        { days: ['MO'], from: '08:00', to: '12:00' },
        { days: ['MO'], from: '10:00', to: '14:00' },
        { days: ['MO'], from: '14:00', to: '15:00' },
      ],
    };
    expect(added(overlapping, '2026-06-01T00:00:00Z', 7 * HOUR)).toBe('2026-06-01T15:00Z');
    expect(added(overlapping, '2026-06-01T00:00:00Z', 8 * HOUR)).toBe('2026-06-08T09:00Z');
  });

  test('refuses a duration that is negative or has no end', () => {
    for (const duration of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => addDutyTime(OFFICE, 0, duration)).toThrow('expected a duration in milliseconds, 0 or more');
    }
  });
});

const anyHours = fc.record({
  zone: fc.constantFrom('Europe/Bucharest', 'Australia/Lord_Howe', 'America/Santiago', 'America/Nuuk', 'UTC'),
  windows: fc.array(fc.record({ days: fc.subarray([...WEEKDAYS]), from: quarters(), to: quarters() }), {
    maxLength: 3,
  }),
});
/** Quarters of an hour through 2026, half of them in the days before a change of the clock of one of the zones. */
const anyTime = fc
  .oneof(
    fc.integer({ min: 0, max: 365 * 96 }),
    fc
      .tuple(
        fc.constantFrom('2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2026-09-06'),
        fc.integer({ min: -8 * 96, max: 96 }),
      )
      .map(([day, quarter]) => (Date.parse(day) - Date.parse('2026-01-01')) / (15 * MINUTE) + quarter),
  )
  .map((quarter) => instant('2026-01-01T00:00:00Z') + quarter * 15 * MINUTE);

function quarters(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 23 })), fc.constantFrom('00', '30'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);
}

test('the next duty time is the first quarter of an hour that is duty time', () => {
  fc.assert(
    fc.property(anyHours, anyTime, (hours, at) => {
      let first = at;
      while (!isDutyTime(hours, first) && first < at + 15 * DAY) first += 15 * MINUTE;
      expect(short(nextDutyTime(hours, at))).toBe(short(first));
    }),
    { numRuns: 500 },
  );
});

test('added duty time is the duty time counted quarter by quarter', () => {
  fc.assert(
    fc.property(anyHours, anyTime, fc.integer({ min: 1, max: 40 }), (hours, at, count) => {
      let left = count;
      let end = at;
      for (; left > 0 && end < at + 60 * DAY; end += 15 * MINUTE) if (isDutyTime(hours, end)) left--;
      fc.pre(left === 0);
      expect(short(addDutyTime(hours, at, count * 15 * MINUTE))).toBe(short(end));
    }),
    { numRuns: 60 },
  );
});

test('adding more duty time, or adding it later, never ends earlier, and never before the duration has passed', () => {
  const duration = fc.integer({ min: 0, max: 40 * HOUR });
  fc.assert(
    fc.property(anyHours, anyTime, duration, duration, (hours, at, one, more) => {
      const end = addDutyTime(hours, at, one);
      expect(end).toBeGreaterThanOrEqual(at + one);
      expect(addDutyTime(hours, at, one + more)).toBeGreaterThanOrEqual(end);
      expect(addDutyTime(hours, at + more, one)).toBeGreaterThanOrEqual(end);
      expect(addDutyTime(hours, end, more)).toBe(more === 0 ? end : addDutyTime(hours, at, one + more));
    }),
    { numRuns: 150 },
  );
});
