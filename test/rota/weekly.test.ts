import { describe, expect, test } from 'vitest';
import type { Weekday } from '../../rota/civil.ts';
import { instant } from '../../rota/instant.ts';
import type { Rota } from '../../rota/rota.ts';
import { weeklyRota } from '../../rota/weekly.ts';
import { onDuty, plain, replace, turns, weekly } from './rotas.ts';

describe('cases that two independent oracles agree on', () => {
  const BUCHAREST = plain('Europe/Bucharest', '2026-03-23', 'MO', '08:00');
  const LONG = plain('Europe/Bucharest', '2016-02-29', 'MO', '08:00', [['A'], ['B'], ['C'], ['D']]);
  const APIA = plain('Pacific/Apia', '2011-12-26', 'MO', '08:00');
  const cases: readonly [name: string, rota: Rota, at: string, officers: string][] = [
    ['nobody before the first turn', BUCHAREST, '2026-03-23T05:59:00Z', ''],
    ['the first turn begins', BUCHAREST, '2026-03-23T06:00:00Z', 'A'],
    ['the clock has gone forward, the handover is an hour earlier', BUCHAREST, '2026-03-30T04:59:00Z', 'A'],
    ['08:00 summer time', BUCHAREST, '2026-03-30T05:00:00Z', 'B'],
    ['the clock has gone back, the handover is an hour later', BUCHAREST, '2026-10-26T05:59:00Z', 'A'],
    ['08:00 winter time', BUCHAREST, '2026-10-26T06:00:00Z', 'B'],
    ['before a leap day ten years ago', LONG, '2016-02-29T05:59:00Z', ''],
    ['on a leap day ten years ago', LONG, '2016-02-29T06:00:00Z', 'A'],
    ['ten years after the start', LONG, '2026-03-29T12:00:00Z', 'B'],
    ['ten years and more after the start', LONG, '2026-11-22T12:00:00Z', 'D'],
    ['the end of a week of six days', APIA, '2012-01-01T17:59:00Z', 'A'],
    ['the week after a week of six days', APIA, '2012-01-01T18:00:00Z', 'B'],
  ];
  test.each(cases)('%s', (_name, rota, at, officers) => {
    expect(onDuty(rota, at)).toBe(officers);
  });

  const weeks: readonly [zone: string, start: string, from: string, to: string, expected: string[]][] = [
    [
      'America/New_York',
      '2026-03-02',
      '2026-03-02T13:00:00Z',
      '2026-03-23T12:00:00Z',
      [
        'A 2026-03-02T13:00Z 2026-03-09T12:00Z',
        'B 2026-03-09T12:00Z 2026-03-16T12:00Z',
        'C 2026-03-16T12:00Z 2026-03-23T12:00Z',
      ],
    ],
    [
      'Australia/Lord_Howe',
      '2026-09-28',
      '2026-09-27T21:30:00Z',
      '2026-10-18T21:00:00Z',
      [
        'A 2026-09-27T21:30Z 2026-10-04T21:00Z',
        'B 2026-10-04T21:00Z 2026-10-11T21:00Z',
        'C 2026-10-11T21:00Z 2026-10-18T21:00Z',
      ],
    ],
    [
      'Africa/Casablanca',
      '2026-03-16',
      '2026-03-16T08:00:00Z',
      '2026-04-06T07:00:00Z',
      [
        'A 2026-03-16T08:00Z 2026-03-23T07:00Z',
        'B 2026-03-23T07:00Z 2026-03-30T07:00Z',
        'C 2026-03-30T07:00Z 2026-04-06T07:00Z',
      ],
    ],
    [
      'Europe/Dublin',
      '2026-10-19',
      '2026-10-19T07:00:00Z',
      '2026-11-09T08:00:00Z',
      [
        'A 2026-10-19T07:00Z 2026-10-26T08:00Z',
        'B 2026-10-26T08:00Z 2026-11-02T08:00Z',
        'C 2026-11-02T08:00Z 2026-11-09T08:00Z',
      ],
    ],
  ];
  test.each(weeks)('the handover stays at 08:00 on the wall clock of %s', (zone, start, from, to, expected) => {
    expect(turns(plain(zone, start, 'MO', '08:00'), from, to)).toEqual(expected);
  });

  test('two people swap weeks, the order after is unchanged', () => {
    const rota = weeklyRota(weekly('Europe/Bucharest', '2026-01-05', 'MO', '08:00'), [
      replace('2026-01-05T06:00:00Z', '2026-01-12T06:00:00Z', 'A', 'B'),
      replace('2026-01-12T06:00:00Z', '2026-01-19T06:00:00Z', 'B', 'A'),
    ]);
    expect(turns(rota, '2026-01-05T06:00:00Z', '2026-01-26T06:00:00Z')).toEqual([
      'B 2026-01-05T06:00Z 2026-01-12T06:00Z',
      'A 2026-01-12T06:00Z 2026-01-19T06:00Z',
      'C 2026-01-19T06:00Z 2026-01-26T06:00Z',
    ]);
  });

  test('who replaces a companion and is on duty anyway is on duty once', () => {
    const rota = weeklyRota(weekly('Europe/Bucharest', '2026-01-05', 'MO', '08:00', [['A', 'B'], ['C']]), [
      replace('2026-01-06T06:00:00Z', '2026-01-07T06:00:00Z', 'A', 'B'),
    ]);
    expect(onDuty(rota, '2026-01-06T12:00:00Z')).toBe('B');
  });
});

