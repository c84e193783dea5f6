import { nextMorning } from '../../rota/next-morning.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Actor } from '../journal/actor.ts';
import { requestStream } from '../journal/stream.ts';
import type { Content, RequestRow, Step } from '../ports/steps.ts';
import type { CommandType, DecisionContext, Refusal } from '../request/command.ts';
import { decide } from '../request/decide.ts';
import type { RequestEntry } from '../request/entries.ts';
import { kindOf } from '../request/kinds.ts';
import type { Message } from '../request/message.ts';
import { NOT_POSSIBLE_REASONS } from '../request/not-possible.ts';
import { sanitise } from '../request/sanitise.ts';
import { involvedDesks, type RequestState } from '../request/state.ts';
import type { Urgency } from '../request/urgency.ts';
import { commandOf, type FieldFault, type Said } from './command-of.ts';
import { pieceOf } from './content.ts';
import type { Desk } from './desk.ts';
import { groundsFor } from './grounds.ts';
import { readMessage } from './message-content.ts';
import { settleRequest } from './settle-request.ts';
import { type DeskSetup, headsOf, memberOf } from './setup.ts';
import { progressDueAt } from './world.ts';

export type ActResult =
  | { readonly ok: true; readonly state: RequestState }
  | { readonly ok: false; readonly why: 'unknown_request' | 'not_your_desk' }
  | { readonly ok: false; readonly why: 'refused'; readonly refusal: Refusal }
  | { readonly ok: false; readonly why: 'faults'; readonly faults: readonly FieldFault[] };

/**
 * An officer does something with a request: one step. Whoever belongs to its desk, or to a desk that was paged for it,
 * may act. Expected refusals are values; only a store that cannot answer throws.
 */
export async function act(
  desk: Desk,
  requestId: string,
  type: CommandType,
  said: Said,
  by: OfficerId,
  actor: Actor = { kind: 'officer', officer: by },
): Promise<ActResult> {
  // Never changed once received, so it may be read before the step, which must ask nothing of the store outside.
  const message = type === 'choose_kind' ? await messageOf(desk, requestId) : NO_MESSAGE;
  let rang = false;
  const result = await desk.store.step(requestStream(requestId), async (step): Promise<ActResult> => {
    const row = await step.request(requestId);
    if (row === undefined) return { ok: false, why: 'unknown_request' };
    rang = row.wantsPages;
    const setup = deskOfOfficer(desk, row.state, by);
    if (setup === undefined) return { ok: false, why: 'not_your_desk' };
    const contents: Content[] = [];
    const keep = (text: string) => {
      const piece = pieceOf(sanitise(text).text, desk.chance);
      contents.push(piece.content);
      return piece.ref;
    };
    const now = desk.clock.now();
    const read = commandOf(type, said, { by, state: row.state, message, desk: setup, now, keep });
    if ('faults' in read) return { ok: false, why: 'faults', faults: read.faults };
    const decision = decide(row.state, read.command, contextOf(desk, setup, row.state, now));
    if (!decision.ok) return { ok: false, why: 'refused', refusal: decision.refusal };
    return { ok: true, state: await save(desk, step, row, decision.entries, actor, contents) };
  });
  if (rang && result.ok && result.state.status !== 'open') desk.onQuiet?.(requestId);
  return result;
}

const NO_MESSAGE: Message = { sender: {}, items: {}, identifiers: [] };

async function save(
  desk: Desk,
  step: Step,
  row: RequestRow,
  entries: readonly RequestEntry[],
  actor: Actor,
  contents: readonly Content[],
): Promise<RequestState> {
  const now = desk.clock.now();
  const { state, change } = await settleRequest(desk, step, { before: row.state, entries, actor, now, keys: row });
  await step.save({ ...change, contents });
  return state;
}

/** The desk as which the officer acts: the request's own, one that was paged for it, or that of whoever is concerned by name. */
export function deskOfOfficer(desk: Desk, state: RequestState, by: OfficerId): DeskSetup | undefined {
  const involved = involvedDesks(state).flatMap((id) => desk.setups.desk(id) ?? []);
  const others = isConcerned(state, by) ? desk.setups.desks() : [];
  return [...involved, ...others].find((setup) => memberOf(setup, by) !== undefined);
}

/** Who has the request, or was ever paged for it: of another desk too, and after it has an outcome. */
export function isConcerned(state: RequestState, officer: OfficerId): boolean {
  return state.pagedOfficers.includes(officer) || ('owner' in state && state.owner === officer);
}

async function messageOf(desk: Desk, requestId: string): Promise<Message> {
  const [first] = (await desk.store.request(requestId))?.state.messages ?? [];
  if (first === undefined) return NO_MESSAGE;
  const stored = (await desk.store.contents([first.content])).get(first.content);
  return stored !== undefined && 'bytes' in stored ? readMessage(stored.bytes) : NO_MESSAGE;
}

function contextOf(desk: Desk, setup: DeskSetup, state: RequestState, now: number): DecisionContext {
  const own = desk.setups.desk(state.desk) ?? setup;
  const kind = kindOf(state.kind);
  // A policy of a row of the urgency table goes with the urgency that this row gave.
  const policyFor = (urgency: Urgency) => own.policyFor(urgency, urgency === state.urgency ? state.row : '');
  const reviewers = headsOf(own).filter((head) => head !== state.review?.by);
  return {
    now,
    progressDueAt: (urgency) => {
      const policy = own.policies[policyFor(urgency)];
      return policy === undefined ? now : progressDueAt(own, policy, now);
    },
    policyFor,
    revision: desk.setups.newest(),
    // Not every click looks through the calendar.
    get reviewDueAt() {
      return nextMorning(own.dutyHours, now);
    },
    mayReview: (id) => reviewers.length === 0 || reviewers.includes(id),
    isOfficer: (id) => memberOf(own, id) !== undefined,
    isPolicy: (id) => Object.hasOwn(own.policies, id),
    loweringNeedsConsent: own.loweringNeedsConsent,
    refusalGrounds: groundsFor(own, kind).map(({ code }) => code),
    groundsClosed: kind?.groundsClosed ?? false,
    notPossibleReasons: NOT_POSSIBLE_REASONS,
  };
}
