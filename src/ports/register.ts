import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { StreamHead } from '../journal/marks.ts';
import type { RequestState } from '../request/state.ts';
import type { AttachmentRow, NewDelivery, Reads, RequestRow, StreamName } from './steps.ts';

/** Questions about requests, answered from what is committed. */
export interface Register extends Reads {
  /** The newest, should two desks have used the same letters. */
  byReference(reference: string): Promise<RequestRow | undefined>;
  /** A request or a bundle by its short id, case ignored; undefined when it was never given. */
  byShortId(shortId: string): Promise<{ readonly requests: readonly string[]; readonly bundle: boolean } | undefined>;
  /** Requests of these desks, and those that these desks were paged for, in these states; most urgent first, then oldest. */
  board(
    desks: readonly string[],
    statuses: readonly RequestState['status'][],
    limit: number,
  ): Promise<readonly RequestRow[]>;
  /** How many requests these desks have in these states. */
  count(desks: readonly string[], statuses: readonly RequestState['status'][]): Promise<number>;
  /** Open or acknowledged requests whose owner is `officer`. */
  ownedBy(officer: OfficerId): Promise<readonly RequestRow[]>;
  /** Entries of a stream from the number `from` on. */
  entries(stream: StreamName, from: number, limit: number): Promise<readonly StoredEntry[]>;
  /** The ends of all streams that have entries, by name. */
  heads(): Promise<readonly StreamHead[]>;
  attachments(requestId: string): Promise<readonly AttachmentRow[]>;
  /**
   * Deliveries of a request, oldest first. Of more than `most`, those that were claimed last, before any that was not: what
   * rings for days has thousands.
   */
  deliveries(requestId: string, most: number): Promise<readonly DeliveryRow[]>;
  /**
   * Of the `most` pages to the officer that were claimed last: those by this type of method that were handed over and may
   * still ask for something, of each request the newest; oldest first. Their request wants pages, or the officer has it and
   * they tell him something (`reminder`, `file`, `handover`), or they are about a clock.
   */
  ringing(officer: OfficerId, methodType: string, most: number): Promise<readonly DeliveryRow[]>;
  /** Bundles that the request travelled in, oldest first. */
  bundlesOf(requestId: string): Promise<readonly BundleRow[]>;
}

export type BundleRow = { readonly id: string; readonly shortId: string; readonly requests: readonly string[] };

export type StoredEntry = {
  readonly stream: StreamName;
  readonly n: number;
  readonly at: Instant;
  readonly type: string;
  readonly body: string;
  readonly hash: string;
};

export type DeliveryRow = NewDelivery & {
  readonly state: 'pending' | 'claimed' | 'handed_over' | 'failed' | 'cancelled';
  readonly attempts: number;
  readonly claimedAt?: Instant;
  readonly finishedAt?: Instant;
  readonly code?: string;
  readonly bundleId?: string;
};
