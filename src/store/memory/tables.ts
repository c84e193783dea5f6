import type { Prisma } from '../../../prisma/generated/sqlite/client.ts';
import { HOUR, type Instant } from '../../../rota/instant.ts';
import type { Row } from '../tables.ts';
import { Table, Undo } from './table.ts';

/** A key of several fields. */
export const key = (...parts: readonly (string | number | null)[]) => JSON.stringify(parts);

export function hourOf(at: Instant): number {
  return Math.floor(at / HOUR);
}

function table<Model, Index extends string = never>(
  undo: Undo,
  keyOf: (row: Row<Model>) => string,
  indexes?: Readonly<Record<Index, (row: Row<Model>) => string>>,
): Table<Row<Model>, Index> {
  return new Table(undo, keyOf, indexes ?? ({} as Record<Index, (row: Row<Model>) => string>));
}

/** The tables of the schema, with the same fields as there. */
export class Tables {
  readonly undo = new Undo();
  readonly installation = table<Prisma.InstallationModel>(this.undo, (row) => row.id);
  readonly stream = table<Prisma.StreamModel>(this.undo, (row) => row.name);
  readonly journalEntry = table<Prisma.JournalEntryModel>(this.undo, (row) => key(row.stream, row.n));
  readonly content = table<Prisma.ContentModel>(this.undo, (row) => row.id);
  readonly request = table<Prisma.RequestModel, 'reference' | 'shortId' | 'board' | 'owner' | 'source'>(
    this.undo,
    (row) => row.id,
    {
      reference: (row) => row.reference,
      shortId: (row) => row.shortId,
      board: (row) => key(row.desk, row.status),
      owner: (row) => row.owner ?? '',
      source: (row) => key(row.source, row.ownReferenceKey),
    },
  );
  readonly pagedDesk = table<Prisma.PagedDeskModel, 'desk'>(this.undo, (row) => key(row.desk, row.requestId), {
    desk: (row) => row.desk,
  });
  readonly likeness = table<Prisma.LikenessModel, 'key'>(
    this.undo,
    (row) => key(row.desk, row.key, row.at, row.requestId),
    {
      key: (row) => key(row.desk, row.key),
    },
  );
  readonly alarm = table<Prisma.AlarmModel, 'stream'>(this.undo, (row) => key(row.stream, row.kind), {
    stream: (row) => row.stream,
  });
  readonly delivery = table<Prisma.DeliveryModel, 'state' | 'request' | 'waiting' | 'claimed'>(
    this.undo,
    (row) => row.id,
    {
      state: (row) => row.state,
      request: (row) => row.requestId,
      /** Officer, while it waits. */
      waiting: (row) => (row.state === 'pending' ? (row.officer ?? '') : ''),
      /** Officer and hour in which it was claimed last. */
      claimed: (row) => (row.claimedAt === null ? '' : key(row.officer, hourOf(row.claimedAt))),
    },
  );
  /** No delivery was claimed later than this. */
  newestClaim: Instant = 0;
  readonly bundle = table<Prisma.BundleModel>(this.undo, (row) => row.id);
  readonly shortId = table<Prisma.ShortIdModel>(this.undo, (row) => row.shortId);
  readonly counter = table<Prisma.CounterModel>(this.undo, (row) => key(row.desk, row.year));
  readonly view = table<Prisma.ViewModel, 'isDue'>(this.undo, (row) => row.id, {
    isDue: (row) => String(row.dueAt !== null),
  });
  readonly officer = table<Prisma.OfficerModel>(this.undo, (row) => row.id);
  readonly contactMethod = table<Prisma.ContactMethodModel>(this.undo, (row) => row.id);
  readonly override = table<Prisma.OverrideModel, 'desk'>(this.undo, (row) => row.id, { desk: (row) => row.desk });
  readonly revision = table<Prisma.RevisionModel>(this.undo, (row) => key(row.number));
  readonly attachment = table<Prisma.AttachmentModel, 'request'>(this.undo, (row) => row.id, {
    request: (row) => row.requestId,
  });
  readonly searchDue = table<Prisma.SearchDueModel>(this.undo, (row) => key(row.requestId, row.n));
  readonly searchWords = table<Prisma.SearchWordsModel>(this.undo, (row) => row.requestId);
  readonly inbox = table<Prisma.InboxModel>(this.undo, (row) => row.id);
  readonly idempotency = table<Prisma.IdempotencyModel>(this.undo, (row) => key(row.source, row.key));
  readonly lease = table<Prisma.LeaseModel>(this.undo, (row) => row.name);
  readonly node = table<Prisma.NodeModel>(this.undo, (row) => row.id);
  readonly signInLink = table<Prisma.SignInLinkModel>(this.undo, (row) => row.hash);
  readonly session = table<Prisma.SessionModel>(this.undo, (row) => row.hash);
}
