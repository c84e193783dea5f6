import { type Duration, type Instant, instant, MINUTE } from '../../../rota/instant.ts';
import type { PolicyBounds } from './bounds.ts';
import { BrokenPromise } from './broken-promise.ts';
import type { AlarmRow } from './ledger.ts';
import { type Ladder, ladderOf, type Story } from './story.ts';
import type { Told } from './told.ts';

/** The longest wait of a desk that reaches nobody. */
const DESPERATE: Duration = 5 * MINUTE;

type Bounds = ReadonlyMap<string, PolicyBounds>;

/**
 * Promise 1, after a step: an open request has one escalation alarm and one for each other desk that was paged, due in
 * time; an acknowledged one has one progress alarm; never both, and neither when nothing is waited for.
 */
export function checkAlarms(story: Story, rows: readonly AlarmRow[], at: Instant, bounds: Bounds): void {
  const attention = rows.filter(({ kind }) => kind === 'progress' || kind.startsWith('escalation'));
  const expected = expectedAlarms(story);
  const found = attention.map(({ kind }) => kind).sort();
  if (found.join() !== expected.join()) {
    throw broken(story, `it is ${story.status} and has the alarms [${found}]; expected [${expected}]`);
  }
  for (const { kind, dueAt } of attention) {
    if (story.alarms.get(kind) === dueAt) continue;
    const latest = kind === 'progress' ? latestProgress(story, at, bounds) : latestRing(story, kind, at, bounds);
    if (dueAt > latest)
      throw broken(story, `its alarm ${kind} is due ${(dueAt - latest) / 1000} s later than it may be`);
  }
  story.alarms = new Map(attention.map(({ kind, dueAt }) => [kind, dueAt]));
}

function expectedAlarms({ status, ladders, desk }: Story): readonly string[] {
  if (status === 'acknowledged') return ['progress'];
  if (status !== 'open') return [];
  return [...ladders.keys()].map((of) => (of === desk ? 'escalation' : `escalation@${of}`)).sort();
}

function latestRing(story: Story, kind: string, at: Instant, bounds: Bounds): Instant {
  const [, desk = story.desk] = kind.split('@');
  const ladder = story.ladders.get(desk);
  const inForce = [story.policy, ladder?.policy ?? story.policy].map((policy) => boundsOf(bounds, policy));
  const longest = Math.max(...inForce.map((one) => one.longest), ladder?.desperate ? DESPERATE : 0);
  const starts = inForce.flatMap((one) => one.starts?.find((start) => start >= at) ?? at);
  return Math.max(at, ...starts) + longest;
}

/** A time that the owner named is his own; what counts duty hours is only known to be there. */
function latestProgress(story: Story, at: Instant, bounds: Bounds): Instant {
  const { progress } = boundsOf(bounds, story.policy);
  return story.waits || progress === undefined ? Number.POSITIVE_INFINITY : at + progress;
}

/** Promise 1, at an entry: a round keeps its distance from the one before, and no episode begins twice. */
export function checkRound(story: Story, told: Told, bounds: Bounds): void {
  if (told.type !== 'round.began/1' && told.type !== 'round.rang/1') return;
  const ladder = ladderOf(story, told);
  const { round = 0 } = told.data;
  if (round !== ladder.round + 1) {
    throw broken(story, `round ${round} of desk ${ladder.desk} follows round ${ladder.round}`);
  }
  if (round === 1) return;
  const apart = instant(told.at) - ladder.roundAt;
  const { roundMin } = boundsOf(bounds, ladder.policy);
  if (apart < roundMin) throw broken(story, tooSoon(ladder, round, apart, roundMin));
}

function tooSoon({ desk }: Ladder, round: number, apart: Duration, roundMin: Duration): string {
  return `round ${round} of desk ${desk} began ${apart / 1000} s after the one before; expected ${roundMin / 1000} s`;
}

function boundsOf(bounds: Bounds, policy: string): PolicyBounds {
  const found = bounds.get(policy);
  if (found === undefined) throw new Error(`the checker was told no bounds of the policy ${policy}`);
  return found;
}

function broken({ shortId }: Story, what: string): BrokenPromise {
  return new BrokenPromise(1, shortId, what);
}
