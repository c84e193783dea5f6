import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { civilAt } from '../../rota/civil.ts';
import { type Duration, type Instant, MINUTE, rfc3339 } from '../../rota/instant.ts';
import { requestStream } from '../journal/stream.ts';
import type { Change, RequestRow, Step } from '../ports/steps.ts';
import { clockData, startClocks } from '../request/clocks.ts';
import type { RequestEntry } from '../request/entries.ts';
import { likenessKeys } from '../request/likeness.ts';
import { mergeMessages } from '../request/merge-messages.ts';
import type { Message } from '../request/message.ts';
import { restartedClocks } from '../request/restarted-clocks.ts';
import { drawShortIds } from '../request/short-id.ts';
import type { RequestState } from '../request/state.ts';
import { isMoreUrgent } from '../request/urgency.ts';
import { type Assessment, assess, isNoRequest } from './assess.ts';
import type { Desk } from './desk.ts';
import type { Incoming, Origin, Received } from './incoming.ts';
import { readMessage } from './message-content.ts';
import { attachmentEntry, attachmentRow, contentsOf, type Pieces, piecesOf } from './pieces.ts';
import { SYSTEM } from './settle.ts';
import { settleRequest } from './settle-request.ts';
import type { DeskSetup } from './setup.ts';
import { heardAt, ringAt } from './world.ts';

/** Without an idempotency key the same body within this time is a repetition. */
const REPLAY: Duration = 10 * MINUTE;
/** A request is linked to at most so many others. */
const MOST_LINKS = 5;

/** One message on its way through the step. */
type Intake = {
  readonly desk: Desk;
  readonly setup: DeskSetup;
  readonly step: Step;
  readonly origin: Origin;
  readonly incoming: Incoming;
  readonly now: Instant;
};

/**
 * Takes a message in: a new request, or more of one that its sender has open. One step under the desk's register; what
 * it answers is committed. The same source with exactly the same own reference makes no second page while its first request
 * is open and at least as urgent; who has acknowledged that is reminded. Every other likeness is only a link.
 */
export async function receive(desk: Desk, origin: Origin, incoming: Incoming): Promise<Received> {
  const setup = desk.setups.desk(origin.desk);
  if (setup === undefined) throw new Error(`there is no desk ${origin.desk}`);
  return desk.store.step(`register/${origin.desk}`, async (step): Promise<Received> => {
    const now = desk.clock.now();
    const intake = { desk, setup, step, origin, incoming, now };
    const replay = await replayOf(intake);
    if (replay !== undefined) return replay;
    const assessed = assess(setup, origin, incoming, now);
    if (incoming.overRate && assessed.triage.urgency !== 'emergency') return { result: 'over_rate' };
    const ownReferenceKey = ownReferenceKeyOf(desk, origin, incoming.message);
    const earlier =
      ownReferenceKey === undefined ? undefined : await step.bySourceReference(origin.source, ownReferenceKey);
    if (earlier !== undefined && earlier.status !== 'closed' && origin.verification.how === 'token') {
      return { result: 'appended', request: await append(intake, earlier.id) };
    }
    return { result: 'received', request: await open(intake, assessed, ownReferenceKey) };
  });
}

async function replayOf({ desk, step, origin, incoming, now }: Intake): Promise<Received | undefined> {
  const { idempotencyKey, bodySha256 } = incoming;
  const known = await step.idempotent(origin.source, keyOf(desk, incoming));
  if (known === undefined) return undefined;
  if (idempotencyKey === undefined && now - known.at > REPLAY) return undefined;
  if (known.bodySha256 !== bodySha256) return { result: 'key_reused' };
  const row = await step.request(known.requestId);
  return row === undefined ? undefined : { result: 'replayed', request: row.state };
}

/** A sender may have put anything into a key. */
function keyOf(desk: Desk, { idempotencyKey, bodySha256 }: Incoming): string {
  return idempotencyKey === undefined ? `body:${bodySha256}` : `key:${keyed(desk, idempotencyKey)}`;
}

