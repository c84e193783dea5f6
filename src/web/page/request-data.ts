import type { Instant } from '../../../rota/instant.ts';
import type { Desk } from '../../desk/desk.ts';
import { readMessage } from '../../desk/message-content.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import type { StoredContent } from '../../journal/content.ts';
import { type Entry, readEntry } from '../../journal/entry.ts';
import { requestStream } from '../../journal/stream.ts';
import type { DeliveryRow } from '../../ports/register.ts';
import type { RequestRow } from '../../ports/steps.ts';
import type { Message } from '../../request/message.ts';
import type { RequestState } from '../../request/state.ts';

/** All that the page of one request shows. */
export type RequestData = {
  readonly row: RequestRow;
  readonly state: RequestState;
  readonly desk: DeskSetup;
  /** As they came, the first one first. */
  readonly messages: readonly (Message | Gone)[];
  readonly deliveries: readonly DeliveryRow[];
  /** Bundles that it travelled in, and how many requests each of them was. */
  readonly bundles: readonly { readonly shortId: string; readonly count: number }[];
  readonly links: readonly { readonly id: string; readonly shortId: string; readonly reason: string }[];
  readonly attachments: readonly Attached[];
  /** All entries of the journal were asked for, not only the newest. */
  readonly whole: boolean;
  /** Oldest first. */
  readonly entries: readonly Entry[];
  /** Texts that the entries refer to. */
  readonly contents: ReadonlyMap<string, StoredContent>;
};

/** A piece of content that is no longer there: erased then, or missing from the store. */
export type Gone = { readonly gone: Instant | 'missing' };

export type Attached = { readonly id: string; readonly name?: string; readonly size: number; readonly sha256: string };

/** A request that nobody answers for days has more; the newest fold to few lines. */
const STORY_READ = 1000;
const STORY_ALL = 20_000;
/** A request that rings for days has more; the newest fold to few lines. */
const PAGES_READ = 1000;

/** Undefined when there is no such request, or its desk is gone from the configuration. */
export async function requestData(desk: Desk, row: RequestRow, whole: boolean): Promise<RequestData | undefined> {
  const { store, setups } = desk;
  const { state } = row;
  const setup = setups.desk(row.desk);
  if (setup === undefined) return undefined;
  const from = whole ? 1 : Math.max(1, row.version - STORY_READ + 1);
  const stored = await store.entries(requestStream(row.id), from, whole ? STORY_ALL : STORY_READ);
  const entries = stored.map(({ body }) => readEntry(body));
  const rows = await store.attachments(row.id);
  const ids = [
    ...state.messages.map(({ content }) => content),
    ...rows.map(({ labelId }) => labelId),
    ...textsIn(entries),
  ];
  const contents = await store.contents([...new Set(ids)]);
  const bundles = await store.bundlesOf(row.id);
  return {
    row,
    state,
    desk: setup,
    whole,
    messages: state.messages.map(({ content }) => messageIn(contents.get(content))),
    deliveries: await store.deliveries(row.id, PAGES_READ),
    bundles: bundles.map(({ shortId, requests }) => ({ shortId, count: requests.length })),
    links: await Promise.all(state.links.map((link) => linked(desk, link))),
    attachments: rows.map(({ id, size, sha256, labelId }) => ({ id, size, sha256, ...labelIn(contents.get(labelId)) })),
    entries,
    contents,
  };
}

/** The keys under which entries refer to texts that people wrote; messages and attachments have their own place. */
export const TEXT_KEYS = ['text', 'how', 'for', 'because'] as const;

function textsIn(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ data }) => TEXT_KEYS.flatMap((key) => contentIdIn(data[key]) ?? []));
}

/** The id of the content that a value refers to, when it refers to one. */
export function contentIdIn(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null && 'content' in value ? value.content : undefined;
  return typeof id === 'string' ? id : undefined;
}

function messageIn(stored: StoredContent | undefined): Message | Gone {
  if (stored === undefined) return { gone: 'missing' };
  return 'bytes' in stored ? readMessage(stored.bytes) : { gone: stored.erasedAt };
}

/** Name of an attachment; none when it was erased. */
function labelIn(stored: StoredContent | undefined): { name?: string } {
  if (stored === undefined || !('bytes' in stored)) return {};
  const { name } = JSON.parse(new TextDecoder().decode(stored.bytes)) as { name?: string };
  return name === undefined ? {} : { name };
}

async function linked(
  { store }: Desk,
  { request, reason }: RequestState['links'][number],
): Promise<RequestData['links'][number]> {
  return { id: request, shortId: (await store.request(request))?.shortId ?? '?', reason };
}
