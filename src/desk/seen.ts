import type { OfficerId } from '../../rota/rota.ts';
import { requestStream } from '../journal/stream.ts';
import type { RequestEntry } from '../request/entries.ts';
import { isToldOf } from '../request/told.ts';
import type { Desk } from './desk.ts';
import { settleRequest } from './settle-request.ts';

/**
 * An officer says that he knows what a page told him by name: a reminder, a handover, a clock. It is no progress and
 * changes nobody's turn, but it is proven, the page comes back no more, and what else was to tell him of it stays away.
 * Nothing is written where there is nothing to know.
 */
export async function markSeen(desk: Desk, requestId: string, by: OfficerId): Promise<void> {
  await desk.store.step(requestStream(requestId), async (step) => {
    const row = await step.request(requestId);
    if (row === undefined || !isToldOf(row.state, by)) return;
    const entries: readonly RequestEntry[] = [{ type: 'page.seen/1', data: { by } }];
    const now = desk.clock.now();
    const actor = { kind: 'officer', officer: by } as const;
    const { change } = await settleRequest(desk, step, { before: row.state, entries, actor, now, keys: row });
    const { state } = row;
    // Further methods of a reminder; the head who reviews is still to be told.
    const cancelPages = 'owner' in state && state.owner === by && state.review === undefined;
    await step.save({ ...change, cancelPages });
  });
}
