import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { EntryDraft } from '../journal/entry.ts';
import { INSTALLATION } from '../journal/stream.ts';
import type { Installation } from '../ports/store.ts';
import type { Database } from './database.ts';
import { Heads, lockName } from './heads.ts';

/** What a new installation is made of. */
export type Birth = {
  readonly now: () => Instant;
  readonly newId: () => string;
  /** That many random bytes, unpredictable. */
  readonly random: (n: number) => Uint8Array;
};

/** The installation of this store; the first start makes it, with the first entry of its journal. */
export async function installationOf(db: Database, birth: Birth): Promise<Installation> {
  return db.transaction(async (sql) => {
    await lockName(sql, INSTALLATION);
    const [known] = await sql.all<Installation>(Prisma.sql`SELECT "id", "epoch", "key" FROM "installation"`);
    if (known !== undefined) return known;
    const { installation, at } = born(birth);
    const { id, epoch, key } = installation;
    await sql.run(
      Prisma.sql`INSERT INTO "installation" ("id", "epoch", "key", "created_at") VALUES (${id}, ${epoch}, ${key}, ${at})`,
    );
    await new Heads(sql, installation).append(INSTALLATION, at, [BEGAN]);
    return installation;
  });
}

export function born({ now, newId, random }: Birth): { readonly installation: Installation; readonly at: Instant } {
  return { installation: { id: newId(), epoch: 1, key: random(KEY_BYTES) }, at: now() };
}

/** Of the secret key of the likeness hashes. */
const KEY_BYTES = 32;

export const BEGAN: EntryDraft = { type: 'installation.began/1', actor: { kind: 'system' }, data: {} };
