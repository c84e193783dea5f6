import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Config } from '../config/config.ts';
import { requestStream } from '../journal/stream.ts';
import type { Register } from '../ports/register.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { RequestEntry } from '../request/entries.ts';
import { type Acknowledged, involvedDesks } from '../request/state.ts';
import type { Desk } from './desk.ts';
import { comingChanges, namedIn } from './leavers-duty.ts';
import { SYSTEM } from './settle.ts';
import { settleRequest } from './settle-request.ts';
import { desksWithOfficer, memberOf, type Setups } from './setup.ts';

/** An officer whom a desk of a new configuration no longer has, though something of it still hangs on him. */
export type Leaver = {
  readonly officer: OfficerId;
  readonly desk: string;
  /** He is in the rota: on duty, or will be. */
  readonly hasShifts: boolean;
  /** So many changes of the rota that run or are to come name him. */
  readonly changes: number;
  /** Short ids of the requests that he has. */
  readonly holds: readonly string[];
};

type Asked = Pick<Register, 'ownedBy' | 'overrides'>;
type Left = Config['left'];

/** More short ids than that are told by their number. */
const MOST_NAMED = 20;

/**
 * Who would leave a desk without anybody of the desk named to take over: officers in its rota, those that a change of the
 * rota names whose end is to come, and owners of its requests who would belong to no desk of it any more. Empty when the new
 * configuration may be applied.
 */
export async function leaversWithoutSuccessor(
  register: Asked,
  before: Config,
  after: Config,
  now: Instant,
): Promise<readonly Leaver[]> {
  const leavers: Leaver[] = [];
  for (const desk of before.desks) {
    const stay = membersIn(after, desk.id);
    const coming = comingChanges(await register.overrides(desk.id), now);
    const officers = new Set([...membersIn(before, desk.id), ...coming.flatMap(namedIn)]);
    for (const officer of officers) {
      if (stay.includes(officer) || successorIn(after.left, officer, stay) !== undefined) continue;
      const held = (await register.ownedBy(officer)).filter((row) => losesOwner(row, officer, desk.id, before, after));
      const leaver = {
        officer,
        desk: desk.id,
        hasShifts: desk.rota.participants.flat().includes(officer),
        changes: coming.filter((override) => namedIn(override).includes(officer)).length,
        holds: held.map(({ shortId }) => shortId),
      };
      if (leaver.hasShifts || leaver.changes > 0 || leaver.holds.length > 0) leavers.push(leaver);
    }
  }
  return leavers;
}

/**
 * Whether his request is left to nobody when he leaves this desk: he has it as one of the desk, or as one who was asked by
 * name, and no desk that is concerned by it, or none at all, has him afterwards.
 */
function losesOwner({ state }: RequestRow, officer: OfficerId, desk: string, before: Config, after: Config): boolean {
  const own = before.desks.map(({ id }) => id).filter((id) => membersIn(before, id).includes(officer));
  const concerned = own.filter((id) => involvedDesks(state).includes(id));
  const his = concerned.length > 0 ? concerned : own;
  return his.includes(desk) && !his.some((id) => membersIn(after, id).includes(officer));
}

function membersIn({ desks }: Config, desk: string): readonly OfficerId[] {
  return desks.find(({ id }) => id === desk)?.officers.map(({ id }) => id) ?? [];
}

/** Who was named to take over at the desk; nobody of another desk can. */
export function successorIn(left: Left, leaver: OfficerId, members: readonly OfficerId[]): OfficerId | undefined {
  return left.find(({ officer, to }) => officer === leaver && members.includes(to))?.to;
}

/**
 * What those who left still hold goes by name to their successors, who are paged for it like after any reassignment. Who is
 * still in a desk that is concerned by a request, or is back there, keeps it.
 */
export async function handOverFrom(desk: Desk, left: Left): Promise<void> {
  for (const officer of new Set(left.map((one) => one.officer))) {
    for (const row of await desk.store.ownedBy(officer)) {
      const setups = involvedDesks(row.state).flatMap((id) => desk.setups.desk(id) ?? []);
      if (setups.some((setup) => memberOf(setup, officer) !== undefined)) continue;
      const members = setups.flatMap((setup) => setup.officers.map(({ id }) => id));
      const to = successorIn(left, officer, members) ?? left.find((one) => one.officer === officer)?.to;
      if (to === undefined) continue;
      await takeFrom(desk, row.id, officer, ({ policy }) => ({
        type: 'request.reassigned/1',
        data: { by: officer, to, policy, revision: desk.setups.newest() },
      }));
    }
  }
}

/** More than any house has in hand; whatever is beyond goes up when its progress is due. */
const MOST_IN_HAND = 10_000;

/**
 * A request whose owner belongs to no desk any more goes up to a new round at once, as if he had not come on with it: he
 * took it while the configuration was applied that let him go.
 */
export async function takeFromNobody(desk: Desk): Promise<void> {
  const { setups, store } = desk;
  const desks = setups.desks().map(({ id }) => id);
  for (const { id, owner } of await store.board(desks, ['acknowledged'], MOST_IN_HAND)) {
    if (owner === undefined || desksWithOfficer(setups, owner).length > 0) continue;
    await takeFrom(desk, id, owner, ({ policy }) => ({
      type: 'progress.lapsed/1',
      data: { officer: owner, policy, revision: setups.newest() },
    }));
  }
}

/** One step, and none where somebody else has it by now. The policy is the newest for a request like it. */
async function takeFrom(
  desk: Desk,
  id: string,
  owner: OfficerId,
  entryFor: (newest: { readonly policy: string }) => RequestEntry,
): Promise<void> {
  await desk.store.step(requestStream(id), async (step) => {
    const row = await step.request(id);
    if (row?.state.status !== 'acknowledged' || row.state.owner !== owner) return;
    const entries = [entryFor({ policy: newestPolicy(desk.setups, row.state) })];
    const decided = { before: row.state, entries, actor: SYSTEM, now: desk.clock.now(), keys: row };
    await step.save((await settleRequest(desk, step, decided)).change);
  });
}

function newestPolicy(setups: Setups, { desk, urgency, row, policy }: Acknowledged): string {
  return setups.desk(desk)?.policyFor(urgency, row) ?? policy;
}

/** One line for a person: what was wrong, what was expected, what to do. */
export function leaverText({ officer, desk, hasShifts, changes, holds }: Leaver): string {
  const what = [
    ...(hasShifts ? ['has shifts in the rota'] : []),
    ...(changes > 0 ? [`is named in ${changes === 1 ? 'a change' : `${changes} changes`} of who is on duty`] : []),
    ...(holds.length > 0 ? [`holds ${shortIds(holds)}`] : []),
  ].join(' and ');
  return `${officer} is no longer in ${desk} but ${what}; expected somebody of ${desk} who takes over. Add to the file: left: [{ officer: ${officer}, to: … }]`;
}

function shortIds(all: readonly string[]): string {
  const named = all.slice(0, MOST_NAMED).join(', ');
  return all.length > MOST_NAMED ? `${named} and ${all.length - MOST_NAMED} more requests` : named;
}
