import { setImmediate } from 'node:timers/promises';
import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { wholeJournal } from '../desk/journal-source.ts';
import type { CheckpointText } from '../journal/checkpoint.ts';
import type { Report } from '../journal/finding.ts';
import { journalItems } from '../journal/item.ts';
import { verifyJournal } from '../journal/verify.ts';
import { StoreRefused } from '../ports/store.ts';
import type { Database } from './database.ts';
import { makeRegister } from './register.ts';

/** The id of the installation in an open store. Throws `StoreRefused` where there is none: nothing is made. */
export async function installationIn(db: Database): Promise<string> {
  const [known] = await db.all<{ id: string }>(Prisma.sql`SELECT "id" FROM "installation"`);
  if (known === undefined) throw new StoreRefused('the file holds no Tocsin');
  return known.id;
}

/** Verifies the journal in an open store, with a checkpoint that was kept elsewhere where there is one. */
export async function verifyStore(db: Database, outside?: CheckpointText): Promise<Report> {
  const reading = { register: makeRegister(db), installation: await installationIn(db), pause: () => setImmediate() };
  return verifyJournal(journalItems(wholeJournal(reading)), outside);
}

/** What SQLite itself finds wrong with its file; empty when it is sound. */
export async function damageIn(db: Database): Promise<readonly string[]> {
  const rows = await db.all<{ integrity_check: string }>(Prisma.sql`PRAGMA integrity_check(20)`);
  return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
}
