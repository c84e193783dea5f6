import type { Instant, Span } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { DeskSetup } from '../desk/setup.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { CommandType, Refusal } from '../request/command.ts';
import type { Outcome } from '../request/entries.ts';
import type { RequestState } from '../request/state.ts';
import type { Urgency } from '../request/urgency.ts';
import type { Misread } from './parsed.ts';

/** A request in a reply: nothing of what it asks, so that it may be shown in any chat. */
export type RequestLine = {
  readonly id: string;
  readonly shortId: string;
  readonly reference: string;
  readonly desk: string;
  /** Of its desk: its times are read there. */
  readonly zone: string;
  readonly kind: string;
  readonly urgency: Urgency;
  readonly status: RequestState['status'];
  readonly receivedAt: Instant;
  readonly owner?: OfficerId;
  readonly acknowledgedAt?: Instant;
  /** When the next step is paged, or when progress is due. */
  readonly nextAt?: Instant;
  readonly waitsUntil?: Instant;
  readonly outcome?: Outcome['result'];
};

/** What a sender wrote, only where the reply may show case content. */
export type Asked = {
  readonly subject?: string;
  readonly from?: string;
  readonly ownReference?: string;
  readonly text?: string;
};

export type DutyLine = {
  readonly desk: string;
  readonly name: string;
  readonly zone: string;
  readonly onDuty: readonly OfficerId[];
  readonly until?: Instant;
  readonly next?: { readonly officers: readonly OfficerId[]; readonly from: Instant };
  /** In the next two weeks. */
  readonly gaps: readonly Span[];
};

export type WhoLine = {
  readonly desk: string;
  readonly officer: OfficerId;
  readonly role: string;
  readonly isOnDuty: boolean;
  /** Short ids of what the officer has and that has no outcome. */
  readonly has: readonly string[];
};

/** A word in the help; `now`: there is a request on which this officer may do it at this moment. */
export type HelpLine = { readonly word: string; readonly now: boolean };

/** What a command came to, as data: each place that shows it has its own words for it. */
export type Reply =
  | {
      readonly result: 'done';
      readonly word: string;
      readonly action: CommandType;
      readonly requests: readonly RequestLine[];
      /** Those of a bundle for which it did nothing, and why. */
      readonly others: readonly Undone[];
      /** The name of the request was left out, and this one was taken. */
      readonly assumed: boolean;
      /** The times that were typed, by argument. */
      readonly times: Readonly<Record<string, Instant>>;
    }
  | ({ readonly result: 'refused'; readonly word: string } & (
      | { readonly why: 'rules'; readonly refusal: Refusal; readonly request: RequestLine }
      | { readonly why: 'bundle'; readonly others: readonly Undone[] }
      | { readonly why: 'unknown_request'; readonly name: string; readonly nearest?: string }
      | { readonly why: 'not_your_desk' }
    ))
  | { readonly result: 'misread'; readonly misread: Misread }
  | {
      readonly result: 'requests';
      readonly list: 'open' | 'mine' | 'find';
      readonly requests: readonly RequestLine[];
      /** There are more than are listed. */
      readonly more: boolean;
      /** The search does not know all of it yet. */
      readonly indexing: boolean;
      /** Conditions of the search that were not understood. */
      readonly leftOut: readonly string[];
    }
  | {
      readonly result: 'status';
      readonly request: RequestLine;
      readonly clocks: readonly { readonly name: string; readonly dueAt: Instant }[];
      readonly missing: readonly string[];
      readonly asked?: Asked;
      readonly assumed: boolean;
    }
  | { readonly result: 'who'; readonly officers: readonly WhoLine[] }
  | { readonly result: 'duty'; readonly desks: readonly DutyLine[] }
  | { readonly result: 'help'; readonly words: readonly HelpLine[] };

/** What it is not done for: somebody has it, it is paged by itself by now, or the rules say no. */
export type Undone = { readonly shortId: string } & (
  | { readonly why: 'has_owner'; readonly owner: OfficerId; readonly at: Instant }
  | { readonly why: 'raised' }
  | { readonly why: 'refused'; readonly refusal: Refusal }
);

export function lineOf(
  { id, shortId, state }: Pick<RequestRow, 'id' | 'shortId' | 'state'>,
  { zone }: Pick<DeskSetup, 'zone'>,
): RequestLine {
  const { desk, reference, kind, urgency, status, receivedAt } = state;
  return { id, shortId, reference, desk, zone, kind, urgency, status, receivedAt, ...standing(state) };
}

function standing(state: RequestState): Partial<RequestLine> {
  switch (state.status) {
    case 'open':
      return { nextAt: state.escalation.until };
    case 'acknowledged': {
      const waits = state.waiting === undefined ? {} : { waitsUntil: state.waiting.until };
      return { owner: state.owner, acknowledgedAt: state.acknowledgedAt, nextAt: state.progress.dueAt, ...waits };
    }
    case 'concluded':
    case 'closed':
      return {
        ...(state.owner === undefined ? {} : { owner: state.owner }),
        ...(state.outcome === undefined ? {} : { outcome: state.outcome.result }),
      };
  }
}
