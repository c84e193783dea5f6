import type { Duration } from '../../rota/instant.ts';

/** Waiting, so that a run on a set clock can be repeated. */
export interface Timers {
  /** Resolves after `duration`, or as soon as `signal` is aborted. Never throws. */
  wait(duration: Duration, signal?: AbortSignal): Promise<void>;
}
