import { DAY, type Instant, MINUTE } from '../../rota/instant.ts';
import type { Rota } from '../../rota/rota.ts';
import { emptyRota } from '../../rota/weekly.ts';
import type { DeskSetup, Member } from '../../src/desk/setup.ts';
import type { Policy } from '../../src/paging/policy.ts';
import { triageTable } from '../../src/request/triage.ts';
import type { CasePolicy, EscalationCase } from './case.ts';

/** The first instant of every case. */
export const T0: Instant = Date.UTC(2026, 5, 1, 12);
export const DESK = 'desk';
/** Whoever acts in a case without being on anybody's rota. */
export const BYSTANDER = 'x';

/** The desk that a case describes: its people, schedules and policies. */
export function deskOf(one: EscalationCase): DeskSetup {
  const policies = Object.entries(one.policies ?? { [firstPolicy(one)]: one.policy ?? { steps: [], repeat: 0 } });
  const bundles = one.tags.includes('bundle');
  return {
    id: DESK,
    name: 'Desk of the case',
    letters: 'T',
    zone: 'UTC',
    languages: ['en'],
    officers: [...usersOf(one), BYSTANDER, ...actorsOf(one)].filter(isFirst).map((id) => memberOf(one, id)),
    dutyHours: { zone: 'UTC', windows: [] },
    rota: emptyRota,
    otherRotas: Object.fromEntries(Object.entries(one.schedules).map(([name, shifts]) => [name, rotaOf(shifts)])),
    policies: Object.fromEntries(policies.map(([name, policy]) => [name, policyOf(name, policy, one)])),
    policyFor: (_urgency, row) => (row.startsWith('policy-') ? row.slice('policy-'.length) : firstPolicy(one)),
    channels: channelsOf(one).map((id) => ({ id, disclosure: 'summary' })),
    // Emergencies travel alone; a case about bundles is played with urgent requests.
    triage: triageTable({
      keywords: Object.fromEntries(policies.map(([name]) => [name, [wordOf(name)]])),
      rows: policies.map(([name]) => ({
        id: `policy-${name}`,
        urgency: bundles ? 'urgent' : 'emergency',
        when: { keywords: [name] },
      })),
    }),
    rowReasons: {},
    loweringNeedsConsent: false,
    reservations: [],
    sourceNames: {},
    clocks: { zone: 'UTC', clocks: {} },
  };
}

/** A word of the request by which the desk's own row of the urgency table chooses the policy. */
export function wordOf(policy: string): string {
  return `policyword${policy.replace(/[^a-z0-9]/gi, '')}`;
}

export function firstPolicy({ policies }: EscalationCase): string {
  return Object.keys(policies ?? {})[0] ?? 'only';
}

function policyOf(id: string, { steps }: CasePolicy, one: EscalationCase): Policy {
  return {
    id,
    steps: steps.map(({ delay_min, targets }) => ({
      window: Math.max(delay_min * MINUTE, 1),
      targets: targets.map((target) => {
        if ('user' in target) return { kind: 'officer', officer: target.user } as const;
        return 'channel' in target
          ? ({ kind: 'channel', channel: target.channel } as const)
          : ({ kind: 'on_duty', rota: target.schedule } as const);
      }),
    })),
    roundMin: MINUTE,
    progress: Math.max(DAY, 10 * one.horizon_min * MINUTE),
    counts: 'always',
  };
}

function memberOf(one: EscalationCase, id: string): Member {
  const rules = rulesOf(one, id).map(({ method, after_min }) => ({
    method: `${id}/${method}`,
    after: after_min * MINUTE,
  }));
  return { id, name: id, role: 'officer', rules: { emergency: rules, urgent: rules } };
}

function rulesOf(one: EscalationCase, id: string) {
  return one.users[id]?.rules ?? [{ method: 'sms', after_min: 0 }];
}

/** Only the methods that the case knows of: a fallback that it does not know would be a surprise to it. */
export function methodsOf(one: EscalationCase) {
  return usersOf(one).flatMap((officer) =>
    [...new Set(rulesOf(one, officer).map(({ method }) => method))].map((type) => ({
      id: `${officer}/${type}`,
      officer,
      type,
      address: officer,
      verified: true,
    })),
  );
}

function usersOf(one: EscalationCase): readonly string[] {
  const targets = Object.values(one.policies ?? { only: one.policy })
    .flatMap((policy) => policy?.steps ?? [])
    .flatMap(({ targets }) => targets);
  const named = targets.flatMap((target) => ('user' in target ? [target.user] : []));
  const scheduled = Object.values(one.schedules).flatMap((shifts) => shifts.flatMap(({ users }) => users));
  return [...named, ...scheduled, ...Object.keys(one.users)].filter(isFirst);
}

function actorsOf(one: EscalationCase): readonly string[] {
  return one.events.flatMap((event) => ('by' in event && event.by !== undefined ? [event.by] : []));
}

function channelsOf(one: EscalationCase): readonly string[] {
  const targets = Object.values(one.policies ?? { only: one.policy })
    .flatMap((policy) => policy?.steps ?? [])
    .flatMap(({ targets }) => targets);
  return targets.flatMap((target) => ('channel' in target ? [target.channel] : [])).filter(isFirst);
}

function isFirst<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index;
}

function rotaOf(shifts: readonly { from: number; to: number; users: readonly string[] }[]): Rota {
  return {
    ...emptyRota(),
    onDuty: (at) => {
      const minute = (at - T0) / MINUTE;
      return shifts.filter(({ from, to }) => minute >= from && minute < to).flatMap(({ users }) => users);
    },
  };
}
