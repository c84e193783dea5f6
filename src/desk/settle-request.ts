import type { Instant } from '../../rota/instant.ts';
import type { Actor } from '../journal/actor.ts';
import { isQuiet } from '../paging/plan.ts';
import type { Step } from '../ports/steps.ts';
import type { RequestEntry } from '../request/entries.ts';
import type { RequestState } from '../request/state.ts';
import { channelsOf, type Desk } from './desk.ts';
import { fold, type Keys, ordersPages, type Settled, settle } from './settle.ts';
import { loadWorld } from './world.ts';

export type Decided = {
  /** Undefined for a new request. */
  readonly before: RequestState | undefined;
  readonly entries: readonly RequestEntry[];
  readonly actor: Actor;
  readonly now: Instant;
  readonly keys?: Keys;
};

/**
 * What a step has to save for one request after what was decided. The people, rotas and methods are looked up only when
 * somebody may have to be rung.
 */
export async function settleRequest(desk: Desk, step: Step, decided: Decided): Promise<Settled> {
  const { before, entries, actor, now, keys = {} } = decided;
  const acted = fold(before, entries, now);
  const needsNobody = isQuiet(acted, now) && !entries.some(ordersPages);
  const loaded = needsNobody ? undefined : await loadWorld(step, desk.setups, acted, now, desk.chance.id);
  return settle(acted, entries, actor, loaded, now, keys, channelsOf(desk.setups));
}
