import { existsSync } from 'node:fs';
import type { Revision } from '../ports/revisions.ts';
import { StoreRefused } from '../ports/store.ts';
import { openStore } from '../store/open.ts';

const FILE = 'file:';

/**
 * The newest revision that was ever applied in a store; undefined where there is none, or no store. Nothing is made there.
 * Throws `StoreRefused` and `StoreUnavailable` like any opening.
 */
export async function appliedIn(database: string): Promise<Revision | undefined> {
  if (database.startsWith(FILE) && !existsSync(database.slice(FILE.length))) return undefined;
  const unborn = new StoreRefused('the store holds no Tocsin');
  const never = () => {
    throw unborn;
  };
  try {
    const store = await openStore({ url: database, random: never, now: Date.now, newId: never });
    try {
      return await store.revisions.latest();
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error === unborn) return undefined;
    throw error;
  }
}
