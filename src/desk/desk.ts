import type { Chance } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import type { Register } from '../ports/register.ts';
import type { Search } from '../ports/search.ts';
import type { Steps } from '../ports/steps.ts';
import type { Setups } from './setup.ts';

/** What every use case works with. */
export type Desk = {
  readonly store: Steps & Register & Search;
  readonly setups: Setups;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Secret key of the hashes by which likeness is found. */
  readonly key: Uint8Array;
  /** Called after a commit by which a request stopped ringing, so that what is on its way can be recalled. */
  readonly onQuiet?: (requestId: string) => void;
};

/** Ids of the channels of a desk, which show its requests. */
export function channelsOf(setups: Setups): (desk: string) => readonly string[] {
  return (desk) => setups.desk(desk)?.channels.map(({ id }) => id) ?? [];
}
