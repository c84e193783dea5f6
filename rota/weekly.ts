import {
  type CivilTime,
  civilAt,
  civilToInstant,
  dateOfEpochDay,
  epochDay,
  readCivilDate,
  readCivilTime,
  WEEKDAYS,
  type Weekday,
  weekdayOf,
} from './civil.ts';
import type { Instant } from './instant.ts';
import { overrideEdges, withOverrides } from './overrides.ts';
import type { OfficerId, Override, Rota } from './rota.ts';
import { rotaOf, sameOfficers } from './shifts.ts';

export type WeeklyRotaSpec = {
  /** IANA zone in which `start` and `handover` are read. */
  readonly zone: string;
  /** `YYYY-MM-DD`. The week (from handover to handover) that contains it belongs to `participants[0]`. */
  readonly start: string;
  readonly handover: { readonly weekday: Weekday /** `HH:MM` */; readonly time: string };
  /** One entry is one week, its officers are on duty together, in paging order. No entry: nobody is ever on duty. */
  readonly participants: readonly (readonly OfficerId[])[];
};

/** Turn 0 is the first. `startOf` never decreases; `at` is -1 before turn 0. */
type Turns = { at(at: Instant): number; startOf(turn: number): Instant };

/**
 * A rota in which duty goes round week by week, with overrides on top (in the order in which they were made).
 *
 * The first turn begins on `start`: at the handover time when `start` is a handover day, else at 00:00. It lasts until
 * the first handover on a later date, so it may be shorter than a week. Before it nobody is on duty, except by a
 * cover. Every handover is resolved from its own civil date, so it stays at its hour on the wall clock for ever.
 *
 * The cost of `onDuty` does not grow with the distance from `start`. Throws when the spec names an unknown zone or
 * weekday, or a date or time that is none.
 */
export function weeklyRota(spec: WeeklyRotaSpec, overrides: readonly Override[]): Rota {
  const turns = weeklyTurns(spec);
  const count = spec.participants.length;
  const edges = overrideEdges(overrides);

  function onDuty(at: Instant): readonly OfficerId[] {
    const turn = count === 0 ? -1 : turns.at(at);
    const base = turn < 0 ? [] : (spec.participants[turn % count] ?? []);
    return withOverrides(base, overrides, at);
  }

  /**
   * Instants after `after` at which the people might change. Between two edges the same overrides work on the same
   * cycle of turns, so whoever has not changed within one cycle does not change there at all.
   */
  function* candidates(after: Instant): Generator<Instant> {
    let from = after;
    for (const until of [...edges.filter((edge) => edge > after), Number.POSITIVE_INFINITY]) {
      const running = count === 0 ? -1 : turns.at(from);
      for (let turn = running + 1; turn <= running + count; turn++) {
        const at = turns.startOf(turn);
        if (at >= until) break;
        yield at;
      }
      if (until < Number.POSITIVE_INFINITY) yield until;
      from = until;
    }
  }

  function nextChange(after: Instant): Instant | undefined {
    const now = onDuty(after);
    for (const at of candidates(after)) if (!sameOfficers(onDuty(at), now)) return at;
    return undefined;
  }

  return rotaOf({ onDuty, nextChange });
}

/** A desk without a rota: nobody is ever on duty, all of time is a gap. */
export function emptyRota(): Rota {
  return rotaOf({ onDuty: () => [], nextChange: () => undefined });
}

function weeklyTurns({ zone, start, handover }: WeeklyRotaSpec): Turns {
  const startDay = epochDay(readCivilDate(start));
  const time = readCivilTime(handover.time);
  const gridDay = lastOn(handover.weekday, startDay);
  const instant = (day: number, { hour, minute }: CivilTime) =>
    civilToInstant({ ...dateOfEpochDay(day), hour, minute }, zone);
  const first = instant(startDay, gridDay === startDay ? time : { hour: 0, minute: 0 });
  const startOf = (turn: number) => (turn === 0 ? first : instant(gridDay + 7 * turn, time));

  return {
    startOf,
    at(at) {
      if (at < first) return -1;
      const turn = Math.floor((epochDay(civilAt(at, zone)) - gridDay) / 7);
      // On the day of a handover it may be yet to come …
      if (at < startOf(turn)) return turn - 1;
      // … and where the clock goes back over midnight it may be done on a day that the calendar shows as yesterday.
      return at >= startOf(turn + 1) ? turn + 1 : turn;
    },
  };
}

/** The last such weekday on or before `day`. */
function lastOn(weekday: Weekday, day: number): number {
  const index = WEEKDAYS.indexOf(weekday);
  if (index < 0) throw new RangeError(`expected one of ${WEEKDAYS.join(', ')}, got ${JSON.stringify(weekday)}`);
  return day - ((WEEKDAYS.indexOf(weekdayOf(day)) - index + 7) % 7);
}
