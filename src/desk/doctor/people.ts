import type { ContactMethod } from '../../paging/policy.ts';
import { type DeskSetup, memberOf } from '../setup.ts';
import type { Found } from './finding.ts';
import type { Look } from './look.ts';

/** With fewer officers than that, one who is away leaves another alone. */
const ENOUGH = 3;
const PAGER = 'pager';

/** Officers of a desk whom no page can reach: each of them is a step of a policy that comes to nothing. */
export async function methods(look: Look): Promise<readonly Found[]> {
  const found = await Promise.all(look.desks.map((desk) => methodsOf(look, desk)));
  return found.flat();
}

async function methodsOf(look: Look, desk: DeskSetup): Promise<readonly Found[]> {
  const { register } = look.reading;
  const ids = desk.officers.map(({ id }) => id);
  const all = await register.contactMethods(ids, desk.id);
  const suspended = await register.suspended(ids);
  const without = ids.filter(
    (id) => suspended.includes(id) || !all.some((method) => method.officer === id && canRing(look, method)),
  );
  const silent = [...new Set(all.map(({ type }) => type))].filter((type) => !look.ringing.includes(type));
  return [
    without.length === 0
      ? { code: 'methods_well', values: { desk: desk.id } }
      : { code: 'methods_missing', values: { desk: desk.id, count: without.length, officers: names(desk, without) } },
    ...silent.map((type) => ({ code: 'method_untried' as const, values: { desk: desk.id, type } })),
  ];
}

function canRing({ ringing }: Look, { type, verified }: ContactMethod): boolean {
  return verified && ringing.includes(type);
}

/** Another desk that is paged in an emergency stands behind a small one. */
export function team({ desks }: Look): readonly Found[] {
  return desks.map((desk) => {
    const values = { desk: desk.id, count: desk.officers.length };
    const steps = desk.policies[desk.policyFor('emergency', '')]?.steps ?? [];
    const isBacked = steps.some(({ targets }) => targets.some(({ kind }) => kind === 'desk'));
    return { code: desk.officers.length < ENOUGH && !isBacked ? 'team_small' : 'team_well', values };
  });
}

/** Whether those who are on duty now could be rung now, and whether somebody looks at the board. */
export async function reach(look: Look): Promise<readonly Found[]> {
  if (look.reach === undefined) return [{ code: 'reach_untried' }];
  const found = await Promise.all(look.desks.map((desk) => reachOf(look, desk)));
  return found.flat();
}

async function reachOf(look: Look, desk: DeskSetup): Promise<readonly Found[]> {
  const { register } = look.reading;
  const onDuty = desk.rota(await register.overrides(desk.id)).onDuty(look.now);
  const all = await register.contactMethods(onDuty, desk.id);
  const others = new Set(all.filter((method) => method.type !== PAGER && canRing(look, method)).map(ownerOf));
  // A method of the duty itself rings for whoever is on duty.
  const isReached = others.has(undefined) || onDuty.some((id) => others.has(id) || look.reach?.pager(id) === true);
  const values = { desk: desk.id, officers: names(desk, onDuty) };
  const board = { code: look.reach?.board(desk.id) === true ? 'board_open' : 'board_closed', values } as const;
  // With nobody on duty there is nobody to be rung: that is told as a gap.
  return onDuty.length === 0 ? [board] : [{ code: isReached ? 'pager_open' : 'pager_closed', values }, board];
}

function ownerOf({ officer }: ContactMethod): string | undefined {
  return officer;
}

function names(desk: DeskSetup, officers: readonly string[]): string {
  return officers.map((id) => memberOf(desk, id)?.name ?? id).join(', ');
}
