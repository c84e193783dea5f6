import type { Instant } from '../../../rota/instant.ts';

/** The rows that the checker reads, as the tables keep them. */
export type JournalRow = {
  readonly stream: string;
  readonly n: number;
  readonly at: Instant;
  readonly type: string;
  readonly body: string;
  readonly hash: string;
};

export type RequestRow = {
  readonly id: string;
  readonly status: string;
  readonly owner: string | null;
  readonly urgency: string;
  readonly version: number;
};

export type AlarmRow = { readonly stream: string; readonly kind: string; readonly dueAt: Instant };

export type DeliveryRow = {
  readonly id: string;
  readonly requestId: string;
  readonly shortId: string;
  readonly kind: string;
  readonly reason: string;
  readonly urgency: string;
  readonly officer: string | null;
  readonly methodId: string;
  readonly createdAt: Instant;
  readonly dueAt: Instant;
  readonly state: string;
  readonly claimedAt: Instant | null;
  readonly bundleId: string | null;
};

export type ContentRow = { readonly id: string; readonly salt: Uint8Array | null; readonly bytes: Uint8Array | null };

/** Questions to the tables about single things, as committed last. */
export interface Ledger {
  entry(stream: string, n: number): JournalRow | undefined;
  request(id: string): RequestRow | undefined;
  alarms(stream: string): readonly AlarmRow[];
  delivery(id: string): DeliveryRow | undefined;
  deliveriesTo(officer: string): readonly DeliveryRow[];
  content(id: string): ContentRow | undefined;
  /** Of all streams with their last number. */
  streams(): readonly { readonly name: string; readonly n: number }[];
}

/** One committed transaction: which rows it changed, each as it was before and as it is after. */
export type Commit = {
  readonly at: Instant;
  readonly entries: readonly Changed<JournalRow>[];
  readonly deliveries: readonly Changed<DeliveryRow>[];
  /** Streams of which anything changed: entries, the request's row, alarms. */
  readonly streams: ReadonlySet<string>;
};

export type Changed<Row> = { readonly before: Row | undefined; readonly after: Row | undefined };