/** A new request: number, short id, entries, pages, links on both cards. */
async function open(intake: Intake, assessed: Assessment, ownReferenceKey: string | undefined): Promise<RequestState> {
  const { desk, step, origin, incoming, now } = intake;
  const likeness = likenessOf(desk, origin.desk, incoming.message);
  const alike =
    likeness.length === 0
      ? []
      : await step.alike(
          origin.desk,
          likeness.map(({ key }) => key),
          MOST_LINKS,
        );
  const pieces = piecesOf(incoming, desk.chance);
  const entries: RequestEntry[] = [
    await receivedEntry(intake, assessed, pieces),
    ...pieces.attachments.map((one) => attachmentEntry(one)),
    ...alike.map(({ requestId, type }) => linked(requestId, type)),
    ...(isNoRequest(incoming, assessed) ? [NO_REQUEST] : []),
  ];
  const decided = { before: undefined, entries, actor: origin.actor, now, keys: { ownReferenceKey } };
  const { state, change } = await settleRequest(desk, step, decided);
  await step.save({ ...change, ...kept(intake, pieces, incoming.id), likeness });
  for (const { requestId, type } of alike) await link(intake, requestId, state.id, type);
  return state;
}

const NO_REQUEST: RequestEntry = { type: 'request.closed/1', data: { why: 'no_request' } };

/** More of an open request: appended and triaged again; raised when it is more urgent now, reopened when it had an outcome. */
async function append(intake: Intake, requestId: string): Promise<RequestState> {
  const { desk, setup, step, origin, incoming, now } = intake;
  const row = await step.lock(requestStream(requestId));
  if (row === undefined) throw new Error(`request ${requestId} is in the register but has no stream`);
  const pieces = piecesOf(incoming, desk.chance);
  const assessed = await assessWhole(intake, row.state);
  const { missing, flags } = assessed;
  const { notes } = incoming;
  const original = pieces.original === undefined ? {} : { original: pieces.original.ref };
  const progressDueAt = rfc3339(heardAt(setup, row.state, now));
  const entries: RequestEntry[] = [
    {
      type: 'request.appended/1',
      data: { message: pieces.message.ref, ...original, missing, flags, notes, progressDueAt },
    },
    ...pieces.attachments.map((one) => attachmentEntry(one)),
    ...raisedBy(intake, row, assessed),
    ...reopenedBy(intake, row, assessed),
  ];
  const decided = { before: row.state, entries, actor: origin.actor, now, keys: row };
  const { state, change } = await settleRequest(desk, step, decided);
  await step.save({ ...change, ...kept(intake, pieces, requestId) });
  return state;
}

/** What all messages of a request say together, as the kind that it has by now. */
async function assessWhole({ setup, step, origin, incoming, now }: Intake, state: RequestState): Promise<Assessment> {
  const { kind, kindChosenBy } = state;
  const kept = await step.contents(state.messages.map(({ content }) => content));
  const earlier = [...kept.values()].flatMap((piece) => ('bytes' in piece ? [readMessage(piece.bytes)] : []));
  const message = [...earlier, incoming.message].reduce(mergeMessages);
  return assess(setup, origin, { ...incoming, message: { ...message, kind }, kindChosenBy }, now);
}

function raisedBy({ desk, setup, now }: Intake, row: RequestRow, { triage: found, kind }: Assessment): RequestEntry[] {
  if (!isMoreUrgent(found.urgency, row.urgency)) return [];
  const { urgency: to, row: tableRow, reason } = found;
  const clocks = startClocks(kind, to, setup.clocks, now).map(clockData);
  const policy = setup.policyFor(to, tableRow);
  const data = { from: row.urgency, to, row: tableRow, reason, policy, revision: desk.setups.newest(), clocks };
  // Whoever has it must hear of it at once: for him progress is due now.
  return [{ type: 'urgency.raised/1', data: { ...data, progressDueAt: rfc3339(now) } }];
}

function reopenedBy(
  { desk, setup, now }: Intake,
  { status, state }: RequestRow,
  { triage: found, kind }: Assessment,
): RequestEntry[] {
  if (status !== 'concluded') return [];
  const { urgency, row } = isMoreUrgent(found.urgency, state.urgency) ? found : state;
  const fresh = startClocks(kind, urgency, setup.clocks, now).map(clockData);
  const clocks = restartedClocks(state.clocks, fresh, 'message', now);
  const data = { policy: setup.policyFor(urgency, row), revision: desk.setups.newest(), clocks };
  return [{ type: 'request.reopened/1', data: { why: 'message', ...data } }];
}

