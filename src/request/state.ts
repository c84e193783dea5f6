import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Cause, ContentRef, Duty, Nature, Outcome, Skipped, StepName, Verification } from './entries.ts';
import type { Urgency } from './urgency.ts';

/** A request as its stream tells it. What may be true only in one status exists only there. */
export type RequestState = Open | Acknowledged | Concluded | Closed;

/** Nobody has it: exactly one escalation alarm is armed (and one for each other desk that was paged). */
export type Open = Facts & {
  readonly status: 'open';
  readonly escalation: Escalation;
  readonly children: readonly Escalation[];
};

/** Somebody has it and it has no outcome yet: exactly one progress alarm is armed. */
export type Acknowledged = Facts & {
  readonly status: 'acknowledged';
  readonly owner: OfficerId;
  readonly acknowledgedAt: Instant;
  readonly progress: Progress;
  /** Where the escalation stood, to go on from there when the acknowledgement is given back. */
  readonly escalation: Escalation;
  readonly children: readonly Escalation[];
};

/** It has an outcome; clocks (a preservation hold) may still run. */
export type Concluded = Facts & { readonly status: 'concluded'; readonly owner?: OfficerId; readonly outcome: Outcome };

export type Closed = Facts & {
  readonly status: 'closed';
  readonly owner?: OfficerId;
  readonly outcome?: Outcome;
  readonly closedAt: Instant;
};

/** True in every status. */
export type Facts = {
  readonly id: string;
  readonly desk: string;
  readonly reference: string;
  readonly shortId: string;
  readonly source: string;
  readonly network?: string;
  readonly sourceKnown: boolean;
  readonly verification: Verification;
  readonly kind: string;
  readonly kindChosenBy: 'person' | 'source' | 'nobody';
  readonly urgency: Urgency;
  readonly row: string;
  readonly reason: string;
  readonly provisional: boolean;
  readonly notes: readonly string[];
  readonly missing: readonly string[];
  readonly flags: readonly { readonly code: string; readonly path: string }[];
  /** A mail that is no request; absent for one. */
  readonly nature?: Nature;
  /** The requester sent more (`file`: nothing but files), and no officer has done anything with the request since. */
  readonly news?: true | 'file';
  /** The first message and what was appended, oldest first. */
  readonly messages: readonly ContentRef[];
  readonly links: readonly { readonly request: string; readonly reason: string }[];
  readonly attachments: readonly {
    readonly id: string;
    readonly label: ContentRef;
    readonly bytes: ContentRef;
    readonly size: number;
  }[];
  readonly receivedAt: Instant;
  readonly policy: string;
  readonly revision: number;
  readonly clocks: Readonly<Record<string, Clock>>;
  readonly duties: Readonly<Partial<Record<Duty, { readonly at: Instant; readonly channel: string }>>>;
  readonly startedAt?: Instant;
  /** Somebody wants to lower the urgency, and a second officer has to agree. */
  readonly proposal?: { readonly to: Urgency; readonly by: string; readonly text: ContentRef };
  /** A lowered urgency waits for the head's review. */
  readonly review?: Review;
  readonly waiting?: { readonly until: Instant; readonly for: ContentRef; readonly because: ContentRef };
  /** Everybody who was ever paged for it. */
  readonly pagedOfficers: readonly OfficerId[];
  /** When whoever was told of it by name said last that he knows; absent when nobody did. */
  readonly seen?: Readonly<Record<OfficerId, Instant>>;
  /** Other desks that were ever paged for it; absent when none was. */
  readonly pagedDesks?: readonly string[];
};

/** Its own desk and every other that was ever paged for it: who is in one of them has to do with the request. */
export function involvedDesks({ desk, pagedDesks = [] }: Facts): readonly string[] {
  return [desk, ...pagedDesks];
}

export type Review = {
  readonly from: Urgency;
  readonly to: Urgency;
  /** Who lowered it. */
  readonly by: OfficerId;
  readonly dueAt: Instant;
  /** The head has been paged for it. */
  readonly told: boolean;
};

export type Clock = {
  readonly name: string;
  readonly startAt: Instant;
  readonly dueAt: Instant;
  readonly warnAt: Instant;
  readonly warned: boolean;
  readonly rang: boolean;
  readonly stopped?: { readonly at: Instant; readonly reason: string };
};

export type Progress = {
  readonly dueAt: Instant;
  /** The owner has been reminded; next the request goes up again. */
  readonly reminded: boolean;
  readonly pages: readonly Page[];
};

export type Page = {
  readonly id: string;
  readonly officer?: OfficerId;
  readonly channel?: string;
  readonly method: string;
  readonly dueAt: Instant;
  readonly giveUpAt: Instant;
  readonly state: 'pending' | 'failed' | 'handed_over';
  /** A notice to a channel by the last resort: people were not reached by it. */
  readonly aside?: boolean;
};

/** How far the paging of one desk has come. */
export type Escalation = {
  readonly desk: string;
  readonly policy: string;
  /** The configuration that the running round keeps. */
  readonly revision: number;
  /** 0 before the first round. */
  readonly round: number;
  readonly roundBeganAt: Instant;
  /** Index of the last policy step that rang in this round; -1 before the first. */
  readonly step: number;
  /** What rang last; `named` and the like do not move `step`. */
  readonly ringing?: StepName;
  /** When the next thing happens: the due time of the escalation alarm. */
  readonly until: Instant;
  readonly cause: Cause;
  /** The same step rings once more instead of the next (a release). */
  readonly again: boolean;
  /** The officer to page next by name (a reassignment). */
  readonly named?: OfficerId;
  /** Who passed in this round. */
  readonly passed: readonly OfficerId[];
  /** Who was paged in this round. */
  readonly asked: readonly OfficerId[];
  /** Pages of what rang last. */
  readonly pages: readonly Page[];
  /** Other desks paged by what rang last. */
  readonly desks: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Something of this round was accepted by the far side. */
  readonly handedOver: boolean;
  /** The last resort has rung in this round. */
  readonly lastResort: boolean;
  /** Rounds in a row in which nothing could be handed over. */
  readonly emptyRounds: number;
};
