import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { HOUR, type Instant } from '../../rota/instant.ts';
import type { Config } from '../../src/config/config.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { desksOf } from '../../src/desk/from-config.ts';
import { recordOutcome } from '../../src/desk/outcome.ts';
import { receive } from '../../src/desk/receive.ts';
import { ringRequest } from '../../src/desk/ring.ts';
import { firstHead } from '../../src/journal/entry.ts';
import { requestStream } from '../../src/journal/stream.ts';
import type { Change } from '../../src/ports/steps.ts';
import type { Installation } from '../../src/ports/store.ts';
import { rowsOf } from '../../src/store/change-rows.ts';
import { sealAll } from '../../src/store/heads.ts';
import type { Row } from '../../src/store/tables.ts';
import * as tables from '../../src/store/tables.ts';
import { fixedSetups } from '../support/setups.ts';
import { type BenchKind, benchConfig, DESK, FEW_SOURCES, messageOf, sourceId } from './bench-desk.ts';
import { Recorder } from './recorder.ts';

/** Requests of one kind that were received at the instants that `receivedAt` says, one each. */
export type Batch = { readonly kind: BenchKind; readonly receivedAt: readonly Instant[] };

const REQUESTS_A_COMMIT = 1000;

/** Urgent requests of the last hours whose early clocks have rung, while nothing more is due for an hour. */
export function openReceived(count: number): readonly Instant[] {
  const from = Date.now() - 3 * HOUR;
  return Array.from({ length: count }, (_, i) => Math.round(from + (i * 2 * HOUR) / count));
}

/**
 * Puts open requests into a store that nobody has open, as if each had been received and its first page handed over. The
 * rules of the product decide what stands in the rows, and the journal is sealed as ever; only the commits are shared.
 * Returns the ids.
 */
export async function seed(file: string, batches: readonly Batch[]): Promise<readonly string[]> {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA synchronous = OFF');
    const writer = await Writer.on(db);
    const ids: string[] = [];
    for (const { kind, receivedAt } of batches) {
      for (const at of receivedAt) {
        if (ids.length % REQUESTS_A_COMMIT === 0) db.exec(ids.length === 0 ? 'BEGIN' : 'COMMIT; BEGIN');
        ids.push(await writer.add(kind, at, ids.length));
      }
    }
    writer.finish();
    db.exec('COMMIT');
    return ids;
  } finally {
    db.close();
  }
}

class Writer {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  readonly #installation: Installation;
  readonly #recorder: Recorder;
  readonly #desk: Desk;
  readonly #run: string;
  #now: Instant = 0;

  static async on(db: DatabaseSync): Promise<Writer> {
    const config = benchConfig(Date.now());
    const shortIds = db
      .prepare('SELECT short_id FROM short_id')
      .all()
      .map(({ short_id }) => String(short_id));
    const counters = db.prepare('SELECT desk, year, last FROM counter').all();
    const last = counters.map(({ desk, year, last }) => [`${desk} ${year}`, Number(last)] as const);
    return new Writer(db, config, await Recorder.open(config, shortIds, last));
  }

  private constructor(db: DatabaseSync, config: Config, recorder: Recorder) {
    this.#db = db;
    const { id, epoch, key } = db.prepare('SELECT id, epoch, key FROM installation').get() ?? {};
    this.#installation = { id: String(id), epoch: Number(epoch), key: key as Uint8Array };
    this.#recorder = recorder;
    this.#run = `seed${recorder.taken}`;
    this.#desk = {
      store: recorder.store,
      setups: fixedSetups(desksOf(config), config.limits),
      clock: { now: () => this.#now },
      chance: { id: () => randomUUIDv7(), bytes: (length) => new Uint8Array(randomBytes(length)) },
      key: this.#installation.key,
    };
  }

