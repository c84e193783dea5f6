import type { Store } from '../ports/store.ts';
import { makeCopier } from './backup.ts';
import type { Database } from './database.ts';
import { makeHousekeeping } from './housekeeping.ts';
import { makeInbox } from './inbox.ts';
import { type Birth, installationOf } from './installation.ts';
import { MIGRATIONS } from './migrations.ts';
import { makeNodes } from './nodes.ts';
import { makePeople } from './people.ts';
import { makeQueue } from './queue.ts';
import { makeRegister } from './register.ts';
import { makeRevisions } from './revisions.ts';
import { makeSearch } from './search.ts';
import { makeSessions } from './sessions.ts';
import { ShortIds } from './short-ids.ts';
import { makeSteps } from './step.ts';

export type OpenOptions = Birth & {
  /** `file:var/tocsin.db` or `postgresql://…`. */
  readonly url: string;
  /** Where the migrations are; the release's own by default. */
  readonly migrations?: string;
};

/**
 * Opens the store, migrates it and, in a new one, makes the installation. Whoever opens it closes it. Throws
 * `StoreRefused` when it must not be opened, `StoreUnavailable` when it cannot be reached.
 */
export async function openStore(options: OpenOptions): Promise<Store> {
  const db = await openDatabase(options.url, options.migrations ?? MIGRATIONS);
  try {
    return await storeOn(db, options);
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Only what the address asks for is loaded. */
export async function openDatabase(url: string, migrations: string): Promise<Database> {
  if (url.startsWith('file:')) return (await import('./sqlite-file.ts')).openSqlite(url, migrations);
  if (/^postgres(ql)?:/.test(url)) return (await import('./postgres.ts')).openPostgres(url, migrations);
  // The rest of it may hold a password.
  throw new Error(`the store's address begins with ${url.split(':')[0]}: expected file:… or postgresql://…`);
}

export async function storeOn(db: Database, birth: Birth): Promise<Store> {
  const installation = await installationOf(db, birth);
  const shortIds = await ShortIds.counted(db, installation);
  const register = makeRegister(db);
  const copier = db.file === undefined ? undefined : makeCopier(db.file);
  return {
    installation,
    ...(copier === undefined ? {} : { copier }),
    ...makeSteps(db, installation, shortIds),
    ...makeQueue(db, shortIds),
    ...register,
    ...makeInbox(db),
    ...makePeople(db, birth.now),
    ...makeNodes(db),
    ...makeHousekeeping(db),
    ...makeSearch(db),
    sessions: makeSessions(db),
    revisions: makeRevisions(db, installation, register),
    close: async () => {
      await copier?.close();
      await db.close();
    },
  };
}
