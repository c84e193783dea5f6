import type { Instant } from '../../rota/instant.ts';
import type { OfficerId, Override } from '../../rota/rota.ts';
import type { StoredContent } from '../journal/content.ts';
import type { EntryDraft } from '../journal/entry.ts';
import type { ContactMethod } from '../paging/policy.ts';
import type { RequestState } from '../request/state.ts';
import type { Urgency } from '../request/urgency.ts';
import type { Revision } from './revisions.ts';

/** `request/<uuid>`, `rota/<desk>`, `installation`, `access/<desk>/<YYYY-MM>`; see docs/journal.md. */
export type StreamName = string;

/**
 * Steps: everything that changes a request, a rota or the installation. One step is one transaction; it locks its owner
 * before it reads anything, so of two steps on one stream the second sees what the first saved.
 */
export interface Steps {
  /**
   * Runs `work` in one transaction that holds the lock of `owner` (a stream, or `register/<desk>` for intake) and
   * commits when `work` returns. When it throws nothing is kept. No network call may happen inside, no error may be
   * caught inside, and inside only `step` may be asked: any other question to the store is refused, since it would
   * wait for this very step. Throws `StoreUnavailable` when the store cannot answer now; where that says `unknown`, the
   * commit may have got through, and an id that was made before the step tells when it is looked up.
   */
  step<T>(owner: StreamName, work: (step: Step) => Promise<T>): Promise<T>;
}

export interface Step extends Reads {
  /** Locks one more stream after the owner and returns its request, as saved last. */
  lock(stream: StreamName): Promise<RequestRow | undefined>;
  /** The alarm as it is armed now: picked without a lock, it may have been rung or moved since. */
  armed(stream: StreamName, kind: AlarmKind): Promise<Alarm | undefined>;
  /** The next number of the desk's register in a year, gapless; only under the lock `register/<desk>`. */
  nextNumber(desk: string, year: number): Promise<number>;
  /** Takes the first of the `candidates` that was never used in this installation; throws when none is free. */
  takeShortId(candidates: readonly string[], kind: 'request' | 'bundle', target: string): Promise<string>;
  /** How many short ids were ever taken: five characters are drawn once a quarter of those with four is used. */
  shortIdsTaken(): Promise<number>;
  /**
   * Writes what came of a claimed delivery. False, and nothing is written, when it has been claimed anew since
   * (`fence`): then somebody else reports its outcome. A page that is to be tried again, but that its request does not
   * want any more, is cancelled instead.
   */
  finishDelivery(id: string, fence: number, result: DeliveryResult): Promise<boolean>;
  /** Appends, projects, arms, disarms, enqueues: all that this step decided for one stream. */
  save(change: Change): Promise<void>;
}

/** What can be asked inside a step (under its lock) and outside (as committed last). */
export interface Reads {
  request(id: string): Promise<RequestRow | undefined>;
  /** Methods of the officers and of the desk's duty that were not removed, in their order. */
  contactMethods(officers: readonly OfficerId[], desk: string): Promise<readonly ContactMethod[]>;
  suspended(officers: readonly OfficerId[]): Promise<readonly OfficerId[]>;
  /** In the order in which they were made. */
  overrides(desk: string): Promise<readonly Override[]>;
  /**
   * Pages to these officers that were claimed since `since` or are still to go: for bundles and limits. One that is
   * tried again counts as both. Of each officer at most the `most` (100) newest and the `most` next: it must not be less
   * than any limit allows.
   */
  recentPages(officers: readonly OfficerId[], since: Instant, most?: number): Promise<readonly RecentPage[]>;
  /** The newest request of this source with this keyed hash of its own reference. */
  bySourceReference(source: string, ownReferenceKey: string): Promise<RequestRow | undefined>;
  /** Requests of the desk that share a likeness key, newest first, each once, at most `limit`. */
  alike(desk: string, keys: readonly string[], limit: number): Promise<readonly Alike[]>;
  idempotent(source: string, key: string): Promise<Idempotent | undefined>;
  /** Pieces of content by id; one that never was is missing from the answer. */
  contents(ids: readonly string[]): Promise<ReadonlyMap<string, StoredContent>>;
  revision(number: number): Promise<Revision | undefined>;
}

