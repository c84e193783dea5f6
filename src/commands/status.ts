import type { Desk } from '../desk/desk.ts';
import { readMessage } from '../desk/message-content.ts';
import type { Message } from '../request/message.ts';
import type { RequestState } from '../request/state.ts';
import { setupOf } from './context.ts';
import { type Asked, lineOf, type Reply } from './reply.ts';
import type { OnRequest, Typed } from './typed.ts';

/** How one request stands; what its sender wrote only where case content may be shown. */
export async function statusOf(
  desk: Desk,
  { rows, isBundle, parsed, assumed }: OnRequest,
  { officer, disclosure }: Typed,
): Promise<Reply> {
  const [row] = rows;
  if (row === undefined || (isBundle && rows.length > 1)) {
    const candidates = rows.map(({ shortId }) => shortId);
    return { result: 'misread', misread: { code: 'which_request', word: parsed.word.name, candidates } };
  }
  const { state } = row;
  const asked = disclosure === 'full' ? await askedIn(desk, state) : undefined;
  return {
    result: 'status',
    request: lineOf(row, setupOf(desk, state, officer) ?? { zone: 'UTC' }),
    clocks: runningClocks(state),
    missing: state.missing,
    assumed,
    ...(asked === undefined ? {} : { asked }),
  };
}

/** Those that still run, the next one first. */
function runningClocks({ clocks }: RequestState): readonly { readonly name: string; readonly dueAt: number }[] {
  return Object.values(clocks)
    .filter(({ stopped }) => stopped === undefined)
    .sort((a, b) => a.dueAt - b.dueAt)
    .map(({ name, dueAt }) => ({ name, dueAt }));
}

async function askedIn({ store }: Desk, { messages }: RequestState): Promise<Asked | undefined> {
  const [first] = messages;
  if (first === undefined) return undefined;
  const stored = (await store.contents([first.content])).get(first.content);
  return stored !== undefined && 'bytes' in stored ? askedBy(readMessage(stored.bytes)) : undefined;
}

function askedBy({ subject, sender, ownReference, text }: Message): Asked {
  const from = [sender.person, sender.organisation, sender.country].filter(Boolean).join(', ');
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(from === '' ? {} : { from }),
    ...(ownReference === undefined ? {} : { ownReference }),
    ...(text === undefined ? {} : { text }),
  };
}
