import type { DeskSetup, Setups } from '../../src/desk/setup.ts';
import type { Limits } from '../../src/paging/policy.ts';

/** One configuration that never changes. */
export function fixedSetups(desks: readonly DeskSetup[], limits: Limits = {}): Setups {
  return {
    newest: () => 1,
    desk: (id) => desks.find((desk) => desk.id === id),
    desks: () => desks,
    limits: () => limits,
    load: async () => undefined,
  };
}
