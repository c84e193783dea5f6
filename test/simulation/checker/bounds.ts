import type { Duration, Instant } from '../../../rota/instant.ts';

/** How long a policy may leave a request alone, as plain numbers. */
export type PolicyBounds = {
  /** The longest that may pass between two ringings of a round that reached somebody. */
  readonly longest: Duration;
  readonly roundMin: Duration;
  /** Longest wait without progress after an acknowledgement; undefined where duty hours are counted. */
  readonly progress?: Duration;
  /** Beginnings of duty hours, in time order, where the first step waits for them. */
  readonly starts?: readonly Instant[];
};