describe('the first turn', () => {
  test('begins at the handover time when the start is a handover day', () => {
    const rota = plain('Europe/Bucharest', '2026-06-01', 'MO', '09:00');
    expect(rota.nextChange(0)).toBe(instant('2026-06-01T06:00:00Z'));
    expect(rota.nextChange(instant('2026-06-01T06:00:00Z'))).toBe(instant('2026-06-08T06:00:00Z'));
  });

  test('begins at midnight of any other day and ends with the next handover', () => {
    const rota = plain('Europe/Bucharest', '2026-06-03', 'MO', '09:00');
    expect(turns(rota, '2026-05-01T00:00:00Z', '2026-06-09T00:00:00Z')).toEqual([
      'A 2026-06-02T21:00Z 2026-06-08T06:00Z',
      'B 2026-06-08T06:00Z 2026-06-09T00:00Z',
    ]);
  });

  test('stands when it began at a midnight after which the calendar goes back to the day before', () => {
    const rota = plain('America/St_Johns', '2010-11-07', 'SU', '00:00');
    expect(onDuty(rota, '2010-11-07T02:29:00Z')).toBe('');
    expect(onDuty(rota, '2010-11-07T03:01:00Z')).toBe('A');
  });

  test('has no length when the start is a date that was skipped and the next day a handover', () => {
    const rota = plain('Pacific/Apia', '2011-12-30', 'SA', '00:00');
    expect(turns(rota, '2011-12-01T00:00:00Z', '2012-01-08T00:00:00Z')).toEqual([
      'B 2011-12-30T10:00Z 2012-01-06T10:00Z',
      'C 2012-01-06T10:00Z 2012-01-08T00:00Z',
    ]);
  });
});

