import { nextDutyTime } from '../../rota/duty-hours.ts';
import { DAY, type Duration, HOUR, type Instant, MINUTE } from '../../rota/instant.ts';
import type { OfficerId, Rota, Shift } from '../../rota/rota.ts';
import { type WeeklyRotaSpec, weeklyRota } from '../../rota/weekly.ts';
import type { DeskSetup, Member } from '../../src/desk/setup.ts';
import type { ContactMethod, Limits, OfficerRules, Policy, PolicyStep, Target } from '../../src/paging/policy.ts';
import { triageTable } from '../../src/request/triage.ts';
import type { Urgency } from '../../src/request/urgency.ts';
import type { PolicyBounds } from './checker/bounds.ts';
import { rememberOffsets } from './zone-memory.ts';

/** The fictional house: a desk of six with a weekly rota, and a night desk of four whose handover falls into DST nights. */
export const MAIN = 'main';
export const NIGHT = 'night';
const ZONE = 'Europe/Bucharest';

const ON_DUTY: Target = { kind: 'on_duty' };
const HEAD: Target = { kind: 'role', role: 'head' };
const EVERYONE: Target = { kind: 'everyone' };

function step(window: Duration, ...targets: readonly Target[]): PolicyStep {
  return { targets, window };
}

const AROUND_THE_CLOCK = { roundMin: MINUTE, counts: 'always' } as const;

const MAIN_POLICIES: readonly Policy[] = [
  {
    id: 'main-emergency',
    steps: [
      step(5 * MINUTE, ON_DUTY),
      step(5 * MINUTE, HEAD),
      step(5 * MINUTE, EVERYONE, { kind: 'channel', channel: 'room-main' }),
    ],
    progress: 30 * MINUTE,
    ...AROUND_THE_CLOCK,
  },
  {
    id: 'main-urgent',
    steps: [
      step(15 * MINUTE, ON_DUTY),
      step(5 * MINUTE, HEAD),
      step(10 * MINUTE, EVERYONE, { kind: 'desk', desk: NIGHT }),
    ],
    progress: 2 * HOUR,
    ...AROUND_THE_CLOCK,
  },
  {
    id: 'main-test',
    steps: [step(5 * MINUTE, ON_DUTY), step(5 * MINUTE, HEAD), step(5 * MINUTE, EVERYONE)],
    progress: 2 * HOUR,
    ...AROUND_THE_CLOCK,
  },
  {
    id: 'main-routine',
    steps: [step(8 * HOUR, ON_DUTY), step(8 * HOUR, HEAD), step(8 * HOUR, EVERYONE)],
    progress: 8 * HOUR,
    roundMin: MINUTE,
    counts: 'duty_hours',
  },
  {
    id: 'main-specialist',
    steps: [step(3 * MINUTE, { kind: 'officer', officer: 'eva' }), step(4 * MINUTE, ON_DUTY), step(MINUTE, EVERYONE)],
    progress: HOUR,
    ...AROUND_THE_CLOCK,
  },
];

/** Windows so short that rounds follow one another as closely as they may. */
const NIGHT_POLICIES: readonly Policy[] = [
  {
    id: 'night-emergency',
    steps: [step(20_000, ON_DUTY), step(15_000, EVERYONE, { kind: 'desk', desk: MAIN })],
    progress: 20 * MINUTE,
    ...AROUND_THE_CLOCK,
  },
  {
    id: 'night-urgent',
    steps: [step(2 * MINUTE, ON_DUTY), step(MINUTE, HEAD), step(2 * MINUTE, EVERYONE)],
    progress: HOUR,
    ...AROUND_THE_CLOCK,
  },
  {
    id: 'night-test',
    steps: [step(MINUTE, ON_DUTY), step(MINUTE, EVERYONE)],
    progress: HOUR,
    ...AROUND_THE_CLOCK,
  },
  {
    id: 'night-routine',
    steps: [step(HOUR, ON_DUTY), step(HOUR, EVERYONE)],
    progress: 4 * HOUR,
    roundMin: MINUTE,
    counts: 'duty_hours',
  },
];

/** The pager is never limited, so that the first page of a request always leaves in time. */
export const LIMITS: Limits = {
  sms: [{ max: 6, within: 10 * MINUTE }],
  voice: [
    { max: 4, within: 10 * MINUTE },
    { max: 12, within: HOUR },
  ],
};

const EVERY_METHOD: OfficerRules = {
  emergency: [
    { method: 'pager', after: 0, every: 2 * MINUTE },
    { method: 'sms', after: 0 },
    { method: 'voice', after: MINUTE },
  ],
  urgent: [
    { method: 'pager', after: 0 },
    { method: 'voice', after: 3 * MINUTE, every: 5 * MINUTE },
  ],
};

const MAIN_OFFICERS: readonly Member[] = [
  { id: 'ana', name: 'Ana Example', role: 'head', rules: {} },
  { id: 'dan', name: 'Dan Sample', role: 'officer', rules: EVERY_METHOD },
  { id: 'eva', name: 'Eva Specimen', role: 'officer', rules: {} },
  { id: 'filip', name: 'Filip Muster', role: 'officer', rules: EVERY_METHOD },
  { id: 'gita', name: 'Gita Placeholder', role: 'officer', rules: {} },
  { id: 'horia', name: 'Horia Exemplu', role: 'officer', rules: {} },
];

