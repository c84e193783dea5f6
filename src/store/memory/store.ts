import { INSTALLATION } from '../../journal/stream.ts';
import type { Installation, Store } from '../../ports/store.ts';
import { BEGAN, type Birth, born } from '../installation.ts';
import { mapMethods } from '../methods.ts';
import { type Access, type Between, MemoryDatabase, type OnCommit } from './database.ts';
import { makeHousekeeping, makeInbox, makeNodes, makePeople, makeRevisions, makeSessions } from './keep.ts';
import { makeQueue } from './queue.ts';
import { makeRegister } from './register.ts';
import { append } from './save.ts';
import { makeSearch } from './search.ts';
import { makeSteps } from './step.ts';
import { Tables } from './tables.ts';

/** The tables by their name in the schema, their rows as committed last. All of it is frozen. */
export type MemoryRows = {
  readonly [Name in keyof Omit<Tables, 'undo' | 'newestClaim'>]: ReturnType<Tables[Name]['all']>;
};

export interface MemoryStore extends Store {
  rows(): MemoryRows;
  /** The store as the next process finds it: what is committed, and nothing of what this one was at. This one is closed. */
  reopen(): Promise<MemoryStore>;
}

export type MemoryOptions = Birth & {
  readonly between?: Between;
  readonly onCommit?: OnCommit;
  /** Empty ones, for whoever wants to read them row by row. */
  readonly tables?: Tables;
};

/** A store that forgets all when the process ends, and otherwise does what every store does. */
export async function openMemoryStore(options: MemoryOptions): Promise<MemoryStore> {
  const { tables = new Tables() } = options;
  const db = new MemoryDatabase(tables, () => undefined);
  const { installation, at } = born(options);
  await db.transaction(async (access) => {
    tables.installation.put({ ...installation, key: Uint8Array.from(installation.key), createdAt: at, probedAt: null });
    append(access, installation, INSTALLATION, at, [BEGAN]);
  });
  return storeOn(tables, installation, options);
}

function storeOn(tables: Tables, installation: Installation, options: MemoryOptions): MemoryStore {
  const db = new MemoryDatabase(tables, options.between ?? (() => undefined), options.onCommit);
  const outside = <T extends object>(make: (access: Access) => T): T =>
    mapMethods(make({ tables, at: () => undefined, fail: () => undefined }), (name) => async (...args) => {
      return db.transaction(async (access) => Reflect.apply(make(access)[name] as () => unknown, undefined, args));
    });
  return {
    installation,
    ...makeSteps(db, installation),
    ...outside(makeQueue),
    ...outside(makeRegister),
    ...outside(makeInbox),
    ...outside((access) => makePeople(access, options.now)),
    ...outside(makeNodes),
    ...outside(makeHousekeeping),
    ...outside(makeSearch),
    sessions: outside(makeSessions),
    revisions: outside((access) => makeRevisions(access, installation)),
    close: async () => db.close(),
    rows: () => rowsOf(tables),
    reopen: async () => {
      db.close();
      return storeOn(tables, installation, options);
    },
  };
}

function rowsOf({ undo: _undo, newestClaim: _newest, ...tables }: Tables): MemoryRows {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, Object.freeze(table.all())]),
  ) as MemoryRows;
}