/** What is stored beside the entries, whether the request is new or not. */
function kept({ desk, origin, incoming }: Intake, pieces: Pieces, requestId: string): Partial<Change> {
  return {
    contents: contentsOf(pieces),
    attachments: pieces.attachments.map((one) => attachmentRow(one, requestId)),
    idempotent: { source: origin.source, key: keyOf(desk, incoming), bodySha256: incoming.bodySha256, requestId },
    ...(incoming.inbox === undefined ? {} : { inboxDone: incoming.inbox }),
  };
}

async function receivedEntry(intake: Intake, assessed: Assessment, pieces: Pieces): Promise<RequestEntry> {
  const { desk, setup, step, origin, incoming, now } = intake;
  const { kind, triage: found, missing, flags } = assessed;
  const policy = setup.policyFor(found.urgency, found.row);
  const taken = await step.shortIdsTaken();
  const rules = setup.policies[policy];
  if (rules === undefined) throw new Error(`desk ${setup.id} has no policy ${policy}`);
  return {
    type: 'request.received/1',
    data: {
      request: incoming.id,
      desk: setup.id,
      reference: await nextReference(step, setup, now),
      shortId: await step.takeShortId(drawShortIds(desk.chance.bytes, taken), 'request', incoming.id),
      source: origin.source,
      ...(origin.network === undefined ? {} : { network: origin.network }),
      sourceKnown: origin.known,
      verification: origin.verification,
      kind: kind.id,
      kindChosenBy: incoming.kindChosenBy,
      urgency: found.urgency,
      row: found.row,
      reason: found.reason,
      provisional: found.provisional,
      notes: [...found.notes, ...incoming.notes],
      missing,
      flags,
      message: pieces.message.ref,
      ...(pieces.original === undefined ? {} : { original: pieces.original.ref }),
      ...(incoming.nature === 'request' ? {} : { nature: incoming.nature }),
      policy,
      revision: desk.setups.newest(),
      ringAt: rfc3339(ringAt(setup, rules, now)),
      clocks: startClocks(kind, found.urgency, setup.clocks, now).map(clockData),
    },
  };
}

/** Gapless for a desk and a year, the year of the desk's own zone: `T-2026-0042`. */
async function nextReference(step: Step, { id, letters, zone }: DeskSetup, now: Instant): Promise<string> {
  const { year } = civilAt(now, zone);
  const number = String(await step.nextNumber(id, year)).padStart(4, '0');
  return letters === '' ? `${year}-${number}` : `${letters}-${year}-${number}`;
}

function linked(request: string, type: string): RequestEntry {
  return { type: 'request.linked/1', data: { request, reason: `same_${type}` } };
}

/** The other card says it too; a link changes no paging. */
async function link({ desk, step, now }: Intake, requestId: string, to: string, type: string): Promise<void> {
  const row = await step.lock(requestStream(requestId));
  if (row === undefined) return;
  const decided = { before: row.state, entries: [linked(to, type)], actor: SYSTEM, now, keys: row };
  await step.save((await settleRequest(desk, step, decided)).change);
}

function likenessOf(desk: Desk, deskId: string, message: Message): { key: string; type: string }[] {
  return likenessKeys(message).map(({ type, value }) => ({ type, key: keyed(desk, `${deskId}\n${type}\n${value}`) }));
}

/** To the letter, but for white space around it: what only looks alike may be another life, and must ring. */
export function ownReferenceKeyOf(
  desk: Desk,
  { source }: Pick<Origin, 'source'>,
  { ownReference = '' }: Pick<Message, 'ownReference'>,
): string | undefined {
  const own = ownReference.trim();
  return own === '' ? undefined : keyed(desk, `${source}\n${own}`);
}

/** Case content is compared, never kept, outside its own table. */
function keyed(desk: Desk, value: string): string {
  const key = secretKeys.get(desk.key) ?? createSecretKey(desk.key);
  secretKeys.set(desk.key, key);
  return createHmac('sha256', key).update(value, 'utf8').digest('hex');
}

/** The key made ready, which takes several times as long as to use it. */
const secretKeys = new WeakMap<Uint8Array, KeyObject>();
