import { StoreUnavailable } from '../../ports/store.ts';
import { Inside } from '../inside.ts';
import type { RowChange } from './table.ts';
import type { Tables } from './tables.ts';

/** Tables as one transaction sees them. */
export interface Access {
  readonly tables: Tables;
  /**
   * Said before each question and each change, as a statement would be sent there. Throws when the transaction is over,
   * or when whoever listens wants it to end here.
   */
  at(point: string): void;
  /** Keeps it from being committed. */
  fail(error: unknown): void;
}

/** Called before each statement, before a commit (`commit`) and after it (`committed`); what it throws ends the step there. */
export type Between = (point: string) => void;

/** Hears of each commit, in their order, before anybody else can: the rows it changed. Must not throw. */
export type OnCommit = (changes: readonly RowChange[]) => void;

/** One transaction after another over the same tables. */
export class MemoryDatabase {
  readonly tables: Tables;
  readonly #between: Between;
  readonly #onCommit: OnCommit | undefined;
  readonly #inside = new Inside<Session>();
  #turn: Promise<unknown> = Promise.resolve();
  #running: Session | undefined;
  #closed = false;

  constructor(tables: Tables, between: Between, onCommit?: OnCommit) {
    this.tables = tables;
    this.#between = between;
    this.#onCommit = onCommit;
  }

  async transaction<T>(work: (access: Access) => Promise<T>): Promise<T> {
    this.#inside.refuse();
    const turn = this.#turn.then(() => this.#run(work));
    this.#turn = turn.catch(() => undefined);
    const result = await turn;
    this.#between('committed');
    return result;
  }

  /** Ends it as the death of the process would: what is not committed is gone, what still runs gets no further. */
  close(): void {
    this.#closed = true;
    this.#running?.rollback();
  }

  async #run<T>(work: (access: Access) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreUnavailable('closed', false);
    const session = new Session(this.tables, this.#between);
    this.#running = session;
    try {
      session.at('begin');
      const result = await this.#inside.run(session, () => work(session));
      session.commit(this.#onCommit);
      return result;
    } catch (error) {
      session.rollback();
      throw error;
    } finally {
      this.#running = undefined;
    }
  }
}

class Session implements Access {
  readonly tables: Tables;
  readonly #between: Between;
  #failure: Error | undefined;
  open = true;

  constructor(tables: Tables, between: Between) {
    this.tables = tables;
    this.#between = between;
  }

  at(point: string): void {
    if (!this.open) throw new StoreUnavailable('the transaction is over', false);
    if (this.#failure !== undefined) throw this.#failure;
    this.#between(point);
  }

  fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
  }

  commit(onCommit: OnCommit | undefined): void {
    this.at('commit');
    this.open = false;
    onCommit?.(this.tables.undo.changes());
    this.tables.undo.forget();
  }

  rollback(): void {
    if (!this.open) return;
    this.open = false;
    this.tables.undo.rollback();
  }
}
