import { type Duration, HOUR, type Instant, MINUTE } from '../../../rota/instant.ts';
import type { Limit } from '../../paging/policy.ts';

/** What a source may send when nothing else is set: far above any real day, far below what drowns a desk. */
export const DEFAULT_RATE: readonly Limit[] = [
  { max: 60, within: MINUTE },
  { max: 600, within: HOUR },
];

/**
 * How fast each source sends, by sliding windows. Kept in memory: after a restart everybody begins anew, which lets more
 * through and never less.
 */
export class Rate {
  readonly #limits: readonly Limit[];
  readonly #longest: Duration;
  /** When each source sent what was let through, oldest first. */
  readonly #sent = new Map<string, Instant[]>();

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
    this.#longest = Math.max(0, ...limits.map(({ within }) => within));
  }

  /** Counts one more at `now`; false, and not counted, when that is more than the source may send. */
  take(source: string, now: Instant): boolean {
    const sent = this.#recent(source, now);
    if (this.#limits.some((limit) => isReached(limit, sent, now))) return false;
    sent.push(now);
    return true;
  }

  /** How long until there is room again; 0 when there is. */
  wait(source: string, now: Instant): Duration {
    const sent = this.#recent(source, now);
    const waits = this.#limits.filter((limit) => isReached(limit, sent, now)).map((limit) => roomIn(limit, sent, now));
    return Math.max(0, ...waits);
  }

  #recent(source: string, now: Instant): Instant[] {
    const recent = (this.#sent.get(source) ?? []).filter((at) => at > now - this.#longest);
    this.#sent.set(source, recent);
    return recent;
  }
}

function isReached({ max, within }: Limit, sent: readonly Instant[], now: Instant): boolean {
  return sent.filter((at) => at > now - within).length >= max;
}

function roomIn({ max, within }: Limit, sent: readonly Instant[], now: Instant): Duration {
  const oldest = sent.filter((at) => at > now - within).at(-max) ?? now;
  return oldest + within - now;
}
