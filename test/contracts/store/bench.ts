import type { Store } from '../../../src/ports/store.ts';

/** A store under test, empty but for its installation, and what a test may do to it from outside. */
export type Bench = {
  readonly store: Store;
  /** One more store over the same data, as another node has it; where only one process may open it, the same. */
  another(): Promise<Store>;
  /** The store as it is found after it was closed. */
  reopen(): Promise<Store>;
  /** Changes or removes the first journal entry behind the store's back; rejects when that is prevented. */
  tamper(how: 'change' | 'remove'): Promise<void>;
  close(): Promise<void>;
};

export type MakeBench = () => Promise<Bench>;

/** Runs `test` on a bench of its own. */
export function onBench(make: MakeBench, test: (store: Store, bench: Bench) => Promise<void>): () => Promise<void> {
  return async () => {
    const bench = await make();
    try {
      await test(bench.store, bench);
    } finally {
      await bench.close();
    }
  };
}
