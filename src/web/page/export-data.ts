import type { Desk } from '../../desk/desk.ts';
import { type JournalReading, singleStream } from '../../desk/journal-source.ts';
import { checkpointText } from '../../journal/checkpoint.ts';
import type { StoredContent } from '../../journal/content.ts';
import { readEntry, type SealedEntry } from '../../journal/entry.ts';
import { type JournalItem, journalItems } from '../../journal/item.ts';
import { INSTALLATION, requestStream } from '../../journal/stream.ts';
import type { RequestRow } from '../../ports/steps.ts';
import { type RequestData, requestData } from './request-data.ts';

/** A request with its whole stream as it stands in the journal. */
export type ExportData = {
  readonly request: RequestData;
  readonly installation: string;
  readonly stream: string;
  readonly sealed: readonly SealedEntry[];
  /** The line of the newest checkpoint that names the stream. */
  readonly checkpoint?: string;
};

/** Undefined when the desk of the request is gone from the configuration: then nobody knows its zone and its names. */
export async function exportData(
  desk: Desk,
  reading: JournalReading,
  row: RequestRow,
): Promise<ExportData | undefined> {
  const request = await requestData(desk, row, true);
  if (request === undefined) return undefined;
  const stream = requestStream(row.id);
  const items: JournalItem[] = [];
  for await (const item of journalItems(await singleStream(reading, stream))) items.push(item);
  const sealed = items.flatMap((item) => (item.kind === 'entry' ? [item] : []));
  const found = items.flatMap((item): [string, StoredContent][] => (item.kind === 'content' ? [[item.id, item]] : []));
  const [checkpoint] = items.flatMap((item) => (item.kind === 'checkpoint' ? [item] : []));
  return {
    // The stream has no limit here, unlike on the desk page.
    request: {
      ...request,
      entries: sealed.map(({ body }) => readEntry(body)),
      contents: new Map([...request.contents, ...found]),
    },
    installation: reading.installation,
    stream,
    sealed,
    ...(checkpoint === undefined ? {} : { checkpoint: checkpointText({ stream: INSTALLATION, ...checkpoint }) }),
  };
}
