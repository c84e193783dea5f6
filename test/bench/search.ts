import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../../src/desk/desk.ts';
import { findRequests } from '../../src/desk/search.ts';
import { takeInDue } from '../../src/desk/search-index.ts';
import { openStore } from '../../src/store/open.ts';
import { birth } from '../support/birth.ts';
import { freshDatabase, POSTGRES } from '../support/postgres.ts';
import { fillArchive, wordOf } from './archive.ts';
import { OFFICER_ON_DUTY } from './bench-desk.ts';
import { type Figures, type Result, round, spread, timed } from './figures.ts';
import { deskOn } from './in-process.ts';

const REQUESTS = 100_000;
const TIMES = 30;
const AT_MOST = 200;
const TAKEN_IN_AT_ONCE = 10;

/** What is asked, by what is special about it; the number makes each time another question of the same kind. */
const QUESTIONS: Readonly<Record<string, (number: number) => string>> = {
  theirReference: (number) => `REF-${number}/2026`,
  ourReference: (number) => `T-2026-${String(number).padStart(6, '0')}`,
  shortId: (number) => number.toString(36).toUpperCase().padStart(5, '0'),
  aNumberInIt: (number) => String(number),
  anAddress: (number) => `203.0.${Math.floor(number / 250) % 250}.${number % 250}`,
  anAccount: (number) => `account.${number}@example.org`,
  twoRareWords: (number) => `${wordOf(number % 20_000)} ${wordOf((number + 7) % 20_000)}`,
  aWordInAllOfThem: () => 'preservation',
  threeWordsInAllOfThem: () => 'traffic subscriber exampleland',
  twoLetters: (number) => wordOf(number % 20).slice(0, 2),
  conditionsAlone: () => 'is:closed urgency:emergency kind:preservation since:2026-06',
  aWordAndConditions: () => 'preservation country:RO is:open',
};

/** Questions to the search among very many requests, on both databases where there is a server. */
export async function search(folder: string): Promise<Result> {
  const file = join(folder, 'search.db');
  const sqlite = await on(`file:${file}`);
  const megabytes = round(statSync(file).size / 2 ** 20);
  const server = POSTGRES === undefined ? undefined : await freshDatabase(POSTGRES);
  const postgresql = server === undefined ? undefined : await on(server.url);
  await server?.drop();
  const slowest = Math.max(sqlite.slowest, postgresql?.slowest ?? 0);
  return {
    name: 'search',
    conditions: { requests: REQUESTS, timesEach: TIMES, pieces: 'a message of 180 words and a note each' },
    figures: {
      sqlite: { ...sqlite.figures, megabytes },
      ...(postgresql === undefined ? {} : { postgresql: postgresql.figures }),
    },
    target: `each kind of question at most ${AT_MOST} ms (p99)`,
    met: slowest <= AT_MOST,
  };
}

async function on(url: string): Promise<{ readonly figures: Figures; readonly slowest: number }> {
  const store = await openStore({ url, ...birth });
  const desk = await deskOn(store);
  await fillArchive(desk, REQUESTS);
  const took = await timed(() => takeInAll(desk));
  const asked: [string, ReturnType<typeof spread> & { found: number }][] = [];
  for (const [name, question] of Object.entries(QUESTIONS)) asked.push([name, await askedOften(desk, question)]);
  await store.close();
  const indexed = { requestsASecond: round((REQUESTS * 1000) / took), msEach: round(took / REQUESTS) };
  return { figures: { indexed, ...Object.fromEntries(asked) }, slowest: Math.max(...asked.map(([, { p99 }]) => p99)) };
}

async function takeInAll(desk: Desk): Promise<void> {
  const fault = (error: unknown) => {
    throw error;
  };
  while ((await takeInDue(desk, TAKEN_IN_AT_ONCE, fault)) > 0);
}

async function askedOften(desk: Desk, question: (number: number) => string) {
  const times: number[] = [];
  let found = 0;
  for (let i = 0; i < TIMES; i++) {
    const text = question((i * 3_331 + 77) % REQUESTS);
    times.push(
      await timed(async () => {
        const { rows, more } = await findRequests(desk, text, OFFICER_ON_DUTY);
        found = rows.length + more;
      }),
    );
  }
  return { ...spread(times), found };
}