describe('a handover', () => {
  test('in the missing spring hour is moved forward that day only', () => {
    expect(
      turns(plain('Europe/Bucharest', '2026-03-22', 'SU', '03:30'), '2026-03-22T00:00:00Z', '2026-04-06T00:00:00Z'),
    ).toEqual([
      'A 2026-03-22T01:30Z 2026-03-29T01:30Z',
      'B 2026-03-29T01:30Z 2026-04-05T00:30Z',
      'C 2026-04-05T00:30Z 2026-04-06T00:00Z',
    ]);
  });

  test('in the autumn hour that comes twice happens once, the first time', () => {
    const rota = plain('Europe/Bucharest', '2026-10-18', 'SU', '03:30');
    expect(onDuty(rota, '2026-10-25T00:29:00Z')).toBe('A');
    expect(onDuty(rota, '2026-10-25T00:30:00Z')).toBe('B');
    expect(onDuty(rota, '2026-10-25T01:15:00Z')).toBe('B');
    expect(rota.nextChange(instant('2026-10-25T00:30:00Z'))).toBe(instant('2026-11-01T01:30:00Z'));
  });

  test('in the doubled half hour of Lord Howe happens once', () => {
    const rota = plain('Australia/Lord_Howe', '2026-03-29', 'SU', '01:45');
    expect(onDuty(rota, '2026-04-04T14:44:00Z')).toBe('A');
    expect(onDuty(rota, '2026-04-04T14:45:00Z')).toBe('B');
    expect(onDuty(rota, '2026-04-04T15:10:00Z')).toBe('B');
  });

  test('at a midnight that Santiago does not have comes an hour later', () => {
    const rota = plain('America/Santiago', '2026-08-30', 'SU', '00:00');
    expect(rota.nextChange(instant('2026-09-01T00:00:00Z'))).toBe(instant('2026-09-06T04:00:00Z'));
    expect(rota.nextChange(instant('2026-09-06T04:00:00Z'))).toBe(instant('2026-09-13T03:00:00Z'));
  });

  test('at a midnight that São Paulo did not have came an hour later', () => {
    const rota = plain('America/Sao_Paulo', '2018-10-28', 'SU', '00:00');
    expect(rota.nextChange(instant('2018-11-01T00:00:00Z'))).toBe(instant('2018-11-04T03:00:00Z'));
    expect(rota.nextChange(instant('2018-11-04T03:00:00Z'))).toBe(instant('2018-11-11T02:00:00Z'));
  });

  test('at a midnight of Newfoundland stands though the calendar goes back to Saturday a minute later', () => {
    const rota = plain('America/St_Johns', '2010-10-31', 'SU', '00:00');
    expect(onDuty(rota, '2010-11-07T02:29:00Z')).toBe('A');
    expect(onDuty(rota, '2010-11-07T02:30:00Z')).toBe('B');
    // 23:31 on Saturday, the second time.
    expect(onDuty(rota, '2010-11-07T03:01:00Z')).toBe('B');
    expect(rota.nextChange(instant('2010-11-07T02:30:00Z'))).toBe(instant('2010-11-14T03:30:00Z'));
  });

  test('in the last hour of a Saturday that Nuuk does not have comes on Sunday', () => {
    const rota = plain('America/Nuuk', '2026-03-21', 'SA', '23:30');
    expect(onDuty(rota, '2026-03-29T01:15:00Z')).toBe('A');
    expect(onDuty(rota, '2026-03-29T01:30:00Z')).toBe('B');
  });

  test('on the Friday that Samoa left out comes on Saturday', () => {
    const rota = plain('Pacific/Apia', '2011-12-23', 'FR', '08:00');
    expect(turns(rota, '2011-12-23T00:00:00Z', '2012-01-07T00:00:00Z')).toEqual([
      'A 2011-12-23T18:00Z 2011-12-30T18:00Z',
      'B 2011-12-30T18:00Z 2012-01-05T18:00Z',
      'C 2012-01-05T18:00Z 2012-01-07T00:00Z',
    ]);
  });

  test('does not drift in Lisbon over a hundred years', () => {
    const rota = plain('Europe/Lisbon', '1999-12-27', 'MO', '08:00', [['A'], ['B']]);
    // 2026-07-06 is 1384 weeks on, 2099-12-28 is 5218 weeks on.
    expect(onDuty(rota, '2026-07-06T06:59:00Z')).toBe('B');
    expect(onDuty(rota, '2026-07-06T07:00:00Z')).toBe('A');
    expect(onDuty(rota, '2099-12-28T07:59:00Z')).toBe('B');
    expect(onDuty(rota, '2099-12-28T08:00:00Z')).toBe('A');
  });
});

test('a rota of an unknown zone, date, time or weekday is refused when it is made', () => {
  expect(() => plain('Europe/Atlantis', '2026-01-05', 'MO', '08:00')).toThrow('Europe/Atlantis');
  expect(() => plain('UTC', '2026-02-30', 'MO', '08:00')).toThrow('2026-02-30');
  expect(() => plain('UTC', '2026-01-05', 'MO', '8')).toThrow('HH:MM');
  expect(() => plain('UTC', '2026-01-05', 'Monday' as Weekday, '08:00')).toThrow('Monday');
});
