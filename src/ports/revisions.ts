import type { Instant } from '../../rota/instant.ts';
import type { EntryDraft } from '../journal/entry.ts';

export interface Revisions {
  latest(): Promise<Revision | undefined>;
  revision(number: number): Promise<Revision | undefined>;
  /** Appends the next revision with its journal entry in the stream `installation`, in one transaction. */
  apply(text: string, sha256: string, author: EntryDraft['actor'], at: Instant): Promise<Revision>;
}

export type Revision = {
  readonly number: number;
  readonly at: Instant;
  /** The actor's name: an officer, a user of the machine, or `system`. */
  readonly author: string;
  readonly sha256: string;
  readonly text: string;
};