  async add(kind: BenchKind, at: Instant, index: number): Promise<string> {
    this.#now = at;
    const id = randomUUIDv7();
    const source = sourceId(index % FEW_SOURCES);
    const actor = { kind: 'source', source } as const;
    const verification = { how: 'token', by: source } as const;
    const origin = { desk: DESK, source, known: true, mayTest: false, verification, actor };
    const message = messageOf(kind, this.#run, index);
    const incoming = { id, message, attachments: [], kindChosenBy: 'source', nature: 'request', notes: [] } as const;
    await receive(this.#desk, origin, { ...incoming, bodySha256: id, overRate: false });
    await this.#handOver();
    await this.#ringUntil(Date.now());
    this.#write(id, at);
    return id;
  }

  /** What the register counts. */
  finish(): void {
    for (const [key, last] of this.#recorder.counters) {
      const [desk = '', year = ''] = key.split(' ');
      const values = [desk, Number(year), last];
      this.#write1('INSERT OR REPLACE INTO counter (desk, year, last) VALUES (?, ?, ?)', values);
    }
  }

  async #handOver(): Promise<void> {
    for (const delivery of this.#recorder.newDeliveries()) {
      const claimed = { ...delivery, fence: 1, attempt: 1, unknowns: 0 };
      const outcome = { result: { state: 'handed_over', at: this.#now }, told: 'handed_over' } as const;
      await recordOutcome(this.#desk, claimed, outcome);
    }
  }

  /** Clocks that ran out since are rung, each at its time. */
  async #ringUntil(now: Instant): Promise<void> {
    for (;;) {
      const due = this.#recorder.alarms.find(({ dueAt }) => dueAt <= now);
      if (due === undefined) return;
      this.#now = due.dueAt;
      await ringRequest(this.#desk, due);
    }
  }

  #write(id: string, receivedAt: Instant): void {
    const stream = requestStream(id);
    const changes = this.#recorder.take();
    const entries = this.#sealed(stream, changes);
    const { n = 0, hash = '' } = entries.at(-1) ?? {};
    const rows = changes.map((change) => rowsOf(change, n));
    const last = rows.at(-1);
    const done = { state: 'handed_over', attempts: 1, fence: 1, claimedAt: receivedAt, finishedAt: receivedAt };
    this.#write1('INSERT INTO stream (name, n, hash) VALUES (?, ?, ?)', [stream, n, hash]);
    this.#insert(tables.ENTRY, entries);
    this.#insert(tables.REQUEST, last?.requests ?? []);
    this.#insert(tables.ALARM, last?.alarms ?? []);
    this.#insert(
      tables.VIEW,
      (last?.views ?? []).map((view) => ({ ...view, shown: view.wanted, dueAt: null })),
    );
    for (const { contents, likeness, idempotency, deliveries } of rows) {
      this.#insert(tables.CONTENT, contents);
      this.#insert(tables.LIKENESS, likeness);
      this.#insert(tables.IDEMPOTENCY, idempotency);
      this.#insert(
        tables.DELIVERY,
        deliveries.map((one) => ({ ...one, ...done })),
      );
    }
    const taken = [last?.requests[0]?.shortId ?? '', 'request', id];
    this.#write1('INSERT INTO short_id (short_id, kind, target) VALUES (?, ?, ?)', taken);
  }

  #sealed(stream: string, changes: readonly Change[]): readonly Row<Prisma.JournalEntryModel>[] {
    const entries: Row<Prisma.JournalEntryModel>[] = [];
    for (const { at, entries: drafts } of changes) {
      const head = entries.at(-1) ?? firstHead(this.#installation.id, stream);
      const sealed = sealAll({ installation: this.#installation, stream, head, at, drafts });
      entries.push(...sealed.map((entry, i) => ({ ...entry, at, type: drafts[i]?.type ?? '' })));
    }
    return entries;
  }

  #insert<Model>(table: tables.Table<Model>, rows: readonly Row<Model>[]): void {
    if (rows.length === 0) return;
    const { sql, values }: Prisma.Sql = table.insert(rows);
    this.#write1(sql, values);
  }

  #write1(sql: string, values: readonly unknown[]): void {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    statement.run(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value) as SQLInputValue));
  }
}
