import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, instant, MINUTE, rfc3339 } from '../../rota/instant.ts';
import { type ClockSettings, clockData, holdClocks, progressClock, startClocks } from '../../src/request/clocks.ts';
import { KINDS } from '../../src/request/kinds.ts';
import { URGENCIES } from '../../src/request/urgency.ts';
import { standardKind } from './build.ts';

const preservation = standardKind('preservation');
const OSLO: ClockSettings = { zone: 'Europe/Oslo', clocks: {} };
const RECEIVED = instant('2026-11-10T20:14:07Z');

function due(name: string, urgency: (typeof URGENCIES)[number] = 'urgent', settings = OSLO, kind = preservation) {
  const clock = startClocks(kind, urgency, settings, RECEIVED).find((one) => one.name === name);
  return clock === undefined ? undefined : clock.dueAt - RECEIVED;
}

describe('the clocks that start with the receipt', () => {
  test('of a preservation are receipt, answer and preservation done', () => {
    expect(startClocks(preservation, 'urgent', OSLO, RECEIVED)).toEqual([
      { name: 'receipt', startAt: RECEIVED, dueAt: RECEIVED + 30 * MINUTE, warnAt: RECEIVED + 15 * MINUTE },
      { name: 'answer', startAt: RECEIVED, dueAt: RECEIVED + 8 * HOUR, warnAt: RECEIVED + 6 * HOUR },
      { name: 'preservation_done', startAt: RECEIVED, dueAt: RECEIVED + 24 * HOUR, warnAt: RECEIVED + 20 * HOUR },
    ]);
  });

  test('run faster in an emergency, and the answer to an emergency disclosure is due in an hour', () => {
    expect(due('receipt', 'emergency')).toBe(15 * MINUTE);
    expect(due('answer', 'emergency')).toBe(HOUR);
    expect(due('answer', 'urgent', OSLO, standardKind('emergency_disclosure'))).toBe(HOUR);
    expect(due('answer', 'routine')).toBe(8 * HOUR);
  });

  test('follow the settings of the desk, which leave an emergency alone unless they name it', () => {
    const settings = { ...OSLO, clocks: { answer: { length: 6 * HOUR, warnBefore: HOUR } } };
    expect(due('answer', 'urgent', settings)).toBe(6 * HOUR);
    expect(due('answer', 'emergency', settings)).toBe(HOUR);
    const faster = { ...OSLO, clocks: { answer: { byUrgency: { emergency: 20 * MINUTE } } } };
    expect(due('answer', 'emergency', faster)).toBe(20 * MINUTE);
    const [, answer] = startClocks(preservation, 'urgent', settings, RECEIVED);
    expect(answer?.warnAt).toBe(RECEIVED + 5 * HOUR);
  });

  test('run through both nights of a change of the clocks for as many hours as on any other', () => {
    for (const night of ['2026-03-28T22:00:00Z', '2026-10-24T22:00:00Z']) {
      const at = instant(night);
      const answer = startClocks(preservation, 'urgent', OSLO, at).find(({ name }) => name === 'answer');
      expect(answer?.dueAt).toBe(at + 8 * HOUR);
    }
  });
});

