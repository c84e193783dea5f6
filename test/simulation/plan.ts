import { DAY, type Duration, HOUR, type Instant, MINUTE, SECOND, type Span } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { WantedDuty } from '../../src/desk/change-duty.ts';
import type { Urgency } from '../../src/request/urgency.ts';
import { desksOf, MAIN, NIGHT, officersOf } from './desks.ts';
import type { Blow } from './gate.ts';
import type { Wanted } from './letters.ts';
import type { Random } from './random.ts';

type Change = {
  readonly at: Instant;
  readonly desk: string;
  readonly by: OfficerId;
  readonly wanted: WantedDuty;
};

/** All that will come upon the house in one year, whatever it does. */
export type Plan = {
  readonly year: number;
  readonly span: Span;
  readonly nightHandover: '03:00' | '03:30';
  readonly requests: readonly { readonly at: Instant; readonly wanted: Wanted; readonly isReply: boolean }[];
  /** Moments that matter, a storm being one of them. */
  readonly busy: readonly Instant[];
  /** Of who is on duty, and by whom and when they are entered. */
  readonly changes: readonly Change[];
  readonly blows: readonly { readonly at: Instant; readonly blow: Blow }[];
  /** What the year has of the nights that are hardest. */
  readonly nights: { readonly storms: number; readonly gaps: number; readonly dst: number };
};

const REQUESTS = 245;
const STORMS = 2;
const GAPS = 5;
const REPLACEMENTS = 8;
const ILLNESSES = 8;
const CRASHES = 62;

const URGENCIES: Readonly<Record<Urgency, number>> = { emergency: 18, urgent: 42, routine: 28, test: 12 };

export function planYear(random: Random): Plan {
  const year = random.between(2026, 2035);
  const span = { start: Date.UTC(year, 0, 1), end: Date.UTC(year + 1, 0, 1) };
  const nightHandover = random.pick(['03:00', '03:30'] as const);
  const rotas = new Map(desksOf(year, nightHandover).map(({ id, rota }) => [id, rota([])]));
  const onDuty = (desk: string, when: Instant) => rotas.get(desk)?.onDuty(when)[0] ?? '';
  const storms = Array.from({ length: STORMS }, () => random.between(span.start + DAY, span.end - DAY));
  const gaps = Array.from({ length: GAPS }, () => gapIn(random, span));
  const nights = [changeOfClock(year, 2), changeOfClock(year, 9)];
  const single = Array.from({ length: REQUESTS }, () => at(random.between(span.start, span.end), anyRequest(random)));
  const requests = [
    ...single,
    ...storms.flatMap((start) => stormAt(start, random)),
    ...nights.flatMap((change) => nightOf(change, random)),
    ...gaps.flatMap(({ desk, wanted: { start, end } }) =>
      [0, 1].map(() => at(random.between(start, end - MINUTE), { ...anyRequest(random), desk })),
    ),
  ].map((one) => ({ ...one, isReply: random.happens(0.02) }));
  return {
    year,
    span,
    nightHandover,
    requests,
    changes: [
      ...gaps,
      ...Array.from({ length: REPLACEMENTS }, () => replacementIn(random, span, onDuty)),
      ...Array.from({ length: ILLNESSES }, () => illnessIn(random, span, single, onDuty)),
    ],
    busy: [...single.map((one) => one.at), ...storms],
    blows: blowsOn(random, span, requests),
    nights: { storms: storms.length, gaps: gaps.length, dst: nights.length },
  };
}

type Sent = { readonly at: Instant; readonly wanted: Wanted };

const at = (when: Instant, wanted: Wanted): Sent => ({ at: when, wanted });

function anyRequest(random: Random): Wanted {
  return { desk: random.happens(0.65) ? MAIN : NIGHT, urgency: random.weighted(URGENCIES) };
}

