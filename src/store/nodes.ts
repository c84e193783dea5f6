import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Nodes } from '../ports/nodes.ts';
import type { Database } from './database.ts';

export function makeNodes(db: Database): Nodes {
  return {
    beat: async ({ node, boot }, now, revision) => {
      await db.run(
        Prisma.sql`INSERT INTO "node" ("id", "boot", "beat_at", "revision") VALUES (${node}, ${boot}, ${now}, ${revision})
          ON CONFLICT ("id") DO UPDATE SET "boot" = excluded."boot", "beat_at" = excluded."beat_at", "revision" = excluded."revision"`,
      );
    },

    // One statement, so that of two nodes that want it at once one gets it.
    lease: async (name, { node, boot }, silentSince) => {
      const held = await db.run(
        Prisma.sql`INSERT INTO "lease" ("name", "node", "boot") VALUES (${name}, ${node}, ${boot})
          ON CONFLICT ("name") DO UPDATE SET "node" = excluded."node", "boot" = excluded."boot"
          WHERE "lease"."node" = excluded."node" OR NOT EXISTS (SELECT 1 FROM "node" AS "holder" WHERE "holder"."id" = "lease"."node"
            AND "holder"."boot" = "lease"."boot" AND "holder"."beat_at" >= ${silentSince})`,
      );
      return held === 1;
    },

    probe: async (now) => {
      await db.run(Prisma.sql`UPDATE "installation" SET "probed_at" = ${now}`);
    },
  };
}
