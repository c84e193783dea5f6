import type { OfficerId } from '../../rota/rota.ts';
import type { Config, Desk as ConfiguredDesk } from '../config/config.ts';
import { requestStream } from '../journal/stream.ts';
import type { Register } from '../ports/register.ts';
import type { Desk } from './desk.ts';
import { SYSTEM } from './settle.ts';
import { settleRequest } from './settle-request.ts';

/** An officer whom a new configuration no longer has, though something still hangs on him. */
export type Leaver = {
  readonly officer: OfficerId;
  readonly desk: string;
  readonly why: 'has_shifts' | 'holds_requests';
};

/**
 * Who would leave a desk without anybody named to take over: officers in its rota (who is on duty, or will be) and owners
 * of its requests. Empty when the new configuration may be applied.
 */
export async function leaversWithoutSuccessor(
  register: Pick<Register, 'ownedBy'>,
  before: Config,
  after: Config,
): Promise<readonly Leaver[]> {
  const named = new Set(after.left.map(({ officer }) => officer));
  const leavers: Leaver[] = [];
  for (const desk of before.desks) {
    const stay = membersOf(after.desks.find(({ id }) => id === desk.id));
    for (const officer of membersOf(desk)) {
      if (stay.includes(officer) || named.has(officer)) continue;
      const holds = (await register.ownedBy(officer)).some((row) => row.desk === desk.id);
      if (holds) leavers.push({ officer, desk: desk.id, why: 'holds_requests' });
      else if (desk.rota.participants.flat().includes(officer))
        leavers.push({ officer, desk: desk.id, why: 'has_shifts' });
    }
  }
  return leavers;
}

function membersOf(desk: ConfiguredDesk | undefined): readonly OfficerId[] {
  return desk?.officers.map(({ id }) => id) ?? [];
}

/** What those who left still hold goes by name to their successors, who are paged for it like after any reassignment. */
export async function handOverFrom(desk: Desk, left: Config['left']): Promise<void> {
  for (const { officer, to } of left) {
    for (const { id } of await desk.store.ownedBy(officer)) await reassign(desk, id, officer, to);
  }
}

async function reassign(desk: Desk, id: string, from: OfficerId, to: OfficerId): Promise<void> {
  await desk.store.step(requestStream(id), async (step) => {
    const row = await step.request(id);
    if (row?.state.status !== 'acknowledged' || row.state.owner !== from) return;
    const { state } = row;
    const now = desk.clock.now();
    const policy = desk.setups.desk(state.desk)?.policyFor(state.urgency, state.row) ?? state.policy;
    const data = { by: from, to, policy, revision: desk.setups.newest() };
    const entries = [{ type: 'request.reassigned/1', data } as const];
    const { change } = await settleRequest(desk, step, { before: state, entries, actor: SYSTEM, now, keys: row });
    await step.save(change);
  });
}

/** One line for a person: what was wrong, what was expected, what to do. */
export function leaverText({ officer, desk, why }: Leaver): string {
  const what = why === 'has_shifts' ? `has shifts in the rota of ${desk}` : `holds requests of ${desk}`;
  return `${officer} is no longer there but ${what}; expected somebody who takes over. Add to the file: left: [{ officer: ${officer}, to: … }]`;
}
