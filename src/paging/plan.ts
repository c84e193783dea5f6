import { type Instant, rfc3339 } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { PageData, RequestEntry } from '../request/entries.ts';
import { evolve } from '../request/evolve.ts';
import type { Acknowledged, Clock, Escalation, Page, RequestState } from '../request/state.ts';
import { type Call, noticeData, pageData, pagesTo, usableMethods } from './pages.ts';
import type { Policy } from './policy.ts';
import { type Ring, ringAlongside, ringNext } from './ring.ts';
import type { World } from './world.ts';

/** More entries in one moment than any policy can need: a rule that does not come to rest is a fault of ours. */
const MOST_ENTRIES = 500;

/**
 * What must happen to a request now, as entries to append; nothing when nothing is due. Called after every command,
 * outcome and alarm: those only change facts, this alone rings people. What is armed next follows from the state
 * (`alarmsOf`). Throws when the rules do not come to rest.
 */
export function plan(state: RequestState, world: World, now: Instant): readonly RequestEntry[] {
  const entries: RequestEntry[] = [];
  let current = state;
  while (entries.length < MOST_ENTRIES) {
    const entry = nextEntry(current, world, now, justPaged(entries, now));
    if (entry === undefined) return entries;
    entries.push(entry);
    current = evolve(current, { ...entry, at: now });
  }
  throw new Error(`the paging of ${state.shortId} does not come to rest`);
}

/**
 * Whether the rules have nothing to do at this moment, whatever the world looks like: then it need not be looked up. A
 * shortcut for `plan`, which would find nothing.
 */
export function isQuiet(state: RequestState, now: Instant): boolean {
  if (state.status === 'open' && [state.escalation, ...state.children].some((one) => isRestless(one, now)))
    return false;
  if (state.status === 'acknowledged' && isReminderDue(state, now)) return false;
  if (isReviewDue(state, now)) return false;
  return (
    state.status === 'closed' || !runningClocks(state).some((clock) => now >= clock.dueAt || isWarningDue(clock, now))
  );
}

function isRestless(escalation: Escalation, now: Instant): boolean {
  return now >= escalation.until || wantsLastResort(escalation) || escalation.pages.some(hasFailed);
}

/** From the second round on the last resort rings beside the first step. */
function wantsLastResort({ round, step, lastResort }: Escalation): boolean {
  return round >= 2 && step >= 0 && !lastResort;
}

function nextEntry(
  state: RequestState,
  world: World,
  now: Instant,
  rung: ReadonlySet<OfficerId>,
): RequestEntry | undefined {
  if (state.status === 'open') {
    for (const escalation of [state.escalation, ...state.children]) {
      const team = world.team(escalation.desk);
      const policy = policyInForce(state, escalation, world);
      const entry = escalate({ state, escalation, policy, team, world, now, justPaged: rung });
      if (entry !== undefined) return entry;
    }
  }
  const reminder = state.status === 'acknowledged' ? remind(state, world, now) : undefined;
  return reminder ?? ringReview(state, world, now) ?? ringClock(state, world, now);
}

/** A running round keeps the policy it began with; one that has not begun takes the newest. */
function policyInForce(state: RequestState, escalation: Escalation, world: World): Policy {
  const { desk, policy, revision, round } = escalation;
  if (round > 0) return world.policy(desk, policy, revision);
  const id = desk === state.desk ? state.policy : world.policyFor(desk, state.urgency, state.row);
  return world.policy(desk, id, world.revision);
}

function escalate(ring: Ring): RequestEntry | undefined {
  const { escalation, now } = ring;
  if (wantsLastResort(escalation)) return ringAlongside(ring);
  if (now >= escalation.until) return ringNext(ring, escalation.cause);
  // Everybody and everything has been rung already: only time helps.
  if (escalation.ringing === 'everyone' || escalation.ringing === 'last_resort') return undefined;
  return followUp(ring);
}

/** A page that failed brings the officer's next method forward; a step of which every page failed is over. */
function followUp(ring: Ring): RequestEntry | undefined {
  const { pages, desks } = ring.escalation;
  const ofStep = pages.filter(isOfStep);
  if (!ofStep.some(hasFailed)) return undefined;
  for (const officer of new Set(pages.filter(hasFailed).flatMap((page) => page.officer ?? []))) {
    const entry = nextMethod(ring, officer);
    if (entry !== undefined) return entry;
  }
  if (desks.length > 0 || !ofStep.every(hasFailed)) return undefined;
  const next = ringNext(ring, 'failed');
  // Every step of the round has failed and it waits for the next one already.
  return next.type === 'round.waits/1' && next.data.until === rfc3339(ring.escalation.until) ? undefined : next;
}