export type RequestRow = {
  readonly id: string;
  readonly desk: string;
  readonly reference: string;
  readonly shortId: string;
  readonly source: string;
  readonly ownReferenceKey?: string;
  readonly urgency: Urgency;
  readonly status: RequestState['status'];
  readonly owner?: OfficerId;
  /** False from the acknowledgement on: the claim of a delivery checks it in its own statement. */
  readonly wantsPages: boolean;
  /** Number of the last entry of its stream. */
  readonly version: number;
  readonly state: RequestState;
  readonly receivedAt: Instant;
};

export type RecentPage = {
  readonly requestId: string;
  readonly officer: OfficerId;
  readonly methodId: string;
  readonly methodType: string;
  /** When it was claimed, or when it is due. */
  readonly at: Instant;
  readonly waiting: boolean;
};

export type Alike = { readonly requestId: string; readonly type: string; readonly shortId: string };

export type Idempotent = { readonly requestId: string; readonly bodySha256: string; readonly at: Instant };

/** Everything that one step changes for one stream. Absent means unchanged. */
export type Change = {
  readonly stream: StreamName;
  readonly at: Instant;
  readonly entries: readonly EntryDraft[];
  readonly contents?: readonly Content[];
  /** The projection after the entries; `version` is filled in by the store. */
  readonly request?: Omit<RequestRow, 'version'>;
  /** All alarms of the stream from now on; those that are not listed are disarmed. */
  readonly alarms?: readonly Alarm[];
  readonly deliveries?: readonly NewDelivery[];
  /** Pages that are to go sooner than they were due. */
  readonly advance?: readonly { readonly id: string; readonly dueAt: Instant }[];
  /** Cancels every page of the request that is not claimed; those in `deliveries` are new and stay. */
  readonly cancelPages?: boolean;
  /** Channels whose card must show the new version; needs `request`. */
  readonly views?: readonly string[];
  /** Other desks on whose board the request stands too, from now on; needs `request`. */
  readonly pagedDesks?: readonly string[];
  /** Needs `request`. */
  readonly likeness?: readonly { readonly key: string; readonly type: string }[];
  readonly attachments?: readonly AttachmentRow[];
  /** A change to a desk's rota, in the stream of the rota and with an entry that tells of it. */
  readonly override?: { readonly id: string; readonly desk: string; readonly override: Override };
  /** Takes the place of an earlier request under the same key. */
  readonly idempotent?: {
    readonly source: string;
    readonly key: string;
    readonly bodySha256: string;
    readonly requestId: string;
  };
  /** Bytes of the inbox that are now a request. */
  readonly inboxDone?: string;
};

/** A piece of case content with the salt of its digest. The only thing that can be erased. */
export type Content = { readonly id: string; readonly salt: Uint8Array; readonly bytes: Uint8Array };

export type AttachmentRow = {
  readonly id: string;
  readonly requestId: string;
  readonly labelId: string;
  readonly contentId: string;
  readonly sha256: string;
  readonly size: number;
};

/** `escalation`, `escalation@<desk>`, `progress`, `clock`, `rota`. */
export type AlarmKind = string;
/** `rank` is that of an urgency: the most urgent alarm rings first. */
export type Alarm = { readonly kind: AlarmKind; readonly desk: string; readonly rank: number; readonly dueAt: Instant };

export type NewDelivery = {
  readonly id: string;
  readonly desk: string;
  readonly requestId: string;
  /** `page` rings a person; `notice` tells a channel. */
  readonly kind: 'page' | 'notice';
  /**
   * Why it is sent. `step` and `last_resort` only while the request wants pages; `reminder`, `file`, `clock`, `handover`
   * and `stuck` in any case.
   */
  readonly reason: string;
  readonly urgency: Urgency;
  readonly rank: number;
  readonly shortId: string;
  readonly officer?: OfficerId;
  readonly methodId: string;
  readonly methodType: string;
  readonly address: string;
  /** May travel with others to the same officer by the same method. */
  readonly bundleable: boolean;
  readonly dueAt: Instant;
  /** Tried again after temporary failures until then. */
  readonly giveUpAt: Instant;
};

export type DeliveryResult =
  | { readonly state: 'handed_over'; readonly at: Instant; readonly ref?: string }
  | { readonly state: 'failed'; readonly at: Instant; readonly code: string }
  /** Again at `dueAt`. `unknown`: nobody knows whether the far side took it. */
  | {
      readonly state: 'pending';
      readonly at: Instant;
      readonly dueAt: Instant;
      readonly code: string;
      readonly unknown: boolean;
    };
