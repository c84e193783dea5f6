import { DAY, HOUR, type Instant, rfc3339 } from '../../rota/instant.ts';
import type { OfficerId, Rota } from '../../rota/rota.ts';
import type { EntryDraft } from '../journal/entry.ts';
import { requestStream, rotaStream } from '../journal/stream.ts';
import { pagesTo } from '../paging/pages.ts';
import type { DueAlarm } from '../ports/queue.ts';
import type { Alarm, RequestRow, Step } from '../ports/steps.ts';
import { rank } from '../request/urgency.ts';
import type { Desk } from './desk.ts';
import { SYSTEM } from './settle.ts';
import { settleRequest } from './settle-request.ts';
import type { DeskSetup } from './setup.ts';
import { loadWorld, progressDueAt } from './world.ts';

/** A rota that never changes is still looked at once a day. */
const LOOK_AGAIN = DAY;
/** Gaps are told this far ahead. */
const GAPS_AHEAD = 14 * DAY;

/** What a ringing went by: when it looked, and at how many overrides (which are never changed). */
type Seen = { readonly alarm: DueAlarm; readonly now: Instant; readonly overrides: number };

/**
 * The people on duty change: each request that an officer who leaves still holds goes by name to one who comes, then the
 * handover is journalled with the gaps ahead, and the next rota event is armed. Whoever left since the alarm was due has
 * left, however many shifts that were. Cut short, it rings again and finds what is handed over already.
 */
export async function ringRota(desk: Desk, alarm: DueAlarm): Promise<void> {
  const setup = desk.setups.desk(alarm.desk);
  if (setup === undefined) return;
  const now = desk.clock.now();
  const overrides = await desk.store.overrides(setup.id);
  const rota = setup.rota(overrides);
  const before = rota.onDuty(alarm.dueAt - 1);
  const onDuty = rota.onDuty(now);
  const were = rota.shifts({ start: alarm.dueAt - 1, end: now }).flatMap(({ officers }) => officers);
  const leaving = [...new Set(were)].filter((officer) => !onDuty.includes(officer));
  // Who has just come has less in hand than who was there all the time.
  const to = onDuty.find((officer) => !before.includes(officer)) ?? onDuty[0];
  for (const officer of leaving) {
    const held = (await desk.store.ownedBy(officer)).filter((row) => row.desk === setup.id);
    for (const row of held) await handOver(desk, setup, row, officer, to);
  }
  await armNext(desk, setup, { alarm, now, overrides: overrides.length });
}

/** Arms the one `rota` alarm of a desk: at start, at each revision and after each change of the rota. */
export async function armRota(desk: Desk, setup: DeskSetup): Promise<void> {
  await armNext(desk, setup, undefined);
}

/**
 * One step of the rota. What somebody else has rung meanwhile is not rung twice; what is overdue is left to ring; where an
 * override came in while it rang, it rings once more, with that.
 */
async function armNext(desk: Desk, setup: DeskSetup, seen: Seen | undefined): Promise<void> {
  const stream = rotaStream(setup.id);
  await desk.store.step(stream, async (step) => {
    const at = desk.clock.now();
    const standing = await step.armed(stream, 'rota');
    if (seen === undefined ? isOverdue(standing, at) : standing?.dueAt !== seen.alarm.dueAt) return;
    const overrides = await step.overrides(setup.id);
    if (seen !== undefined && overrides.length !== seen.overrides) return;
    const rota = setup.rota(overrides);
    const now = seen?.now ?? at;
    const entries = seen === undefined ? [] : handoverEntries(rota, seen.alarm.dueAt, now);
    await step.save({ stream, at, entries, alarms: [nextRotaAlarm(setup, rota, now)] });
  });
}

/** The alarm for the first change of the people on duty after `after`. */
export function nextRotaAlarm(setup: DeskSetup, rota: Rota, after: Instant): Alarm {
  return { kind: 'rota', desk: setup.id, rank: rank('urgent'), dueAt: rota.nextChange(after) ?? after + LOOK_AGAIN };
}

export function isOverdue(alarm: Alarm | undefined, now: Instant): boolean {
  return alarm !== undefined && alarm.dueAt <= now;
}

function handoverEntries(rota: Rota, dueAt: Instant, now: Instant): readonly EntryDraft[] {
  const from = rota.onDuty(dueAt - 1);
  const to = rota.onDuty(now);
  if (same(from, to)) return [];
  const ahead = rota.gaps({ start: now, end: now + GAPS_AHEAD });
  const gaps = ahead.map(({ start, end }) => ({ start: rfc3339(start), end: rfc3339(end) }));
  return [{ type: 'duty.handed_over/1', actor: SYSTEM, data: { from, to, gaps } }];
}

function same(a: readonly OfficerId[], b: readonly OfficerId[]): boolean {
  return a.length === b.length && a.every((officer) => b.includes(officer));
}

/** With nobody coming the request stays with its owner, whose progress alarm goes on. */
async function handOver(
  desk: Desk,
  setup: DeskSetup,
  { id }: RequestRow,
  from: OfficerId,
  to: OfficerId | undefined,
): Promise<void> {
  if (to === undefined) return;
  await desk.store.step(requestStream(id), async (step) => {
    const row = await step.request(id);
    if (row?.state.status !== 'acknowledged' || row.state.owner !== from) return;
    await saveHandover(desk, setup, step, row, from, to);
  });
}

async function saveHandover(
  desk: Desk,
  setup: DeskSetup,
  step: Step,
  row: RequestRow,
  from: OfficerId,
  to: OfficerId,
): Promise<void> {
  const { state } = row;
  const now = desk.clock.now();
  const loaded = await loadWorld(step, desk.setups, state, now, desk.chance.id);
  const policy = loaded.world.policy(setup.id, state.policy, desk.setups.newest());
  const call = { requestId: state.id, urgency: state.urgency, began: now, until: now + HOUR };
  const pages = pagesTo(to, call, loaded.world.team(setup.id), loaded.world);
  const waiting = state.status === 'acknowledged' ? state.progress.dueAt : now;
  // A handover never puts the next progress off: what was due stays due.
  const dueAt = Math.min(waiting, progressDueAt(setup, policy, now));
  const data = { from, to, pages, progressDueAt: rfc3339(dueAt) };
  const entries = [{ type: 'request.handed_over/1', data } as const];
  await step.save((await settleRequest(desk, step, { before: state, entries, actor: SYSTEM, now, keys: row })).change);
}
