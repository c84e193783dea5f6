import { setTimeout as sleep } from 'node:timers/promises';
import type { Timers } from '../ports/timers.ts';

/** The timers of the process. What waits does not keep it alive. */
export const realTimers: Timers = {
  async wait(duration, signal) {
    await sleep(duration, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }).catch(
      () => undefined,
    );
  },
};
