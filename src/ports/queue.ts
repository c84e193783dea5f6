import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Alarm, NewDelivery, StreamName } from './steps.ts';

/** The engine's work list. None of it is done under a request's lock. */
export interface Queue {
  /**
   * Alarms that are due, most urgent first, then oldest; one whose step failed comes after those that waited while it
   * was left alone. Picked without a lock, the step re-reads them.
   */
  dueAlarms(now: Instant, limit: number): Promise<readonly DueAlarm[]>;
  /** The alarm's step threw: it is left alone until `notBefore`. Nothing happens when it was armed anew since. */
  alarmFailed(alarm: DueAlarm, notBefore: Instant): Promise<void>;
  /** No alarm that is armed now rings before `until`, however long it has been due. */
  holdAlarms(until: Instant): Promise<void>;
  /** What was held until then rings when it is due. */
  freeAlarms(heldUntil: Instant): Promise<void>;
  /** When the next alarm, delivery or view is due; undefined when nothing waits. */
  nextDue(): Promise<Instant | undefined>;
  /**
   * Claims due deliveries whose request still wants them, most urgent first, then oldest. Those that may travel together
   * come as one claim with a bundle whose list is fixed here; tried again, they come as the same bundle. The attempt's
   * number is committed before this returns. Beyond `limit` only what travels along.
   */
  claimDeliveries(by: NodeBoot, now: Instant, limit: number, ids: BundleIds): Promise<readonly Claim[]>;
  /**
   * Pages to the officer by this type of method that failed and wait to be tried again are due now: the far side is back.
   * How many there were.
   */
  hasten(officer: OfficerId, methodType: string, now: Instant): Promise<number>;
  /** Asked directly before a send that comes more than 1 s after its claim. */
  stillClaimed(claim: Claim): Promise<boolean>;
  /**
   * Makes the claims of other boots of this node, and of nodes silent since `silentSince`, free at once, and counts an
   * unknown outcome for each delivery. How many were freed.
   */
  releaseStale(by: NodeBoot, silentSince: Instant): Promise<number>;
  /** Claims cards that do not show what they should, most urgent first, then longest due. */
  claimViews(by: NodeBoot, now: Instant, limit: number): Promise<readonly ViewClaim[]>;
  /**
   * What came of showing these, kept in one go. One that was claimed anew since is ignored; one that is wanted newer by
   * now stays due.
   */
  finishViews(shown: readonly ShownView[]): Promise<void>;
}

export type DueAlarm = Alarm & { readonly stream: StreamName; readonly failures: number };

export type NodeBoot = { readonly node: string; readonly boot: string };

/** Ids for the bundles that a claim makes. */
export type BundleIds = { readonly id: () => string; readonly shortIds: () => readonly string[] };

export type ClaimedDelivery = NewDelivery & {
  readonly fence: number;
  readonly attempt: number;
  readonly unknowns: number;
};

export type Claim = {
  readonly deliveries: readonly [ClaimedDelivery, ...ClaimedDelivery[]];
  readonly bundle?: { readonly id: string; readonly shortId: string };
  readonly claimedAt: Instant;
};

export type ViewClaim = {
  readonly id: string;
  readonly channel: string;
  readonly requestId: string;
  readonly wanted: number;
  readonly ref?: string;
  readonly fence: number;
  readonly failures: number;
};

export type ShownView = { readonly claim: ViewClaim; readonly result: ViewResult };

export type ViewResult =
  | { readonly state: 'shown'; readonly version: number; readonly ref?: string }
  | { readonly state: 'failed'; readonly notBefore: Instant };
