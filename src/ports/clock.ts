import type { Instant } from '../../rota/instant.ts';

/** The time. In a running process it never goes back (see engine/steady-clock.ts); in tests it is set. */
export interface Clock {
  now(): Instant;
}
