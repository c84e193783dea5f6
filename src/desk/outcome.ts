import { requestStream } from '../journal/stream.ts';
import type { ClaimedDelivery } from '../ports/queue.ts';
import type { DeliveryResult } from '../ports/steps.ts';
import type { RequestEntry } from '../request/entries.ts';
import type { Page, RequestState } from '../request/state.ts';
import type { Desk } from './desk.ts';
import { SYSTEM } from './settle.ts';
import { settleRequest } from './settle-request.ts';

/** What came of an attempt: what the delivery becomes, and how the journal tells it. */
export type AttemptOutcome = {
  readonly result: DeliveryResult;
  readonly told: 'handed_over' | { readonly class: 'temporary' | 'permanent' | 'unknown'; readonly code: string };
};

/**
 * Writes what came of an attempt and lets the paging rules answer at once: the next method, the next step. False when
 * the delivery was claimed anew since; then nothing is written.
 */
export async function recordOutcome(desk: Desk, delivery: ClaimedDelivery, outcome: AttemptOutcome): Promise<boolean> {
  return desk.store.step(requestStream(delivery.requestId), async (step) => {
    if (!(await step.finishDelivery(delivery.id, delivery.fence, outcome.result))) return false;
    const row = await step.request(delivery.requestId);
    if (row === undefined) return true;
    const entries = told(row.state, delivery, outcome);
    if (entries.length === 0) return true;
    const now = desk.clock.now();
    const decided = { before: row.state, entries, actor: SYSTEM, now, keys: row };
    await step.save((await settleRequest(desk, step, decided)).change);
    return true;
  });
}

/** Writes only what the delivery became: for a request that the rules cannot process. */
export async function recordBare(desk: Desk, delivery: ClaimedDelivery, outcome: AttemptOutcome): Promise<void> {
  await desk.store.step(requestStream(delivery.requestId), (step) =>
    step.finishDelivery(delivery.id, delivery.fence, outcome.result),
  );
}

/**
 * A round that rings everybody after one that reached nobody is one entry of the journal: its failures, and the notices to
 * rooms beside it, stay with their deliveries. Only the first failure of a page is told; a repetition after a back-off says
 * nothing new.
 */
function told(state: RequestState, delivery: ClaimedDelivery, outcome: AttemptOutcome): RequestEntry[] {
  const { id: page, attempt } = delivery;
  const inEmptyRound = pageOfEmptyRound(state, page);
  if (outcome.told === 'handed_over') {
    return inEmptyRound?.aside === true ? [] : [{ type: 'page.handed_over/1', data: { page, attempt } }];
  }
  if (inEmptyRound !== undefined || (attempt > 1 && outcome.result.state === 'pending')) return [];
  return [{ type: 'page.failed/1', data: { page, attempt, ...outcome.told } }];
}

function pageOfEmptyRound(state: RequestState, id: string): Page | undefined {
  if (state.status !== 'open') return undefined;
  const everyone = [state.escalation, ...state.children].filter(({ ringing }) => ringing === 'everyone');
  return everyone.flatMap(({ pages }) => pages).find((page) => page.id === id);
}
