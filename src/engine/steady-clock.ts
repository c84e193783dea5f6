import type { Duration, Instant } from '../../rota/instant.ts';
import type { Clock } from '../ports/clock.ts';

/** A step of the wall clock that was noticed: how far it is from the time this process goes by. */
export type ClockStep = { readonly at: Instant; readonly by: Duration };

/** Differences below this are the ordinary drift of two clocks. */
const NOTICEABLE: Duration = 1000;

/**
 * The time of a running process: the wall clock at start plus the monotonic clock. A step forward of the wall clock is
 * followed (a machine that slept must not be late), a step back is not (no window may last longer than it should).
 * `onStep` hears of both.
 */
export function steadyClock(
  wall: () => Instant,
  monotonic: () => Duration,
  onStep: (step: ClockStep) => void = () => undefined,
): Clock {
  let base = wall() - monotonic();
  let told = 0;
  return {
    now() {
      const steady = base + monotonic();
      const by = Math.round(wall() - steady);
      if (by > NOTICEABLE) {
        base += by;
        onStep({ at: Math.round(steady), by });
        return Math.floor(base + monotonic());
      }
      if (by < -NOTICEABLE && Math.abs(by - told) > NOTICEABLE) {
        told = by;
        onStep({ at: Math.round(steady), by });
      }
      return Math.floor(steady);
    },
  };
}