describe('the hold', () => {
  const holdUntil = (at: string, settings = OSLO, asked?: number) => {
    const [hold] = holdClocks(preservation, settings, instant(at), asked);
    return hold === undefined ? undefined : rfc3339(hold.dueAt);
  };

  test('counts 60 days from the effective preservation to the end of the day, in UTC or here, whichever is later', () => {
    expect(holdUntil('2026-11-10T14:00:00Z')).toBe('2027-01-10T00:00:00.000Z');
    expect(holdUntil('2026-11-10T14:00:00Z', { ...OSLO, zone: 'America/New_York' })).toBe('2027-01-10T05:00:00.000Z');
  });

  test('goes by the later date where it is already tomorrow here', () => {
    expect(holdUntil('2026-11-10T23:30:00Z')).toBe('2027-01-10T23:00:00.000Z');
  });

  test('is not shortened by the change of the clocks', () => {
    expect(holdUntil('2026-02-15T22:30:00Z')).toBe('2026-04-17T00:00:00.000Z');
    expect(holdUntil('2026-09-30T22:30:00Z')).toBe('2026-11-30T23:00:00.000Z');
  });

  test('is as long as was asked or set, and never below the 60 days of the law', () => {
    expect(holdUntil('2026-11-10T14:00:00Z', OSLO, 90 * DAY)).toBe('2027-02-09T00:00:00.000Z');
    const ninety = { ...OSLO, clocks: { hold: { length: 90 * DAY } } };
    expect(holdUntil('2026-11-10T14:00:00Z', ninety)).toBe('2027-02-09T00:00:00.000Z');
    expect(holdUntil('2026-11-10T14:00:00Z', ninety, 10 * DAY)).toBe('2027-01-10T00:00:00.000Z');
  });

  test('warns seven days ahead', () => {
    const [hold] = holdClocks(preservation, OSLO, instant('2026-11-10T14:00:00Z'));
    expect(rfc3339(hold?.warnAt ?? 0)).toBe('2027-01-03T00:00:00.000Z');
  });

  test('is nothing that other kinds have', () => {
    expect(holdClocks(standardKind('other'), OSLO, RECEIVED)).toEqual([]);
  });

  test('is never shorter than 60 times 24 hours, in any zone, at any time', () => {
    const zones = ['UTC', 'Europe/Oslo', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Africa/Casablanca', 'Asia/Beirut'];
    const at = fc.integer({ min: instant('2020-01-01T00:00:00Z'), max: instant('2035-01-01T00:00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), at, fc.integer({ min: 1, max: 365 }), (zone, at, days) => {
        const [hold] = holdClocks(preservation, { zone, clocks: {} }, at, days * DAY);
        const length = (hold?.dueAt ?? 0) - at;
        expect(length).toBeGreaterThanOrEqual(Math.max(60, days) * DAY);
        expect(length).toBeLessThanOrEqual((Math.max(60, days) + 3) * DAY);
      }),
    );
  });
});

describe('a promised progress', () => {
  test('is due when it was promised and warns two hours ahead', () => {
    expect(progressClock(OSLO, RECEIVED, RECEIVED + DAY)).toEqual({
      name: 'progress_promised',
      startAt: RECEIVED,
      dueAt: RECEIVED + DAY,
      warnAt: RECEIVED + 22 * HOUR,
    });
  });

  test('of a time that has passed is due at once', () => {
    expect(progressClock(OSLO, RECEIVED, RECEIVED - DAY)).toMatchObject({ dueAt: RECEIVED, warnAt: RECEIVED });
  });
});

test('a clock is told to the journal in UTC', () => {
  const [clock] = startClocks(preservation, 'urgent', OSLO, RECEIVED);
  expect(clock && clockData(clock)).toEqual({
    name: 'receipt',
    startAt: '2026-11-10T20:14:07.000Z',
    dueAt: '2026-11-10T20:44:07.000Z',
    warnAt: '2026-11-10T20:29:07.000Z',
  });
});

test('every clock warns when at least half of its time has gone, and before it is due', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KINDS),
      fc.constantFrom(...URGENCIES),
      fc.integer({ min: 0, max: 100 * DAY }),
      fc.integer({ min: 1, max: 100 * DAY }),
      (kind, urgency, warnBefore, length) => {
        const clocks = Object.fromEntries(kind.clocks.map(({ name }) => [name, { warnBefore, length }]));
        const settings = { zone: 'Europe/Oslo', clocks };
        const started = [...startClocks(kind, urgency, settings, RECEIVED), ...holdClocks(kind, settings, RECEIVED)];
        for (const { startAt, warnAt, dueAt } of started) {
          expect(warnAt).toBeLessThanOrEqual(dueAt);
          expect(warnAt - startAt).toBeGreaterThanOrEqual((dueAt - startAt) / 2);
          expect(rfc3339(Math.floor(warnAt))).toBeTypeOf('string');
        }
      },
    ),
  );
});
