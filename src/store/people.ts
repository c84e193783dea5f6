import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import type { Instant } from '../../rota/instant.ts';
import type { ContactMethod } from '../paging/policy.ts';
import type { People } from '../ports/people.ts';
import type { Database } from './database.ts';
import { among, METHOD, type Row } from './tables.ts';

type Method = Row<Prisma.ContactMethodModel>;

export function makePeople(db: Database, now: () => Instant): People {
  return {
    seedMethods: async (desk, methods) => {
      const officers = methods.flatMap(({ officer }) => officer ?? []);
      await db.transaction(async (sql) => {
        const theirs = Prisma.sql`${among('officer', officers)} OR ("officer" IS NULL AND "desk" = ${desk ?? null})`;
        const known = await sql.all<Method>(Prisma.sql`SELECT ${METHOD.columns} FROM "contact_method" WHERE ${theirs}`);
        const rows = methodsToSeed(desk, methods, known, now());
        // Another node may be seeding the same file.
        if (rows.length > 0) await sql.run(METHOD.insert(rows, Prisma.sql`ON CONFLICT DO NOTHING`));
      });
    },
  };
}

/** The methods of those who have none in use. `known`: everything the store has of them, removed or not. */
export function methodsToSeed(
  desk: string | undefined,
  methods: readonly ContactMethod[],
  known: readonly Method[],
  now: Instant,
): readonly Method[] {
  const served = new Set(known.filter(({ removedAt }) => removedAt === null).map(({ officer }) => officer));
  return methods
    .map((method, position) => methodRecord(desk, method, position, now))
    .filter(({ officer, id }) => !served.has(officer) && !known.some((one) => one.id === id));
}

function methodRecord(desk: string | undefined, method: ContactMethod, position: number, now: Instant): Method {
  const { id, officer = null, type, address, verified } = method;
  if (officer === null && desk === undefined) throw new Error(`the method ${id} belongs to no officer: name the desk`);
  const owner = { officer, desk: officer === null ? (desk ?? null) : null };
  return { id, ...owner, type, address, position, verifiedAt: verified ? now : null, removedAt: null };
}
