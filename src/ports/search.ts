import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { RequestState } from '../request/state.ts';
import type { Urgency } from '../request/urgency.ts';
import type { RequestRow } from './steps.ts';

/** Nobody reads further; who has found so many asks again with more words. */
export const MOST_COUNTED = 1000;

/** The full text of requests: what was said, by whom and about what, found by its words. */
export interface Search {
  /**
   * The first requests that all of this is true of, those that are not closed before those that are, each newest first,
   * and how many there are in all, counted as far as `MOST_COUNTED`. Without terms, by the conditions alone. `limit` is
   * at most that.
   */
  findRequests(asked: Asked, limit: number): Promise<{ readonly rows: readonly RequestRow[]; readonly total: number }>;
  /** Entries of these requests that have one of these types, of each request the newest `most`; oldest first. */
  entriesOf(
    requestIds: readonly string[],
    types: readonly string[],
    most: number,
  ): Promise<readonly { readonly requestId: string; readonly type: string; readonly body: string }[]>;
  /** What the search has not taken in yet, in no order; every step that saves content adds to it by itself. */
  searchDue(limit: number): Promise<readonly SearchDue[]>;
  /**
   * Adds the words to those of their request, and what was due is no longer. Nothing happens to one whose content was
   * erased since it was read: it stays due.
   */
  takeIn(read: readonly ReadForSearch[]): Promise<void>;
  /**
   * Erases pieces of case content, and every word of their requests from the index; what is left of those is due again.
   * No word that only stood there remains in the files of the store; where the store is no file of ours, as far as
   * the database sees to it. One that was never kept, or was erased before, stays as it is.
   */
  eraseContents(ids: readonly string[], at: Instant): Promise<void>;
}

/**
 * A word as it is indexed: letters and digits, a point between parts, `=` before what must be met whole. Any other finds
 * nothing. `prefix`: or any that begins with it.
 */
export type SearchTerm = { readonly word: string; readonly prefix: boolean };

export type Asked = {
  readonly terms: readonly SearchTerm[];
  /** Any of them; absent: any at all. */
  readonly statuses?: readonly RequestState['status'][];
  readonly urgencies?: readonly Urgency[];
  readonly kinds?: readonly string[];
  readonly owner?: OfficerId;
  /** Somebody has it and waits for something. */
  readonly waiting?: true;
  /** Received then or later. */
  readonly since?: Instant;
  /** Received before. */
  readonly before?: Instant;
  /** Only these. */
  readonly only?: readonly string[];
  /** Not these. */
  readonly except?: readonly string[];
  /** Who asks: only what his desks have or were paged for, what he has or was paged for. Absent: everything. */
  readonly seenBy?: { readonly desks: readonly string[]; readonly officer: OfficerId };
};

/** Entries of a request, from the number `n` to the number `last`. */
export type SearchDue = { readonly requestId: string; readonly n: number; readonly last: number };

export type ReadForSearch = {
  readonly due: SearchDue;
  /** The pieces that the words were read from. */
  readonly contents: readonly string[];
  readonly words: readonly string[];
};
