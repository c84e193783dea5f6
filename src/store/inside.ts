import { AsyncLocalStorage } from 'node:async_hooks';

/** A transaction, as long as it runs. */
export type Running = { readonly open: boolean };

/** Knows whether the code that runs was called, however indirectly, by the work of a transaction. */
export class Inside<T extends Running> {
  readonly #running = new AsyncLocalStorage<T>();

  run<R>(transaction: T, work: () => Promise<R>): Promise<R> {
    return this.#running.run(transaction, work);
  }

  /**
   * Refuses a question that is not asked of the transaction itself. With one connection it would wait for its own
   * transaction; with several it would not see what that wrote.
   */
  refuse(): void {
    if (this.#running.getStore()?.open !== true) return;
    throw new Error('the store was asked from inside of a step: ask the step, it holds the lock and the connection');
  }
}