function nextMethod(ring: Ring, officer: OfficerId): RequestEntry | undefined {
  const { escalation, team, world, now, state } = ring;
  const mine = escalation.pages.filter((page) => page.officer === officer);
  if (mine.some((page) => page.state === 'handed_over')) return undefined;
  const waiting = mine.filter((page) => page.state === 'pending').sort((a, b) => a.dueAt - b.dueAt);
  const [first] = waiting;
  const { desk } = escalation;
  if (first !== undefined) {
    return first.dueAt > now
      ? { type: 'page.advanced/1', data: { desk, page: first.id, dueAt: rfc3339(now) } }
      : undefined;
  }
  const untried = usableMethods(officer, team).find(({ id }) => !mine.some((page) => page.method === id));
  if (untried === undefined) return undefined;
  const call: Call = { requestId: state.id, urgency: state.urgency, began: now, until: escalation.until };
  return { type: 'page.added/1', data: { desk, page: pageData(officer, untried.id, now, call, world) } };
}

/** No progress in the agreed time: the owner first; when that brings nothing either, the request goes up again. */
function remind(state: Acknowledged, world: World, now: Instant): RequestEntry | undefined {
  const { progress, owner, policy, desk } = state;
  if (!isReminderDue(state, now)) return undefined;
  const lapsed: RequestEntry = {
    type: 'progress.lapsed/1',
    data: { officer: owner, policy, revision: world.revision },
  };
  if (progress.reminded) return lapsed;
  const window = world.policy(desk, policy, world.revision).steps[0]?.window ?? 0;
  const until = now + window;
  const pages = pagesTo(
    owner,
    { requestId: state.id, urgency: state.urgency, began: now, until },
    world.team(desk),
    world,
  );
  return pages.length === 0
    ? lapsed
    : { type: 'owner.reminded/1', data: { officer: owner, pages, until: rfc3339(until) } };
}

/** Progress is due, or the owner cannot even be reminded of it. */
function isReminderDue({ progress }: Acknowledged, now: Instant): boolean {
  return now >= progress.dueAt || (progress.reminded && progress.pages.every(hasFailed));
}

function isReviewDue({ review }: RequestState, now: Instant): boolean {
  return review !== undefined && !review.told && now >= review.dueAt;
}

/** The morning after: the head is paged once for a lowered urgency; without one, or if he lowered it, others are. */
function ringReview(state: RequestState, world: World, now: Instant): RequestEntry | undefined {
  const { review, desk, policy, id } = state;
  if (review === undefined || !isReviewDue(state, now)) return undefined;
  const team = world.team(desk);
  const other = (officers: readonly OfficerId[]) => officers.filter((officer) => officer !== review.by);
  const whom =
    [team.withRole('head'), team.onDuty, team.everyone].map(other).find((officers) => officers.length > 0) ?? [];
  const until = now + (world.policy(desk, policy, world.revision).steps[0]?.window ?? 0);
  const call: Call = { requestId: id, urgency: 'routine', began: now, until };
  return { type: 'review.due/1', data: { pages: whom.flatMap((officer) => pagesTo(officer, call, team, world)) } };
}

function runningClocks(state: RequestState): readonly Clock[] {
  return Object.values(state.clocks).filter((clock) => clock.stopped === undefined && !clock.rang);
}

function isWarningDue(clock: Clock, now: Instant): boolean {
  return !clock.warned && now >= clock.warnAt;
}

function ringClock(state: RequestState, world: World, now: Instant): RequestEntry | undefined {
  if (state.status === 'closed') return undefined;
  const running = runningClocks(state);
  const over = running.find((clock) => now >= clock.dueAt);
  if (over !== undefined)
    return { type: 'clock.rang/1', data: { clock: over.name, pages: clockPages(state, over, world, now) } };
  const near = running.find((clock) => isWarningDue(clock, now));
  if (near !== undefined)
    return { type: 'clock.warned/1', data: { clock: near.name, pages: clockPages(state, near, world, now) } };
  return undefined;
}

/**
 * A clock of an acknowledged request is told to the channel: its owner is at work, and the progress alarm watches him. One
 * of a request with an outcome (a preservation hold) has nobody at work any more, so whoever is on duty is paged. An open
 * request rings by its escalation already.
 */
function clockPages(state: RequestState, clock: Clock, world: World, now: Instant): readonly PageData[] {
  const team = world.team(state.desk);
  const policy = world.policy(state.desk, state.policy, world.revision);
  const began = policy.counts === 'duty_hours' ? team.nextDutyTime(now) : now;
  // Days may lie between the warning and the end of a hold: it rings for one window, but is tried until somebody was reached.
  const until = began + (policy.steps[0]?.window ?? 0);
  const giveUpAt = Math.max(clock.dueAt, until);
  const call = { requestId: state.id, urgency: state.urgency, began, until, giveUpAt };
  if (state.status === 'acknowledged') return team.channels.map((channel) => noticeData(channel, call, world));
  if (state.status !== 'concluded') return [];
  return team.onDuty.flatMap((officer) => pagesTo(officer, call, team, world));
}

/** A notice of the last resort beside a step keeps nobody waiting for the next one. */
function isOfStep({ aside }: Page): boolean {
  return aside !== true;
}

function hasFailed(page: Page): boolean {
  return page.state === 'failed';
}

function justPaged(entries: readonly RequestEntry[], now: Instant): ReadonlySet<OfficerId> {
  const pages = entries.flatMap((entry) => ('pages' in entry.data ? entry.data.pages : []));
  return new Set(pages.filter((page) => page.dueAt <= rfc3339(now)).flatMap((page) => page.officer ?? []));
}
