import type { Instant } from '../../rota/instant.ts';
import type { RowChange } from '../../src/store/memory/table.ts';
import { key, type Tables } from '../../src/store/memory/tables.ts';
import type { AlarmRow, Changed, Commit, DeliveryRow, JournalRow, Ledger, RequestRow } from './checker/ledger.ts';

/** The tables of the store in memory, row by row and past everything that stands before them. */
export function ledgerOver(tables: Tables): Ledger {
  return {
    entry: (stream, n) => tables.journalEntry.get(key(stream, n)),
    request: (id) => tables.request.get(id),
    alarms: (stream) => tables.alarm.by('stream', stream),
    delivery: (id) => tables.delivery.get(id),
    // Asked only where a page left late, so that the whole table may be walked.
    deliveriesTo: (officer) => tables.delivery.all().filter((row) => row.officer === officer),
    content: (id) => tables.content.get(id),
    streams: () => tables.stream.all(),
  };
}

/** What a transaction changed of what the checker looks at; undefined when it changed nothing of it. */
export function commitOf(tables: Tables, changes: readonly RowChange[], at: Instant): Commit | undefined {
  const entries = changesOf<JournalRow>(changes, tables.journalEntry);
  const deliveries = changesOf<DeliveryRow>(changes, tables.delivery);
  const requests = changesOf<RequestRow>(changes, tables.request);
  const alarms = changesOf<AlarmRow>(changes, tables.alarm);
  if (entries.length + deliveries.length + requests.length + alarms.length === 0) return undefined;
  const streams = [
    ...entries.map(({ before, after }) => after?.stream ?? before?.stream),
    ...requests.map(({ before, after }) => `request/${after?.id ?? before?.id}`),
    ...alarms.map(({ before, after }) => after?.stream ?? before?.stream),
  ];
  return {
    at,
    entries,
    deliveries: onceEach(deliveries),
    streams: new Set(streams.filter((stream) => stream !== undefined)),
  };
}

function changesOf<Row>(changes: readonly RowChange[], table: object): readonly Changed<Row>[] {
  return changes.filter((change) => change.table === table) as readonly Changed<Row>[];
}

/** A row that was changed twice in one transaction went from the first to the last. */
function onceEach(changes: readonly Changed<DeliveryRow>[]): readonly Changed<DeliveryRow>[] {
  const found = new Map<string, Changed<DeliveryRow>>();
  for (const { before, after } of changes) {
    const id = after?.id ?? before?.id ?? '';
    found.set(id, { before: found.get(id)?.before ?? before, after });
  }
  return [...found.values()];
}
