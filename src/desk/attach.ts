import type { Instant } from '../../rota/instant.ts';
import type { Actor } from '../journal/actor.ts';
import { requestStream } from '../journal/stream.ts';
import type { RequestRow, Step } from '../ports/steps.ts';
import { clockData, startClocks } from '../request/clocks.ts';
import type { RequestEntry } from '../request/entries.ts';
import { kindOf } from '../request/kinds.ts';
import { restartedClocks } from '../request/restarted-clocks.ts';
import type { Desk } from './desk.ts';
import type { Incoming } from './incoming.ts';
import { attachedPiece, attachmentEntry, attachmentRow } from './pieces.ts';
import { settleRequest } from './settle-request.ts';
import { heardAt } from './world.ts';

export type File = Incoming['attachments'][number];
/** An attachment as it is kept. `name` is undefined when it was erased. */
export type Kept = { readonly id: string; readonly name?: string; readonly sha256: string; readonly size: number };

export type Attached =
  | { readonly result: 'attached' | 'was_there'; readonly attachment: Kept }
  /** Another file of this name is there: nothing that was committed is ever replaced. */
  | { readonly result: 'name_taken' }
  | { readonly result: 'too_many' }
  /** Nobody looks at a closed request any more. */
  | { readonly result: 'closed' }
  | { readonly result: 'unknown_request' };

const MOST_ATTACHMENTS = 200;

/**
 * Adds a file to a request. The same bytes under the same name are there once, however often they are sent. It is heard
 * of like a later message: whoever has the request is reminded, once until he does something; a request with an outcome
 * is reopened; one that nobody has is being paged anyway.
 */
export async function attach(desk: Desk, requestId: string, actor: Actor, file: File): Promise<Attached> {
  const piece = attachedPiece(file, desk.chance);
  const { id, sha256, size } = piece;
  const added: Kept = { id, name: file.name, sha256, size };
  for (;;) {
    const there = await attachmentsOf(desk, requestId);
    const same = there.find(({ name }) => name?.toLowerCase() === file.name.toLowerCase());
    if (same !== undefined) {
      return same.sha256 === sha256 ? { result: 'was_there', attachment: same } : { result: 'name_taken' };
    }
    if (there.length >= MOST_ATTACHMENTS) return { result: 'too_many' };
    const result = await desk.store.step(requestStream(requestId), async (step) => {
      const row = await step.request(requestId);
      if (row === undefined) return 'unknown_request';
      if (row.status === 'closed') return 'closed';
      // Names can only be read outside of a step; whoever came in between is looked at once more.
      if (row.state.attachments.length !== there.length) return 'again';
      await add(desk, step, row, actor, piece);
      return 'attached';
    });
    if (result === 'attached') return { result, attachment: added };
    if (result !== 'again') return { result };
  }
}

async function add(
  desk: Desk,
  step: Step,
  row: RequestRow,
  actor: Actor,
  piece: ReturnType<typeof attachedPiece>,
): Promise<void> {
  const now = desk.clock.now();
  const setup = desk.setups.desk(row.state.desk);
  const dueAt = setup === undefined ? now : heardAt(setup, row.state, now);
  const entries: RequestEntry[] = [attachmentEntry(piece, dueAt), ...reopening(desk, row, now)];
  const { change } = await settleRequest(desk, step, { before: row.state, entries, actor, now, keys: row });
  await step.save({
    ...change,
    contents: [piece.label.content, piece.bytes.content],
    attachments: [attachmentRow(piece, row.id)],
  });
}

function reopening(desk: Desk, { status, state }: RequestRow, now: Instant): RequestEntry[] {
  const setup = desk.setups.desk(state.desk);
  if (status !== 'concluded' || setup === undefined) return [];
  const kind = kindOf(state.kind);
  const fresh = kind === undefined ? [] : startClocks(kind, state.urgency, setup.clocks, now).map(clockData);
  const clocks = restartedClocks(state.clocks, fresh, 'message', now);
  const policy = setup.policyFor(state.urgency, state.row);
  return [{ type: 'request.reopened/1', data: { why: 'message', policy, revision: desk.setups.newest(), clocks } }];
}

/** The files of a request in no order, with their names where these were not erased. */
export async function attachmentsOf(desk: Desk, requestId: string): Promise<readonly Kept[]> {
  const rows = await desk.store.attachments(requestId);
  const labels = await desk.store.contents(rows.map(({ labelId }) => labelId));
  return rows.map(({ id, labelId, sha256, size }) => {
    const label = labels.get(labelId);
    const name = label !== undefined && 'bytes' in label ? { name: nameIn(label.bytes) } : {};
    return { id, ...name, sha256, size };
  });
}

function nameIn(label: Uint8Array): string {
  return (JSON.parse(new TextDecoder().decode(label)) as { name: string }).name;
}
