import { type Answered, acknowledgeAll, passAll } from '../desk/acknowledge-all.ts';
import { act } from '../desk/act.ts';
import type { Desk } from '../desk/desk.ts';
import type { Actor } from '../journal/actor.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { CommandType } from '../request/command.ts';
import { setupOf } from './context.ts';
import { lineOf, type Reply, type RequestLine, type Undone } from './reply.ts';
import type { OnRequest, Typed } from './typed.ts';

/** Answers to a page of several requests: the only actions that such a short id takes. */
const FOR_BUNDLES = { acknowledge: acknowledgeAll, pass: passAll } as const;

/** Does what was read. Whether it may be done is decided by the rules, in the step that does it. */
export async function doIt(desk: Desk, action: CommandType, on: OnRequest, typed: Typed): Promise<Reply> {
  const { parsed, rows, isBundle, assumed } = on;
  const { officer = '' } = typed;
  const actor: Actor = typed.actor ?? { kind: 'officer', officer };
  const word = parsed.word.name;
  if (isBundle) return answerBundle(desk, action, on, { officer, actor });
  const [row] = rows;
  if (row === undefined) return { result: 'refused', word, why: 'unknown_request', name: parsed.name ?? '' };
  const result = await act(desk, row.id, action, parsed.said, officer, actor);
  if (result.ok) {
    const requests = [line(desk, { ...row, state: result.state }, officer)];
    return { result: 'done', word, action, requests, others: [], assumed, times: parsed.times };
  }
  if (result.why === 'refused') {
    const now = (await desk.store.request(row.id)) ?? row;
    return { result: 'refused', word, why: 'rules', refusal: result.refusal, request: line(desk, now, officer) };
  }
  if (result.why === 'faults') {
    const [fault] = result.faults;
    return { result: 'misread', misread: { code: 'missing', word, argument: fault?.field ?? '' } };
  }
  if (result.why === 'not_your_desk') return { result: 'refused', word, why: 'not_your_desk' };
  return { result: 'refused', word, why: 'unknown_request', name: row.shortId };
}

async function answerBundle(
  desk: Desk,
  action: CommandType,
  { parsed }: OnRequest,
  { officer, actor }: { readonly officer: string; readonly actor: Actor },
): Promise<Reply> {
  const { word, name = '' } = parsed;
  const answerAll = action === 'acknowledge' || action === 'pass' ? FOR_BUNDLES[action] : undefined;
  const found = await desk.store.byShortId(name);
  if (answerAll === undefined) {
    const rows = await Promise.all((found?.requests ?? []).map((id) => desk.store.request(id)));
    const candidates = rows.flatMap((row) => row?.shortId ?? []);
    return { result: 'misread', misread: { code: 'which_request', word: word.name, candidates } };
  }
  const answered = await answerAll(desk, name, officer, actor);
  if (!answered.ok) return { result: 'refused', word: word.name, why: 'unknown_request', name };
  const others = answered.requests.flatMap(undone);
  const done = answered.requests.filter(({ result }) => result === 'done');
  if (done.length === 0) return { result: 'refused', word: word.name, why: 'bundle', others };
  const rows = await Promise.all(done.map(({ requestId }) => desk.store.request(requestId)));
  const requests = rows.flatMap((row) => (row === undefined ? [] : [line(desk, row, officer)]));
  return { result: 'done', word: word.name, action, requests, others, assumed: false, times: {} };
}

function undone(answered: Answered): readonly Undone[] {
  const { shortId } = answered;
  switch (answered.result) {
    case 'done':
      return [];
    case 'raised':
      return [{ shortId, why: 'raised' }];
    case 'has_owner':
      return [{ shortId, why: 'has_owner', owner: answered.owner, at: answered.at }];
    case 'refused':
      return [{ shortId, why: 'refused', refusal: answered.refusal }];
  }
}

function line(desk: Desk, row: Pick<RequestRow, 'id' | 'shortId' | 'state'>, officer: string): RequestLine {
  return lineOf(row, setupOf(desk, row.state, officer) ?? { zone: 'UTC' });
}
