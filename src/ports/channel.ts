import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Urgency } from '../request/urgency.ts';

/** How much of a case a channel may show: everything, or nothing that its operator should not read. */
export type Disclosure = 'full' | 'summary';

/** The channel keeps the notice, but there is nobody in it who could see it now. */
export class NobodyThere extends Error {}

/**
 * A place where the team sees its requests: the desk page, a room, a chat channel. Where two desks declare the same id it
 * is one channel for both, which shows a request that concerns both once. The desk page is the exception: each desk has
 * its own, whatever its id.
 */
export interface Channel {
  readonly id: string;
  readonly disclosure: Disclosure;
  /** Brings the card of a request to this version; posts it when `ref` is undefined. Throws when it cannot now. */
  show(card: Card, ref: string | undefined): Promise<{ readonly ref?: string }>;
  /**
   * A notice without case content: the last resort, a lapse, a fault; or what concerns the house. Throws when it cannot now,
   * `NobodyThere` when nobody sees it.
   */
  say(notice: Notice | HouseNotice): Promise<void>;
}

/** A card as data; each channel renders it with what it has. */
export type Card = {
  readonly requestId: string;
  readonly version: number;
  /** On whose board it stands: its own desk, and those that were paged for it. */
  readonly desks: readonly string[];
  readonly shortId: string;
  readonly urgency: Urgency;
  readonly status: 'open' | 'acknowledged' | 'concluded' | 'closed';
  readonly kind: string;
  readonly provisional: boolean;
  readonly owner?: string;
  readonly receivedAt: Instant;
  readonly clocks: readonly CardClock[];
  readonly paged: readonly CardPage[];
  /** Why nobody may come: a gap in the rota, no usable method, nobody stands behind. */
  readonly warnings: readonly { readonly code: string; readonly names: Readonly<Record<string, string>> }[];
  readonly actions: readonly string[];
  /** Only where the channel's disclosure is full. */
  readonly details?: CardDetails;
};

export type CardClock = {
  readonly name: string;
  readonly dueAt: Instant;
  readonly state: 'running' | 'warned' | 'over' | 'stopped';
};
export type CardPage = {
  readonly officer?: string;
  readonly method: string;
  readonly state: string;
  readonly at: Instant;
};

export type CardDetails = {
  readonly reference: string;
  readonly from: string;
  readonly subject: string;
  readonly missing: readonly string[];
  readonly links: readonly { readonly shortId: string; readonly reason: string }[];
  readonly verification: { readonly how: string; readonly by: string };
};

/** `code` is the reason of the page that it stands for. */
export type Notice = {
  readonly id: string;
  readonly code: string;
  /** Who may see it: the desk whose channel is told, and those that were paged for the request. */
  readonly desks: readonly string[];
  readonly shortId?: string;
  readonly urgency?: Urgency;
  readonly at: Instant;
};

/** What concerns the house and no request; `code` has a text in the catalogues (`notice.<code>`). */
export type HouseNotice = { readonly id: string; readonly at: Instant } & (
  | {
      readonly code: 'checkpoint';
      /** The line of a checkpoint, which belongs out of the house; nothing else is ever put here. */
      readonly line: string;
    }
  | { readonly code: 'configuration_applied'; readonly revision: number; readonly by: string }
  | {
      readonly code: 'configuration_faulty' | 'configuration_refused' | 'configuration_missing';
      /** The revision that runs on. */
      readonly revision: number;
      /** Whom it concerns: the head of each desk that the channel belongs to, or everyone there is. */
      readonly officers: readonly OfficerId[];
    }
  | {
      /** The scheduled backup could not be made, or there was none for too long; whom it concerns. */
      readonly code: 'backup_failed' | 'backup_overdue';
      readonly officers: readonly OfficerId[];
    }
  | {
      /** The store was restored: what was open before does not page until then, unless somebody resumes it sooner. */
      readonly code: 'paging_held';
      readonly shortIds: readonly string[];
      readonly until: Instant;
    }
  | { readonly code: 'paging_resumed' }
);
