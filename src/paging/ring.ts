import { type Duration, type Instant, MINUTE, rfc3339 } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Cause, PageData, RequestEntry, Skipped, StepName } from '../request/entries.ts';
import type { Escalation, Open } from '../request/state.ts';
import { type Call, noticeData, pagesTo } from './pages.ts';
import type { Policy, Target } from './policy.ts';
import type { Team, World } from './world.ts';

/** After rounds that reached nobody the next waits twice as long each time, up to this. */
const LONGEST_WAIT: Duration = 5 * MINUTE;

/** One escalation at one moment, with all that ringing it needs. */
export type Ring = {
  readonly state: Open;
  readonly escalation: Escalation;
  readonly policy: Policy;
  readonly team: Team;
  readonly world: World;
  readonly now: Instant;
  /** Who was paged by an earlier entry of this very moment. */
  readonly justPaged: ReadonlySet<OfficerId>;
};

/** What rings next, now that the running window is over (or was cut short for `cause`). */
export function ringNext(ring: Ring, cause: Cause): RequestEntry {
  const { escalation, policy } = ring;
  if (escalation.named !== undefined) return ringNamed(ring, escalation.named);
  if (escalation.round === 0) return beginRound(ring, 1);
  const again = escalation.again && escalation.step >= 0;
  if (again && escalation.ringing === 'everyone') return ringEveryoneElse(ring, cause);
  const index = again ? escalation.step : escalation.step + 1;
  const step = policy.steps[index];
  if (step !== undefined) return ringStep(ring, index, step.targets, step.window, cause);
  return endRound(ring);
}

/** From the second round on the last resort rings beside the first step. */
export function ringAlongside(ring: Ring): RequestEntry {
  const { escalation, now } = ring;
  return lastResort(ring, true, Math.max(escalation.until, now));
}

function endRound(ring: Ring): RequestEntry {
  const { escalation, policy, now } = ring;
  const everybodyPassed =
    escalation.asked.length > 0 && escalation.asked.every((officer) => escalation.passed.includes(officer));
  if (everybodyPassed && escalation.ringing !== 'head') return ringHead(ring);
  if (!escalation.handedOver && !escalation.lastResort)
    return lastResort(ring, false, now + emptyWait(escalation, policy));
  const earliest = escalation.roundBeganAt + policy.roundMin;
  if (now < earliest) return { type: 'round.waits/1', data: { desk: escalation.desk, until: rfc3339(earliest) } };
  return escalation.handedOver ? beginRound(ring, escalation.round + 1) : ringEveryone(ring);
}

/** A new round takes the newest configuration. */
function beginRound(ring: Ring, round: number): RequestEntry {
  return { type: 'round.began/1', data: { desk: ring.escalation.desk, round, ...newest(ring) } };
}

function newest({ state, escalation, world }: Ring): { policy: string; revision: number } {
  const own = escalation.desk === state.desk;
  const policy = own ? state.policy : world.policyFor(escalation.desk, state.urgency, state.row);
  return { policy, revision: world.revision };
}

function ringStep(ring: Ring, index: number, targets: readonly Target[], window: Duration, cause: Cause): RequestEntry {
  const { escalation, now } = ring;
  // A window that passed while nobody looked is not waited for again: the next one counts from when it was planned.
  const planned = cause === 'window' && escalation.step >= 0 ? escalation.until : now;
  return ringTargets(ring, index, targets, planned + window, cause);
}

function ringNamed(ring: Ring, officer: OfficerId): RequestEntry {
  const until = ring.now + firstWindow(ring.policy);
  return ringTargets(ring, 'named', [{ kind: 'officer', officer }], until, 'reassigned');
}

/** Everybody had been rung, and whoever took it gives it back. */
function ringEveryoneElse(ring: Ring, cause: Cause): RequestEntry {
  return ringTargets(ring, 'everyone', [{ kind: 'everyone' }], ring.now + firstWindow(ring.policy), cause);
}

/** All have passed: the head is paged; a desk without one pages everyone, those who passed included. */
function ringHead(ring: Ring): RequestEntry {
  const { team, policy, now, escalation } = ring;
  const heads = team.withRole('head');
  const call = callOf(ring, now + firstWindow(policy));
  const pages = (heads.length > 0 ? heads : team.everyone).flatMap((officer) =>
    pagesTo(officer, call, team, ring.world),
  );
  const { desk, round } = escalation;
  const until = rfc3339(call.until);
  return {
    type: 'step.rang/1',
    data: { desk, round, step: 'head', cause: 'passed', pages, desks: [], skipped: [], until },
  };
}

