import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import { type EntryDraft, firstHead, type SealedEntry, seal } from '../journal/entry.ts';
import type { Head } from '../journal/marks.ts';
import type { StreamName } from '../ports/steps.ts';
import type { Installation } from '../ports/store.ts';
import type { Sql } from './database.ts';
import { ENTRY } from './tables.ts';

/** Owners that are only locks: nothing is ever written to `register/<desk>`. */
const LOCK_ONLY = /^register\//;

/** The streams of one transaction: which are locked, and where they end. */
export class Heads {
  readonly #sql: Sql;
  readonly #installation: Installation;
  readonly #locked = new Set<StreamName>();
  readonly #heads = new Map<StreamName, Head>();

  constructor(sql: Sql, installation: Installation) {
    this.#sql = sql;
    this.#installation = installation;
  }

  /**
   * Nobody else can save to the stream until this transaction ends. On SQLite the transaction has locked everything
   * already. On PostgreSQL the stream's row is locked; where there is none yet, its name.
   */
  async lock(stream: StreamName): Promise<void> {
    if (this.#locked.has(stream)) return;
    this.#locked.add(stream);
    if (this.#sql.provider === 'sqlite') return;
    if (!LOCK_ONLY.test(stream) && (await this.#read(stream))) return;
    await lockName(this.#sql, stream);
    // Whoever held the name before may have begun the stream.
    if (!LOCK_ONLY.test(stream)) await this.#read(stream);
  }

  /** Where the stream ends; `n` is 0 before the first entry. */
  async head(stream: StreamName): Promise<Head> {
    if (!this.#heads.has(stream)) await this.#read(stream);
    return this.#heads.get(stream) ?? firstHead(this.#installation.id, stream);
  }

  /** Seals the entries to the end of their stream and writes them. `isNew`: the stream began with them. */
  async append(stream: StreamName, at: Instant, drafts: readonly EntryDraft[]): Promise<Appended> {
    if (drafts.length === 0) return { n: (await this.head(stream)).n, isNew: false };
    const begun = await this.#begin(stream, at, drafts);
    const entries = begun ?? (await this.#continue(stream, at, drafts));
    const rows = entries.map((entry, i) => ({ ...entry, at, type: drafts[i]?.type ?? '' }));
    await this.#sql.run(ENTRY.insert(rows));
    const head = endOf(entries);
    this.#heads.set(stream, head);
    return { n: head.n, isNew: begun !== undefined };
  }

  /** A stream that the step has not locked is a new one, most likely: then one statement makes it. Undefined: it is not. */
  async #begin(stream: StreamName, at: Instant, drafts: readonly EntryDraft[]) {
    if (this.#locked.has(stream)) return undefined;
    this.#locked.add(stream);
    const entries = this.#seal(stream, firstHead(this.#installation.id, stream), at, drafts);
    const { n, hash } = endOf(entries);
    const made = await this.#sql.run(
      Prisma.sql`INSERT INTO "stream" ("name", "n", "hash") VALUES (${stream}, ${n}, ${hash}) ON CONFLICT DO NOTHING`,
    );
    if (made === 1) return entries;
    await this.#read(stream);
    return undefined;
  }

  async #continue(stream: StreamName, at: Instant, drafts: readonly EntryDraft[]) {
    const before = await this.head(stream);
    const entries = this.#seal(stream, before, at, drafts);
    const { n, hash } = endOf(entries);
    await this.#sql.run(
      before.n === 0
        ? Prisma.sql`INSERT INTO "stream" ("name", "n", "hash") VALUES (${stream}, ${n}, ${hash})`
        : Prisma.sql`UPDATE "stream" SET "n" = ${n}, "hash" = ${hash} WHERE "name" = ${stream}`,
    );
    return entries;
  }

  async #read(stream: StreamName): Promise<boolean> {
    const lock = this.#sql.provider === 'postgresql' ? Prisma.sql`FOR UPDATE` : Prisma.empty;
    const [head] = await this.#sql.all<Head>(
      Prisma.sql`SELECT "n", "hash" FROM "stream" WHERE "name" = ${stream} ${lock}`,
    );
    if (head !== undefined) this.#heads.set(stream, head);
    return head !== undefined;
  }

  #seal(stream: StreamName, head: Head, at: Instant, drafts: readonly EntryDraft[]): readonly SealedEntry[] {
    return sealAll({ installation: this.#installation, stream, head, at, drafts });
  }
}

/** Until the transaction ends nobody else gets the same name. On SQLite nobody else is in a transaction. */
export async function lockName(sql: Sql, name: string): Promise<void> {
  if (sql.provider === 'sqlite') return;
  await sql.all(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`);
}

type Appended = { readonly n: number; readonly isNew: boolean };

type Sealing = {
  readonly installation: Installation;
  readonly stream: StreamName;
  readonly head: Head;
  readonly at: Instant;
  readonly drafts: readonly EntryDraft[];
};

export function sealAll({ installation, stream, head, at, drafts }: Sealing): readonly SealedEntry[] {
  const place = { installation: installation.id, epoch: installation.epoch, stream };
  const entries: SealedEntry[] = [];
  for (const draft of drafts) entries.push(seal(place, entries.at(-1) ?? head, at, draft));
  return entries;
}

function endOf(entries: readonly SealedEntry[]): Head {
  const { n, hash } = entries.at(-1) ?? { n: 0, hash: '' };
  return { n, hash };
}
