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

/**
 * The people on duty change: each request that an officer who leaves still holds goes by name to one who comes, then the
 * handover is journalled with the gaps ahead, and the next rota event is armed. Cut short, it rings again and finds what
 * is handed over already.
 */
export async function ringRota(desk: Desk, alarm: DueAlarm): Promise<void> {
  const setup = desk.setups.desk(alarm.desk);
  if (setup === undefined) return;
  const rota = setup.rota(await desk.store.overrides(setup.id));
  const coming = rota.onDuty(desk.clock.now());
  const leaving = rota.onDuty(alarm.dueAt - 1).filter((officer) => !coming.includes(officer));
  for (const officer of leaving) {
    const held = (await desk.store.ownedBy(officer)).filter((row) => row.desk === setup.id);
    for (const row of held) await handOver(desk, setup, row, officer, coming);
  }
  await armNext(desk, setup, alarm);
}

/** Arms the one `rota` alarm of a desk: at start, at each revision and after each change of the rota. */
export async function armRota(desk: Desk, setup: DeskSetup): Promise<void> {
  await armNext(desk, setup, undefined);
}

/** One step of the rota. What somebody else has rung meanwhile is not rung twice; what is overdue is left to ring. */
async function armNext(desk: Desk, setup: DeskSetup, rung: DueAlarm | undefined): Promise<void> {
  const stream = rotaStream(setup.id);
  await desk.store.step(stream, async (step) => {
    const now = desk.clock.now();
    const standing = await step.armed(stream, 'rota');
    if (rung === undefined ? standing !== undefined && standing.dueAt <= now : standing?.dueAt !== rung.dueAt) return;
    const rota = setup.rota(await step.overrides(setup.id));
    const dueAt = rota.nextChange(now) ?? now + LOOK_AGAIN;
    const alarms: Alarm[] = [{ kind: 'rota', desk: setup.id, rank: rank('urgent'), dueAt }];
    const entries = rung === undefined ? [] : handoverEntries(rota, rung.dueAt, now);
    await step.save({ stream, at: now, entries, alarms });
  });
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
  coming: readonly OfficerId[],
): Promise<void> {
  const [to] = coming;
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
