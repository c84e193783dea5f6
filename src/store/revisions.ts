import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Actor } from '../journal/actor.ts';
import type { EntryDraft } from '../journal/entry.ts';
import { INSTALLATION } from '../journal/stream.ts';
import type { Revision, Revisions } from '../ports/revisions.ts';
import type { Reads } from '../ports/steps.ts';
import type { Installation } from '../ports/store.ts';
import type { Database } from './database.ts';
import { Heads } from './heads.ts';
import { REVISION } from './tables.ts';

export function makeRevisions(db: Database, installation: Installation, { revision }: Reads): Revisions {
  return {
    revision,
    latest: async () => (await db.all<Revision>(LATEST))[0],
    apply: async (text, sha256, actor, at) =>
      db.transaction(async (sql) => {
        const heads = new Heads(sql, installation);
        await heads.lock(INSTALLATION);
        const [latest] = await sql.all<Revision>(LATEST);
        const next = nextRevision(latest, text, sha256, actor, at);
        await sql.run(REVISION.insert([next]));
        await heads.append(INSTALLATION, at, [applied(next, actor)]);
        return next;
      }),
  };
}

const LATEST = Prisma.sql`SELECT ${REVISION.columns} FROM "revision" ORDER BY "number" DESC LIMIT 1`;

export function nextRevision(
  latest: Revision | undefined,
  text: string,
  sha256: string,
  actor: Actor,
  at: number,
): Revision {
  return { number: (latest?.number ?? 0) + 1, at, author: nameOf(actor), sha256, text };
}

export function applied({ number, sha256 }: Revision, actor: Actor): EntryDraft {
  return { type: 'revision.applied/1', actor, data: { revision: number, sha256 } };
}

function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'officer':
      return actor.officer;
    case 'source':
      return actor.source;
    case 'shell':
      return actor.as ?? actor.user;
    default:
      return actor.kind;
  }
}
