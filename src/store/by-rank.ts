import { Prisma } from '../../prisma/generated/sqlite/client.ts';
import { RANKS } from './change-rows.ts';
import type { Provider } from './database.ts';

/**
 * The same question for each rank, put together: an index over rank and time then leads to the oldest of each rank
 * without a look at the rest, where sorting by both would read everything that is due.
 */
export function byRank(select: (rank: number) => Prisma.Sql): Prisma.Sql {
  const all = RANKS.map((rank) => Prisma.sql`SELECT * FROM (${select(rank)}) AS "of_rank"`);
  return Prisma.join(all, ' UNION ALL ');
}

/** Two nodes never wait for one another while they pick work: what one is looking at, the other leaves out. */
export function skipLocked(provider: Provider): Prisma.Sql {
  return provider === 'postgresql' ? Prisma.sql`FOR UPDATE SKIP LOCKED` : Prisma.empty;
}
