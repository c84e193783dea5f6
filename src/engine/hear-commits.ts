import type { Change, Steps } from '../ports/steps.ts';
import type { EntryType } from '../request/entries.ts';

/** Lets a commit be heard by those who are built after the store. */
export class Listeners {
  /** Something was committed. */
  committed: () => void = () => undefined;
  /** Among it, a request was closed. */
  closed: () => void = () => undefined;
  /** A request stopped ringing. */
  quiet: (requestId: string) => void = () => undefined;
}

const CLOSED: EntryType = 'request.closed/1';

/** The same store; what its steps committed is told at once, so that the engine looks for what follows from it. */
export function heard<S extends Steps>(store: S, listeners: Listeners): S {
  const step: Steps['step'] = async (owner, work) => {
    let closes = false;
    const result = await store.step(owner, (inside) => {
      // A step that has to be begun again saves again.
      closes = false;
      const save = (change: Change) => {
        closes ||= change.entries.some(({ type }) => type === CLOSED);
        return inside.save(change);
      };
      return work({ ...inside, save });
    });
    listeners.committed();
    if (closes) listeners.closed();
    return result;
  };
  return { ...store, step };
}
