import { setImmediate } from 'node:timers/promises';
import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { readEntry } from '../journal/entry.ts';
import { requestStream } from '../journal/stream.ts';
import type { Alarm, RequestRow } from '../ports/steps.ts';
import { alarmsOf } from '../request/alarms.ts';
import type { Told } from '../request/entries.ts';
import { evolve } from '../request/evolve.ts';
import type { RequestState } from '../request/state.ts';
import type { Database } from './database.ts';
import { requests } from './reads.ts';
import { makeRegister } from './register.ts';

/** Requests that are looked at before others get the thread. */
const PAGE = 200;
/** Nobody reads more; that there are more is said. */
const MOST_TOLD = 20;

export type Comparison = {
  readonly requests: number;
  /** Of how many the row is not what the journal comes to, or whose alarms are not those that it must have. */
  readonly unequal: number;
  /** The first of them, one line each. */
  readonly lines: readonly string[];
};

/** Folds every request of a store from its journal, and compares it with its row and its alarms. */
export async function compareAll(db: Database): Promise<Comparison> {
  const register = makeRegister(db);
  const alarms = await armed(db);
  const lines: string[] = [];
  let [count, unequal, after] = [0, 0, ''];
  for (;;) {
    const rows = await requests(db, Prisma.sql`WHERE "id" > ${after} ORDER BY "id" LIMIT ${PAGE}`);
    for (const row of rows) {
      const stream = requestStream(row.id);
      const folded = await foldOf(register, stream);
      const wrong = faultIn(row, folded, alarms.get(stream) ?? []);
      if (wrong !== undefined) unequal += 1;
      if (wrong !== undefined && lines.length < MOST_TOLD) lines.push(`${row.reference}: ${wrong}`);
    }
    count += rows.length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE) return { requests: count, unequal, lines };
    await setImmediate();
  }
}

type Folded = { readonly state: RequestState | undefined; readonly version: number };

async function foldOf(register: ReturnType<typeof makeRegister>, stream: string): Promise<Folded> {
  let state: RequestState | undefined;
  let version = 0;
  for (let more = true; more; ) {
    const page = await register.entries(stream, version + 1, PAGE);
    for (const { n, body } of page) {
      state = evolve(state, readEntry(body) as unknown as Told);
      version = n;
    }
    more = page.length === PAGE;
  }
  return { state, version };
}

function faultIn(row: RequestRow, { state, version }: Folded, armed: readonly Armed[]): string | undefined {
  if (state === undefined) return 'the journal does not know it';
  if (row.version !== version) return `the row is of version ${row.version}, the journal has ${version}`;
  if (JSON.stringify(row.state) !== JSON.stringify(state)) return 'the row is not what its journal comes to';
  const wanted = alarmsOf(state).map(nameOf).sort().join(', ');
  const found = armed.map(nameOf).sort().join(', ');
  return wanted === found ? undefined : `armed are [${found}], and must be [${wanted}]`;
}

type Armed = Pick<Alarm, 'kind' | 'dueAt'>;
const nameOf = ({ kind, dueAt }: Armed) => `${kind} at ${dueAt}`;

async function armed(db: Database): Promise<ReadonlyMap<string, readonly Armed[]>> {
  const rows = await db.all<Armed & { readonly stream: string }>(
    Prisma.sql`SELECT "stream", "kind", "due_at" AS "dueAt" FROM "alarm"`,
  );
  return Map.groupBy(rows, ({ stream }) => stream);
}