function ringTargets(
  ring: Ring,
  step: StepName,
  targets: readonly Target[],
  until: Instant,
  cause: Cause,
): RequestEntry {
  const { escalation, now, team, world } = ring;
  const call = callOf(ring, Math.max(until, now));
  const people = resolve(ring, targets);
  const pages: PageData[] = people.officers.flatMap((officer) => [...pagesTo(officer, call, team, world)]);
  const reached = new Set(pages.map((page) => page.officer));
  const unreachable = people.officers.filter((officer) => !reached.has(officer));
  const skipped: Skipped[] = [...people.skipped, ...unreachable.map((whom) => ({ whom, why: 'no_method' as const }))];
  pages.push(...people.channels.map((channel) => noticeData(channel, call, world)));
  const stands = pages.length > 0 || people.desks.length > 0 || skipped.some(({ why }) => why === 'just_paged');
  const { desk, round } = escalation;
  const data = { desk, round, step, cause, pages, desks: people.desks, skipped };
  // A step that reaches nobody is over as soon as it began.
  return { type: 'step.rang/1', data: { ...data, until: rfc3339(stands ? until : now) } };
}

type Resolved = { officers: OfficerId[]; channels: string[]; desks: string[]; skipped: Skipped[] };

/** Who that is at this moment: each person once, without those who passed or were paged a moment ago. */
function resolve({ escalation, team, justPaged }: Ring, targets: readonly Target[]): Resolved {
  const found: Resolved = { officers: [], channels: [], desks: [], skipped: [] };
  for (const target of targets) {
    if (target.kind === 'channel') found.channels.push(target.channel);
    else if (target.kind === 'desk') found.desks.push(target.desk);
    else {
      const officers = officersOf(target, team);
      if (officers.length === 0) found.skipped.push({ whom: nameOf(target), why: 'nobody' });
      for (const officer of officers) place(officer, escalation, justPaged, found);
    }
  }
  return found;
}

function place(officer: OfficerId, escalation: Escalation, justPaged: ReadonlySet<OfficerId>, found: Resolved): void {
  if (found.officers.includes(officer)) return;
  if (escalation.passed.includes(officer)) found.skipped.push({ whom: officer, why: 'passed' });
  else if (justPaged.has(officer)) found.skipped.push({ whom: officer, why: 'just_paged' });
  else found.officers.push(officer);
}

type PeopleTarget = Exclude<Target, { kind: 'channel' } | { kind: 'desk' }>;

function officersOf(target: PeopleTarget, team: Team): readonly OfficerId[] {
  switch (target.kind) {
    case 'on_duty':
      return target.rota === undefined ? team.onDuty : team.onDutyIn(target.rota);
    case 'everyone':
      return team.everyone;
    case 'role':
      return team.withRole(target.role);
    case 'officer':
      return team.everyone.filter((officer) => officer === target.officer);
  }
}

function nameOf(target: PeopleTarget): string {
  if (target.kind === 'officer') return target.officer;
  if (target.kind === 'on_duty') return target.rota ?? target.kind;
  return target.kind === 'role' ? target.role : target.kind;
}

function lastResort(ring: Ring, alongside: boolean, until: Instant): RequestEntry {
  const { escalation, justPaged } = ring;
  const pages = everyonesPages(
    ring,
    until,
    (officer) => !justPaged.has(officer) && !escalation.passed.includes(officer),
  );
  const { desk, round } = escalation;
  return { type: 'last_resort.rang/1', data: { desk, round, alongside, pages, until: rfc3339(until) } };
}

/** A round after one that reached nobody: everybody at once, in one entry, and a longer wait. */
function ringEveryone(ring: Ring): RequestEntry {
  const { escalation, policy, now } = ring;
  const until = now + emptyWait({ ...escalation, emptyRounds: escalation.emptyRounds + 1 }, policy);
  const pages = everyonesPages(ring, until, () => true);
  const { desk, round } = escalation;
  return { type: 'round.rang/1', data: { desk, round: round + 1, ...newest(ring), pages, until: rfc3339(until) } };
}

function everyonesPages(ring: Ring, until: Instant, isWanted: (officer: OfficerId) => boolean): PageData[] {
  const { team, world } = ring;
  const call = callOf(ring, until);
  const people = team.everyone.filter(isWanted).flatMap((officer) => [...pagesTo(officer, call, team, world)]);
  return [...people, ...team.channels.map((channel) => noticeData(channel, call, world))];
}

function emptyWait({ emptyRounds }: Pick<Escalation, 'emptyRounds'>, { roundMin }: Policy): Duration {
  return Math.max(roundMin, Math.min(LONGEST_WAIT, roundMin * 2 ** emptyRounds));
}

function firstWindow(policy: Policy): Duration {
  return policy.steps[0]?.window ?? policy.roundMin;
}

function callOf({ state, now }: Ring, until: Instant): Call {
  return { requestId: state.id, urgency: state.urgency, began: now, until };
}