/** Horia belongs to both desks. */
const NIGHT_OFFICERS: readonly Member[] = [
  { id: 'ion', name: 'Ion Beispiel', role: 'head', rules: {} },
  { id: 'karl', name: 'Karl Ejemplo', role: 'officer', rules: EVERY_METHOD },
  { id: 'lena', name: 'Lena Primer', role: 'officer', rules: {} },
  { id: 'horia', name: 'Horia Exemplu', role: 'officer', rules: {} },
];

export const OFFICERS: readonly OfficerId[] = [...new Set([...MAIN_OFFICERS, ...NIGHT_OFFICERS].map(({ id }) => id))];

export function officersOf(desk: string): readonly OfficerId[] {
  return (desk === MAIN ? MAIN_OFFICERS : NIGHT_OFFICERS).map(({ id }) => id);
}

export const METHOD_TYPES = ['pager', 'sms', 'voice'] as const;
export type MethodType = (typeof METHOD_TYPES)[number];

export const METHODS: readonly ContactMethod[] = OFFICERS.flatMap((officer) =>
  METHOD_TYPES.map((type) => ({
    id: `${officer}/${type}`,
    officer,
    type,
    address: `${officer}/${type}`,
    verified: true,
  })),
);

/** The duty handset goes from hand to hand. */
export const DUTY_METHODS: readonly ContactMethod[] = [
  { id: `${MAIN}/handset`, type: 'voice', address: `${MAIN}/handset`, verified: true },
];

const TABLE = triageTable();

/** The desks of a year. The night desk hands over on Sunday at 03:00, or at 03:30, which one night a year does not exist. */
export function desksOf(year: number, nightHandover: '03:00' | '03:30'): readonly DeskSetup[] {
  rememberOffsets(ZONE);
  const weeks = (officers: readonly Member[]) => officers.map(({ id }) => [id]);
  const main: WeeklyRotaSpec = {
    zone: ZONE,
    start: `${year - 1}-01-06`,
    handover: { weekday: 'MO', time: '08:00' },
    participants: weeks(MAIN_OFFICERS),
  };
  const night: WeeklyRotaSpec = {
    zone: ZONE,
    start: `${year - 1}-01-06`,
    handover: { weekday: 'SU', time: nightHandover },
    participants: weeks(NIGHT_OFFICERS),
  };
  return [
    {
      id: MAIN,
      name: 'Contact point of Demoland',
      letters: 'T',
      officers: MAIN_OFFICERS,
      dutyHours: { zone: ZONE, windows: [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '08:00', to: '16:00' }] },
      ...rotaAndPolicies(main, MAIN_POLICIES),
      channels: [{ id: 'room-main', disclosure: 'summary' }],
      ...COMMON,
    },
    {
      id: NIGHT,
      name: 'Night desk of Demoland',
      letters: 'N',
      officers: NIGHT_OFFICERS,
      dutyHours: {
        zone: ZONE,
        windows: [{ days: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], from: '22:30', to: '03:30' }],
      },
      ...rotaAndPolicies(night, NIGHT_POLICIES),
      channels: [],
      ...COMMON,
    },
  ];
}

const COMMON = {
  zone: ZONE,
  languages: ['en'],
  otherRotas: {},
  triage: TABLE,
  rowReasons: {},
  loweringNeedsConsent: false,
  reservations: [],
  sourceNames: {},
  clocks: { zone: ZONE, clocks: {} },
} as const;

function rotaAndPolicies(rota: WeeklyRotaSpec, policies: readonly Policy[]) {
  const [prefix = ''] = policies[0]?.id.split('-') ?? [];
  return {
    rota: rotaOnce(rota),
    policies: Object.fromEntries(policies.map((policy) => [policy.id, policy])),
    policyFor: (urgency: Urgency) => `${prefix}-${urgency}`,
  };
}

/** The rota with the same overrides as before is the same rota, and whoever is on duty stays so until the next change. */
function rotaOnce(spec: WeeklyRotaSpec): DeskSetup['rota'] {
  let made: { readonly from: string; readonly rota: Rota } | undefined;
  return (overrides) => {
    const from = JSON.stringify(overrides);
    if (made?.from !== from) made = { from, rota: remembering(weeklyRota(spec, overrides)) };
    return made.rota;
  };
}

function remembering(rota: Rota): Rota {
  let shift: Shift | undefined;
  return {
    ...rota,
    onDuty: (at) => {
      if (shift === undefined || at < shift.start || at >= shift.end) {
        shift = { start: at, end: rota.nextChange(at) ?? at + DAY, officers: rota.onDuty(at) };
      }
      return shift.officers;
    },
  };
}

/** What the checker may know of the policies: plain numbers. `starts`: when duty hours begin, for what waits for them. */
export function boundsOf(
  desks: readonly DeskSetup[],
  from: Instant,
  until: Instant,
): ReadonlyMap<string, PolicyBounds> {
  return new Map(
    desks.flatMap((desk) => {
      const starts = dutyStarts(desk, from, until);
      return Object.values(desk.policies).map(({ id, steps, roundMin, progress, counts }): [string, PolicyBounds] => {
        const waits = counts === 'duty_hours';
        const longest = Math.max(roundMin, ...steps.map(({ window }) => window));
        return [id, { longest, roundMin, ...(waits ? { starts } : { progress }) }];
      });
    }),
  );
}

function dutyStarts({ dutyHours }: DeskSetup, from: Instant, until: Instant): readonly Instant[] {
  const starts: Instant[] = [];
  // Every break of duty hours here is longer than this step.
  for (let at = from; at < until + 7 * DAY; ) {
    const start = nextDutyTime(dutyHours, at);
    if (start > at) starts.push(start);
    at = start + 8 * HOUR;
  }
  return starts;
}