/** Many urgent requests about one thing within a minute, and an emergency in the middle of them. */
function stormAt(start: Instant, random: Random) {
  const desk = random.pick([MAIN, NIGHT]);
  const subjectOf = `account-of-storm-${start}`;
  const urgent = Array.from({ length: random.between(20, 28) }, () =>
    at(start + random.between(0, MINUTE), {
      desk,
      urgency: 'urgent',
      ...(random.happens(0.3) ? { subjectOf } : {}),
    }),
  );
  const emergency = Array.from({ length: random.between(0, 2) }, () =>
    at(start + random.between(0, MINUTE), { desk, urgency: 'emergency' }),
  );
  return [...urgent, ...emergency];
}

/** Around the hour that is missing or comes twice, of every urgency and at both desks. */
function nightOf(change: Instant, random: Random) {
  return Array.from({ length: 12 }, () => at(change + random.between(-80, 100) * MINUTE, anyRequest(random)));
}

/** The last Sunday of the month (0 is January) at 01:00 UTC, when the clocks of Europe change. */
function changeOfClock(year: number, month: number): Instant {
  const last = new Date(Date.UTC(year, month + 1, 0, 1));
  return last.getTime() - last.getUTCDay() * DAY;
}

function gapIn(random: Random, span: Span): Change {
  const desk = random.pick([MAIN, NIGHT]);
  const start = random.between(span.start + DAY, span.end - 2 * DAY);
  const wanted = { kind: 'gap', start, end: start + random.between(2, 14) * HOUR } as const;
  return { at: start - announced(random), desk, by: someOfficer(random, desk), wanted };
}

type OnDuty = (desk: string, when: Instant) => OfficerId;

/** Somebody takes over from who is on duty; now and then somebody covers alone. */
function replacementIn(random: Random, span: Span, onDuty: OnDuty): Change {
  const desk = random.pick([MAIN, NIGHT]);
  const start = random.between(span.start + DAY, span.end - 5 * DAY);
  const end = start + random.between(2, 72) * HOUR;
  const officer = onDuty(desk, start);
  const by = someOfficer(random, desk, officer);
  const wanted: WantedDuty = random.happens(0.25)
    ? { kind: 'cover', officers: [by], start, end }
    : { kind: 'replace', officer, by, start, end };
  return { at: start - announced(random), desk, by, wanted };
}

/** Some minutes after a request, which is in hand by then, the officer on duty falls ill, and a colleague takes over. */
function illnessIn(random: Random, span: Span, requests: readonly Sent[], onDuty: OnDuty): Change {
  const after = random.pick(requests) ?? { at: span.start, wanted: { desk: MAIN } };
  const { desk } = after.wanted;
  const start = after.at + random.between(MINUTE, 40 * MINUTE);
  const officer = onDuty(desk, start);
  const by = someOfficer(random, desk, officer);
  const wanted = { kind: 'replace', officer, by, start, end: start + random.between(2, 24) * HOUR } as const;
  return { at: start, desk, by, wanted };
}

function someOfficer(random: Random, desk: string, otherThan?: OfficerId): OfficerId {
  return random.pick(officersOf(desk).filter((officer) => officer !== otherThan)) ?? '';
}

/** Most changes are known days ahead; some are entered when they have begun already. */
function announced(random: Random): Duration {
  return random.happens(0.2) ? -random.between(1, 90) * MINUTE : random.between(1, 72) * HOUR;
}

/** Where the process is most often at work when it dies; undefined is anywhere. */
const POINTS = { anywhere: 45, committed: 12, answer: 8, claimed: 12, send: 8, sent: 15 } as const;

function blowsOn(random: Random, span: Span, requests: readonly { readonly at: Instant }[]): Plan['blows'] {
  return Array.from({ length: CRASHES }, () => {
    const point = random.weighted(POINTS);
    const near = random.happens(0.75) ? random.pick(requests)?.at : undefined;
    const when = near === undefined ? random.between(span.start, span.end) : near + random.between(-5, 300) * SECOND;
    const blow: Blow =
      point === 'anywhere'
        ? { at: undefined, after: random.mostlyShort(1, 200) }
        : { at: point, after: random.between(0, 3) };
    return { at: Math.max(span.start, when), blow };
  });
}
