import type { Instant } from '../../rota/instant.ts';
import type { NodeBoot } from './queue.ts';

export interface Nodes {
  beat(by: NodeBoot, now: Instant, revision: number): Promise<void>;
  /** True when this node holds the lease; a holder silent since `silentSince` has lost it. */
  lease(name: string, by: NodeBoot, silentSince: Instant): Promise<boolean>;
  /** A write that proves the store takes writes; throws `StoreUnavailable`. */
  probe(now: Instant): Promise<void>;
}
