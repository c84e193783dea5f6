import { addDutyTime, nextDutyTime } from '../../rota/duty-hours.ts';
import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { ContactMethod, OfficerRules, Policy } from '../paging/policy.ts';
import { STORM } from '../paging/times.ts';
import type { Team, World } from '../paging/world.ts';
import type { Reads } from '../ports/steps.ts';
import type { RequestState } from '../request/state.ts';
import { type DeskSetup, lookBack, memberOf, mostCounted, type Setups } from './setup.ts';

/** The world of the paging rules, and what the deliveries need of it. */
export type LoadedWorld = { readonly world: World; readonly method: (id: string) => ContactMethod | undefined };

const NO_RULES: OfficerRules = {};

/**
 * Looks up everything that ringing people for a request at `now` may need: the people on duty, their methods and recent
 * pages, in its own desk and in every desk that its policies may page.
 */
export async function loadWorld(
  reads: Reads,
  setups: Setups,
  state: RequestState,
  now: Instant,
  newId: () => string,
): Promise<LoadedWorld> {
  await setups.load(revisionsOf(state), reads);
  const desks = reachableDesks(setups, state);
  const officers = [...new Set(desks.flatMap((desk) => desk.officers.map(({ id }) => id)))];
  const suspended = new Set(await reads.suspended(officers));
  // An emergency leaves at once and alone, whatever went before.
  const since = now - Math.max(lookBack(setups.limits()), STORM);
  const history =
    state.urgency === 'emergency' ? [] : await reads.recentPages(officers, since, mostCounted(setups.limits()));
  const teams = new Map<string, Team>();
  const methods = new Map<string, ContactMethod>();
  for (const desk of desks) {
    const known = await reads.contactMethods(officers, desk.id);
    for (const method of known) methods.set(method.id, method);
    const overrides = await reads.overrides(desk.id);
    const onDuty = desk.rota(overrides).onDuty(now);
    teams.set(
      desk.id,
      teamOf(desk, now, onDuty, known, (officer) => !suspended.has(officer)),
    );
  }
  const world: World = {
    revision: setups.newest(),
    policy: (desk, id, revision) => policyOf(setups, desk, id, revision),
    policyFor: (desk, urgency, row) => deskOf(setups, desk).policyFor(urgency, row),
    team: (desk) => teams.get(desk) ?? nobody,
    limits: setups.limits(),
    history,
    newId,
  };
  return { world, method: (id) => methods.get(id) };
}

/** Revisions that a running round may be pinned to. */
function revisionsOf(state: RequestState): readonly number[] {
  if (!('escalation' in state)) return [];
  return [...new Set([state.escalation, ...state.children].map(({ revision }) => revision))];
}

function reachableDesks(setups: Setups, state: RequestState): readonly DeskSetup[] {
  const found = new Map<string, DeskSetup>();
  const open = [state.desk, ...('children' in state ? state.children.map(({ desk }) => desk) : [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const desk = setups.desk(id);
    if (desk === undefined || found.has(id)) continue;
    found.set(id, desk);
    for (const { steps } of Object.values(desk.policies)) {
      open.push(...steps.flatMap(({ targets }) => targets.flatMap((one) => (one.kind === 'desk' ? [one.desk] : []))));
    }
  }
  return [...found.values()];
}

function teamOf(
  desk: DeskSetup,
  now: Instant,
  onDuty: readonly OfficerId[],
  methods: readonly ContactMethod[],
  isActive: (officer: OfficerId) => boolean,
): Team {
  const usable = methods.filter(({ verified }) => verified);
  const members = desk.officers.filter(({ id }) => isActive(id));
  return {
    onDuty: onDuty.filter(isActive),
    onDutyIn: (rota) => (desk.otherRotas[rota]?.onDuty(now) ?? []).filter(isActive),
    everyone: members.map(({ id }) => id),
    withRole: (role) => members.filter((member) => member.role === role).map(({ id }) => id),
    rules: (officer) => memberOf(desk, officer)?.rules ?? NO_RULES,
    methods: (officer) => (isActive(officer) ? usable.filter((method) => method.officer === officer) : []),
    dutyMethods: usable.filter((method) => method.officer === undefined),
    channels: desk.channels.map(({ id }) => id),
    nextDutyTime: (at) => nextDutyTime(desk.dutyHours, at),
    progressDueAt: (policy, from) => progressDueAt(desk, policy, from),
  };
}

const nobody: Team = {
  onDuty: [],
  onDutyIn: () => [],
  everyone: [],
  withRole: () => [],
  rules: () => NO_RULES,
  methods: () => [],
  dutyMethods: [],
  channels: [],
  nextDutyTime: (at) => at,
  progressDueAt: (policy, from) => from + policy.progress,
};

/** When progress is due after `from`: routine counts duty hours, the rest every hour. */
export function progressDueAt(desk: DeskSetup, policy: Policy, from: Instant): Instant {
  return policy.counts === 'duty_hours' ? addDutyTime(desk.dutyHours, from, policy.progress) : from + policy.progress;
}

/** When the first step rings: at once, or with the next duty hours. */
export function ringAt(desk: DeskSetup, policy: Policy, from: Instant): Instant {
  return policy.counts === 'duty_hours' ? nextDutyTime(desk.dutyHours, from) : from;
}

/** When whoever has the request hears of more from its sender: when a request like it would ring. */
export function heardAt(desk: DeskSetup, { policy }: RequestState, now: Instant): Instant {
  const rules = desk.policies[policy];
  return rules === undefined ? now : ringAt(desk, rules, now);
}

/** A policy that a later revision no longer has must not silence a request: the newest one for an emergency rings. */
function policyOf(setups: Setups, desk: string, id: string, revision: number): Policy {
  const pinned = setups.desk(desk, revision)?.policies[id] ?? setups.desk(desk)?.policies[id];
  if (pinned !== undefined) return pinned;
  const newest = deskOf(setups, desk);
  const fallback = newest.policies[newest.policyFor('emergency', '')];
  if (fallback === undefined) throw new Error(`desk ${desk} has no policy for emergencies`);
  return fallback;
}

function deskOf(setups: Setups, id: string): DeskSetup {
  const desk = setups.desk(id);
  if (desk === undefined) throw new Error(`revision ${setups.newest()} has no desk ${id}`);
  return desk;
}
