import fc from 'fast-check';
import { expect, test } from 'vitest';
import { civilToInstant, dateOfEpochDay, epochDay, readCivilDate, WEEKDAYS, weekdayOf } from '../../rota/civil.ts';
import { DAY, HOUR, type Instant } from '../../rota/instant.ts';
import type { OfficerId, Override } from '../../rota/rota.ts';
import { type WeeklyRotaSpec, weeklyRota } from '../../rota/weekly.ts';

/** Zones with a change of the clock within the weeks after each date. */
const PLACES = [
  ['Europe/Bucharest', '2026-03-15'],
  ['Europe/Bucharest', '2026-10-12'],
  ['Europe/Lisbon', '2026-10-12'],
  ['America/New_York', '2026-10-19'],
  ['Australia/Lord_Howe', '2026-03-22'],
  ['Pacific/Apia', '2011-12-18'],
  ['America/Santiago', '2026-08-25'],
  ['America/Sao_Paulo', '2019-02-04'],
  ['America/St_Johns', '2010-10-25'],
  ['UTC', '2028-02-20'],
] as const;
const WEEKS = 12;

const officer = fc.constantFrom('A', 'B', 'C');
const team = fc.uniqueArray(officer, { maxLength: 2 });
const quarter = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);

const rotas = fc
  .record({
    place: fc.constantFrom(...PLACES),
    later: fc.integer({ min: 0, max: 10 }),
    weekday: fc.constantFrom(...WEEKDAYS),
    time: quarter,
    participants: fc.array(team, { maxLength: 4 }),
    changes: fc.array(
      fc.record({
        hour: fc.integer({ min: -48, max: 30 * 24 }),
        hours: fc.integer({ min: 0, max: 10 * 24 }),
        what: fc.oneof(
          fc.record({ kind: fc.constant('replace' as const), officer, by: officer }),
          fc.record({ kind: fc.constant('cover' as const), officers: team }),
        ),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ place: [zone, date], later, weekday, time, participants, changes }) => {
    const day = epochDay(readCivilDate(date)) + later;
    const { year, month, day: dayOfMonth } = dateOfEpochDay(day);
    const start = [year, String(month).padStart(2, '0'), String(dayOfMonth).padStart(2, '0')].join('-');
    const spec: WeeklyRotaSpec = { zone, start, handover: { weekday, time }, participants };
    const overrides: Override[] = changes.map(({ hour, hours, what }) => ({
      ...what,
      start: day * DAY + hour * HOUR,
      end: day * DAY + (hour + hours) * HOUR,
    }));
    return { spec, overrides, rota: weeklyRota(spec, overrides), midnight: day * DAY };
  });

const hours = fc.integer({ min: -4 * 24, max: 6 * 7 * 24 });

test('on duty is whoever a count of the weeks one by one finds, changed by the overrides', () => {
  fc.assert(
    fc.property(rotas, hours, ({ spec, overrides, rota, midnight }, hour) => {
      const at = midnight + hour * HOUR;
      expect(rota.onDuty(at)).toEqual(counted(spec, overrides, at));
      for (const edge of edges(spec, overrides)) {
        for (const near of [edge - 1, edge]) expect(rota.onDuty(near)).toEqual(counted(spec, overrides, near));
      }
    }),
    { numRuns: 150 },
  );
});

test('shifts and gaps together fill the span, and at every point agree with who is on duty', () => {
  fc.assert(
    fc.property(
      rotas,
      hours,
      fc.integer({ min: 1, max: 28 * 24 }),
      ({ spec, overrides, rota, midnight }, hour, length) => {
        const span = { start: midnight + hour * HOUR, end: midnight + (hour + length) * HOUR };
        const shifts = rota.shifts(span);
        const gaps = rota.gaps(span).map((gap) => ({ ...gap, officers: [] as OfficerId[] }));
        const all = [...shifts, ...gaps].sort((a, b) => a.start - b.start);

        expect(shifts.every(({ officers }) => officers.length > 0)).toBe(true);
        expect([span.start, ...all.map(({ end }) => end)]).toEqual([...all.map(({ start }) => start), span.end]);
        for (const [index, { officers }] of all.entries()) expect(officers).not.toEqual(all[index + 1]?.officers);
        for (const at of [...edges(spec, overrides), span.start, span.end - 1]) {
          const around = all.find(({ start, end }) => start <= at && at < end);
          if (around) expect(rota.onDuty(at)).toEqual(around.officers);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('the next change is the first instant at which the people differ', () => {
  fc.assert(
    fc.property(rotas, hours, ({ spec, overrides, rota, midnight }, hour) => {
      const after = midnight + hour * HOUR;
      const now = counted(spec, overrides, after);
      const first = edges(spec, overrides).find(
        (at) => at > after && counted(spec, overrides, at).join() !== now.join(),
      );
      expect(rota.nextChange(after)).toBe(first);
    }),
    { numRuns: 300 },
  );
});

/** All instants at which something begins or ends, in order; enough weeks to see every turn after every override. */
function edges(spec: WeeklyRotaSpec, overrides: readonly Override[]): readonly Instant[] {
  const all = [...handovers(spec).slice(0, WEEKS), ...overrides.flatMap(({ start, end }) => [start, end])];
  return all.sort((a, b) => a - b);
}

/** The start of the rota and the handovers after it, counted day by day. */
function handovers({ zone, start, handover }: WeeklyRotaSpec): readonly Instant[] {
  const [hour, minute] = handover.time.split(':').map(Number) as [number, number];
  const first = epochDay(readCivilDate(start));
  const found: Instant[] = [];
  for (let day = first; found.length < WEEKS + 1; day++) {
    const isHandover = weekdayOf(day) === handover.weekday;
    const time = isHandover ? { hour, minute } : { hour: 0, minute: 0 };
    if (isHandover || day === first) found.push(civilToInstant({ ...dateOfEpochDay(day), ...time }, zone));
  }
  return found;
}

function counted(spec: WeeklyRotaSpec, overrides: readonly Override[], at: Instant): readonly OfficerId[] {
  const begun = handovers(spec).filter((handover) => handover <= at).length;
  const base = begun === 0 ? [] : (spec.participants[(begun - 1) % spec.participants.length] ?? []);
  const active = overrides.filter(({ start, end }) => at >= start && at < end);
  let people: readonly OfficerId[] = [];
  for (const id of base) {
    const by = active.flatMap((override) =>
      override.kind === 'replace' && override.officer === id ? [override.by] : [],
    );
    people = [...people, ...(by.length > 0 ? by : [id])];
  }
  for (const override of active) if (override.kind === 'cover') people = override.officers;
  return people.filter((id, index) => people.indexOf(id) === index);
}
