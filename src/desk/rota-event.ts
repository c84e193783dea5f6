import { DAY, HOUR, type Instant, rfc3339 } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { EntryDraft } from '../journal/entry.ts';
import { pagesTo } from '../paging/pages.ts';
import type { DueAlarm } from '../ports/queue.ts';
import type { Alarm, RequestRow, Step } from '../ports/steps.ts';
import { rank } from '../request/urgency.ts';
import type { Desk } from './desk.ts';
import { SYSTEM, streamOf } from './settle.ts';
import { settleRequest } from './settle-request.ts';
import type { DeskSetup } from './setup.ts';
import { loadWorld, progressDueAt } from './world.ts';

/** A rota that never changes is still looked at once a day. */
const LOOK_AGAIN = DAY;
/** Gaps are told this far ahead. */
const GAPS_AHEAD = 14 * DAY;

export function rotaStream(desk: string): string {
  return `rota/${desk}`;
}

/**
 * The people on duty change: the handover is journalled with the gaps ahead, each request that an officer who leaves
 * still holds goes by name to one who comes, and the next rota event is armed.
 */
export async function ringRota(desk: Desk, alarm: DueAlarm): Promise<void> {
  const setup = desk.setups.desk(alarm.desk);
  if (setup === undefined) return;
  const change = await armNext(desk, setup, alarm.dueAt, true);
  const leaving = change.before.filter((officer) => !change.after.includes(officer));
  for (const officer of leaving) {
    const held = (await desk.store.ownedBy(officer)).filter((row) => row.desk === setup.id);
    for (const row of held) await handOver(desk, setup, row, officer, change.after);
  }
}

/** Arms the one `rota` alarm of a desk: at start, at each revision and after each change of the rota. */
export async function armRota(desk: Desk, setup: DeskSetup): Promise<void> {
  await armNext(desk, setup, desk.clock.now(), false);
}

type Handover = { readonly before: readonly OfficerId[]; readonly after: readonly OfficerId[] };

async function armNext(desk: Desk, setup: DeskSetup, at: Instant, tell: boolean): Promise<Handover> {
  return desk.store.step(rotaStream(setup.id), async (step) => {
    const rota = setup.rota(await step.overrides(setup.id));
    const now = desk.clock.now();
    const before = rota.onDuty(at - 1);
    const after = rota.onDuty(now);
    const gaps = rota.gaps({ start: now, end: now + GAPS_AHEAD });
    const entry: EntryDraft = {
      type: 'duty.handed_over/1',
      actor: SYSTEM,
      data: {
        from: before,
        to: after,
        gaps: gaps.map(({ start, end }) => ({ start: rfc3339(start), end: rfc3339(end) })),
      },
    };
    const next = rota.nextChange(now) ?? now + LOOK_AGAIN;
    const alarm: Alarm = { kind: 'rota', desk: setup.id, rank: rank('urgent'), dueAt: next };
    const told = tell && !same(before, after);
    await step.save({ stream: rotaStream(setup.id), at: now, entries: told ? [entry] : [], alarms: [alarm] });
    return { before, after };
  });
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
  await desk.store.step(streamOf(id), async (step) => {
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
