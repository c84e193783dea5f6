import type { DeliveryResult, Step, Steps } from '../../ports/steps.ts';
import type { Installation } from '../../ports/store.ts';
import { guarded } from '../methods.ts';
import { requestIn } from '../streams.ts';
import type { Delivery } from '../travel.ts';
import type { Access, MemoryDatabase } from './database.ts';
import { makeReads } from './reads.ts';
import { save } from './save.ts';
import { key, type Tables } from './tables.ts';
import { isWanted } from './wanted.ts';

export function makeSteps(db: MemoryDatabase, installation: Installation): Steps {
  return {
    step: async (_owner, work) =>
      db.transaction((access) => work(guarded(makeStep(access, installation), (error) => access.fail(error)))),
  };
}

function makeStep(access: Access, installation: Installation): Step {
  const { tables } = access;
  const reads = makeReads(access);
  return {
    ...reads,
    lock: async (stream) => {
      access.at('lock');
      const id = requestIn(stream);
      return id === undefined ? undefined : reads.request(id);
    },
    armed: async (stream, kind) => {
      access.at('armed');
      const row = tables.alarm.get(key(stream, kind));
      return row && { kind, desk: row.desk, rank: row.rank, dueAt: row.dueAt };
    },
    nextNumber: async (desk, year) => {
      access.at('nextNumber');
      const last = (tables.counter.get(key(desk, year))?.last ?? 0) + 1;
      tables.counter.put({ desk, year, last });
      return last;
    },
    takeShortId: async (candidates, kind, target) => {
      access.at('takeShortId');
      return takeShortId(tables, candidates, kind, target);
    },
    shortIdsTaken: async () => tables.shortId.size,
    finishDelivery: async (id, fence, result) => {
      access.at('finishDelivery');
      const row = tables.delivery.get(id);
      if (row?.state !== 'claimed' || row.fence !== fence) return false;
      tables.delivery.put({ ...row, node: null, boot: null, ...finished(tables, row, result) });
      return true;
    },
    save: async (change) => save(access, installation, change),
  };
}

/** Takes the first candidate that was never used. Throws when all were. */
export function takeShortId(
  { shortId: table }: Tables,
  candidates: readonly string[],
  kind: 'request' | 'bundle',
  target: string,
): string {
  const shortId = candidates.find((one) => table.get(one) === undefined);
  if (shortId === undefined) {
    throw new Error(`all ${candidates.length} short ids that were drawn are taken: draw again, with more characters`);
  }
  table.put({ shortId, kind, target });
  return shortId;
}

function finished(tables: Tables, row: Delivery, result: DeliveryResult): Partial<Delivery> {
  const { state, at } = result;
  if (state === 'handed_over') return { state, finishedAt: at, code: null, ref: result.ref ?? null };
  if (state === 'failed') return { state, finishedAt: at, code: result.code };
  const unknowns = row.unknowns + (result.unknown ? 1 : 0);
  const again = { dueAt: result.dueAt, code: result.code, unknowns };
  return isWanted(tables, row) ? { ...again, state } : { ...again, state: 'cancelled', finishedAt: at };
}
