import { Prisma } from '../../prisma/generated/sqlite/client.ts';

/** A row as raw SQL reads and writes it: whole numbers are numbers (instants are far below 2^53), nothing is a bigint. */
export type Row<Model> = { readonly [K in keyof Model]: Plain<Model[K]> };
type Plain<T> = T extends bigint ? number : T;

/** One table of the schema: for statements of several rows, which Prisma's client would send one by one. */
export type Table<Model> = {
  /** `"id", "short_id" AS "shortId"`, to read rows as the model names them. */
  readonly columns: Prisma.Sql;
  /** One INSERT for all rows; at least one. */
  readonly insert: (rows: readonly Row<Model>[], onConflict?: Prisma.Sql) => Prisma.Sql;
};

function table<Model>(name: string, fields: Readonly<Record<keyof Model & string, string>>): Table<Model> {
  const keys = Object.keys(fields) as (keyof Model & string)[];
  const head = `INSERT INTO "${name}" (${keys.map((key) => `"${snake(key)}"`).join(', ')}) VALUES (`;
  const between = [...keys.slice(1).map(() => ', '), '), ('];
  return {
    columns: Prisma.raw(keys.map((key) => `"${name}"."${snake(key)}" AS "${key}"`).join(', ')),
    insert: (rows, onConflict = Prisma.empty) => {
      const gaps = rows.flatMap(() => between).slice(0, -1);
      const values = rows.flatMap((row) => keys.map((key) => row[key]));
      return new Prisma.Sql([head, ...gaps, ') ', ''], [...values, onConflict]);
    },
  };
}

const snake = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `excluded."a"` for each of these fields: what ON CONFLICT takes from the row that was to be inserted. */
export function takeOver(...fields: readonly string[]): Prisma.Sql {
  return Prisma.raw(fields.map((field) => `"${snake(field)}" = excluded."${snake(field)}"`).join(', '));
}

/** `"column" IN (…)`; false for none, which `IN ()` is not everywhere. */
export function among(column: string, values: readonly string[]): Prisma.Sql {
  return values.length === 0
    ? Prisma.sql`1 = 0`
    : Prisma.sql`${Prisma.raw(`"${column}"`)} IN (${Prisma.join([...values])})`;
}

export const ENTRY = table<Prisma.JournalEntryModel>('journal_entry', Prisma.JournalEntryScalarFieldEnum);
export const CONTENT = table<Prisma.ContentModel>('content', Prisma.ContentScalarFieldEnum);
export const REQUEST = table<Prisma.RequestModel>('request', Prisma.RequestScalarFieldEnum);
export const PAGED_DESK = table<Prisma.PagedDeskModel>('paged_desk', Prisma.PagedDeskScalarFieldEnum);
export const LIKENESS = table<Prisma.LikenessModel>('likeness', Prisma.LikenessScalarFieldEnum);
export const ALARM = table<Prisma.AlarmModel>('alarm', Prisma.AlarmScalarFieldEnum);
export const DELIVERY = table<Prisma.DeliveryModel>('delivery', Prisma.DeliveryScalarFieldEnum);
export const BUNDLE = table<Prisma.BundleModel>('bundle', Prisma.BundleScalarFieldEnum);
export const VIEW = table<Prisma.ViewModel>('view', Prisma.ViewScalarFieldEnum);
export const METHOD = table<Prisma.ContactMethodModel>('contact_method', Prisma.ContactMethodScalarFieldEnum);
export const OVERRIDE = table<Prisma.OverrideModel>('override', Prisma.OverrideScalarFieldEnum);
export const SEARCH_DUE = table<Prisma.SearchDueModel>('search_due', Prisma.SearchDueScalarFieldEnum);
export const ATTACHMENT = table<Prisma.AttachmentModel>('attachment', Prisma.AttachmentScalarFieldEnum);
export const REVISION = table<Prisma.RevisionModel>('revision', Prisma.RevisionScalarFieldEnum);
export const IDEMPOTENCY = table<Prisma.IdempotencyModel>('idempotency', Prisma.IdempotencyScalarFieldEnum);
