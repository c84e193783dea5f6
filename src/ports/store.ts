import type { Copier } from './backup.ts';
import type { Housekeeping } from './housekeeping.ts';
import type { Inbox } from './inbox.ts';
import type { Nodes } from './nodes.ts';
import type { People } from './people.ts';
import type { Queue } from './queue.ts';
import type { Register } from './register.ts';
import type { Revisions } from './revisions.ts';
import type { Search } from './search.ts';
import type { Sessions } from './sessions.ts';
import type { Steps } from './steps.ts';

export type Installation = { readonly id: string; readonly epoch: number; readonly key: Uint8Array };

/** All of the store, for the one place that wires it. */
export interface Store extends Steps, Queue, Register, Inbox, People, Nodes, Housekeeping, Search {
  readonly installation: Installation;
  readonly sessions: Sessions;
  readonly revisions: Revisions;
  /** Undefined where backups are the database's own business. */
  readonly copier?: Copier;
  close(): Promise<void>;
}

/** The store cannot answer now (locked, full, away). Carries a code and never a text of the store. */
export class StoreUnavailable extends Error {
  readonly code: string;
  /** True when a commit may have got through. */
  readonly unknown: boolean;
  constructor(code: string, unknown: boolean) {
    super(`the store cannot answer (${code})`);
    this.name = 'StoreUnavailable';
    this.code = code;
    this.unknown = unknown;
  }
}

/**
 * The store must not be opened: another process has it, it lies on a network file system, a newer release wrote it, or
 * a migration failed. Nobody but a person can help; the message says how.
 */
export class StoreRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StoreRefused';
  }
}
