import { civilAt, civilToInstant, dateOfEpochDay, epochDay } from '../../rota/civil.ts';
import { DAY, type Duration, HOUR, type Instant, rfc3339 } from '../../rota/instant.ts';
import type { ClockData } from './entries.ts';
import type { ClockRule, Kind } from './kind.ts';
import type { Urgency } from './urgency.ts';

/** A running legal or agreed deadline. It warns ahead once, then rings when it is due; it stops with a reason. */
export type StartedClock = {
  readonly name: string;
  readonly startAt: Instant;
  readonly dueAt: Instant;
  readonly warnAt: Instant;
};

/** What a desk sets: its zone, and by the name of a clock other lengths and warnings than the kind's own. */
export type ClockSettings = {
  /** IANA zone of the desk, for clocks that run to the end of a day. */
  readonly zone: string;
  readonly clocks: Readonly<Record<string, ClockSetting>>;
};

export type ClockSetting = {
  readonly length?: Duration;
  readonly byUrgency?: Readonly<Partial<Record<Urgency, Duration>>>;
  readonly warnBefore?: Duration;
};

/** That of the receipt to the requester. */
export const RECEIPT = 'receipt';
/** The legal time for which data are preserved: it outlives every outcome. */
export const HOLD = 'hold';
const PROGRESS = 'progress_promised';
const PROGRESS_WARNING: Duration = 2 * HOUR;

/**
 * The clocks that begin when the request arrives (in the mailbox, not when it is first read). They run round the clock.
 * A request that is raised later may be given the clocks of its new urgency with the same `receivedAt`.
 */
export function startClocks(
  kind: Kind,
  urgency: Urgency,
  settings: ClockSettings,
  receivedAt: Instant,
): readonly StartedClock[] {
  return kind.clocks
    .filter(({ startsWith }) => startsWith === 'receipt')
    .map((rule) => run(rule, lengthOf(rule, urgency, settings.clocks[rule.name]), settings, receivedAt));
}

/**
 * The clocks that begin when the data are effectively preserved: the hold of 60 days or more, to the end of its last day.
 * `asked` is the length that was requested or ordered; it never shortens the legal minimum. Empty for kinds without one.
 */
export function holdClocks(
  kind: Kind,
  settings: ClockSettings,
  preservedAt: Instant,
  asked?: Duration,
): readonly StartedClock[] {
  return kind.clocks
    .filter(({ startsWith }) => startsWith === 'preservation')
    .map((rule) => run(rule, asked ?? settings.clocks[rule.name]?.length ?? rule.length, settings, preservedAt));
}

/** The clock of the next progress that the requester was promised. One already past is due at once. */
export function progressClock(settings: ClockSettings, now: Instant, promisedAt: Instant): StartedClock {
  const dueAt = Math.max(now, promisedAt);
  const warnBefore = settings.clocks[PROGRESS]?.warnBefore ?? PROGRESS_WARNING;
  return { name: PROGRESS, startAt: now, dueAt, warnAt: warningOf(now, dueAt, warnBefore) };
}

/** A clock as the journal keeps it. */
export function clockData({ name, startAt, dueAt, warnAt }: StartedClock): ClockData {
  return { name, startAt: rfc3339(startAt), dueAt: rfc3339(dueAt), warnAt: rfc3339(warnAt) };
}

/** What the desk sets for this very urgency counts; else what is ruled for it, unless the desk's own length is shorter. */
function lengthOf(rule: ClockRule, urgency: Urgency, setting: ClockSetting | undefined): Duration {
  const own = setting?.byUrgency?.[urgency];
  if (own !== undefined) return own;
  const ruled = rule.byUrgency?.[urgency];
  if (ruled === undefined) return setting?.length ?? rule.length;
  return Math.min(ruled, setting?.length ?? ruled);
}

function run(rule: ClockRule, length: Duration, settings: ClockSettings, startAt: Instant): StartedClock {
  const atLeast = Math.max(length, rule.minimum ?? 0);
  const dueAt = rule.toEndOfDay
    ? Math.max(endOfLastDay(startAt, atLeast, 'UTC'), endOfLastDay(startAt, atLeast, settings.zone))
    : startAt + atLeast;
  const warnBefore = settings.clocks[rule.name]?.warnBefore ?? rule.warnBefore;
  return { name: rule.name, startAt, dueAt, warnAt: warningOf(startAt, dueAt, warnBefore) };
}

/**
 * Where the day ends that is so many days after the day of `startAt` in `zone`. A spring night takes an hour from the
 * local count, never from that in UTC, which is why the later of the two is due.
 */
function endOfLastDay(startAt: Instant, length: Duration, zone: string): Instant {
  const next = dateOfEpochDay(epochDay(civilAt(startAt, zone)) + Math.ceil(length / DAY) + 1);
  return civilToInstant({ ...next, hour: 0, minute: 0 }, zone);
}

/** A warning never comes before half of the time has gone, however long ahead it was wished. */
function warningOf(startAt: Instant, dueAt: Instant, warnBefore: Duration): Instant {
  return dueAt - Math.min(warnBefore, (dueAt - startAt) / 2);
}
