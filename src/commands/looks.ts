import { DAY } from '../../rota/instant.ts';
import type { Desk } from '../desk/desk.ts';
import type { DeskSetup } from '../desk/setup.ts';
import type { RequestRow } from '../ports/steps.ts';
import type { RequestState } from '../request/state.ts';
import { setupOf } from './context.ts';
import { helpFor } from './help.ts';
import { unknownWord, wordNamed } from './parse.ts';
import type { Parsed } from './parsed.ts';
import { type DutyLine, lineOf, type Reply, type RequestLine, type WhoLine } from './reply.ts';
import type { CommandParts, FoundRows, Typed } from './typed.ts';
import { type Asker, desksOf, MOST_ROWS } from './which.ts';

/** What is no search leaves nothing out. */
const ALL: Omit<FoundRows, 'rows'> = { more: false, indexing: false, leftOut: [] };
/** Gaps are told this far ahead. */
const LOOK_AHEAD = 14 * DAY;

/** What is only looked at, and is about no single request. */
export async function look({ desk, find }: CommandParts, { word, said }: Parsed, { officer }: Typed): Promise<Reply> {
  switch (word.name) {
    case 'open':
      return requests('open', desk, await board(desk, officer, ['open', 'acknowledged', 'concluded']), officer);
    case 'mine': {
      const rows = officer === undefined ? [] : await desk.store.ownedBy(officer);
      return requests('mine', desk, { rows, ...ALL }, officer);
    }
    case 'find':
      return requests('find', desk, await find(said['query'] ?? '', officer), officer);
    case 'who':
      return { result: 'who', officers: await who(desk, officer) };
    case 'duty':
      return { result: 'duty', desks: await Promise.all(desksOf(desk, officer).map((setup) => dutyOf(desk, setup))) };
    default:
      return help(desk, said['word'], officer);
  }
}

async function board(desk: Desk, asker: Asker, statuses: readonly RequestState['status'][]): Promise<FoundRows> {
  const ids = desksOf(desk, asker).map(({ id }) => id);
  // Each by itself: what is nearly done must not crowd out what nobody has.
  const sections = await Promise.all(statuses.map((status) => desk.store.board(ids, [status], MOST_ROWS + 1)));
  const rows = sections.flat();
  return { rows, ...ALL };
}

function requests(
  list: Extract<Reply, { result: 'requests' }>['list'],
  desk: Desk,
  { rows, more, ...notes }: FoundRows,
  asker: Asker,
): Reply {
  const shown = rows.slice(0, MOST_ROWS).map((row) => line(desk, row, asker));
  return { result: 'requests', list, requests: shown, more: more || rows.length > MOST_ROWS, ...notes };
}

function line(desk: Desk, row: RequestRow, asker: Asker): RequestLine {
  return lineOf(row, setupOf(desk, row.state, asker) ?? { zone: 'UTC' });
}

async function who(desk: Desk, asker: Asker): Promise<readonly WhoLine[]> {
  const now = desk.clock.now();
  const lines = desksOf(desk, asker).map(async (setup) => {
    const onDuty = setup.rota(await desk.store.overrides(setup.id)).onDuty(now);
    const held = await desk.store.board([setup.id], ['acknowledged'], MOST_ROWS);
    return setup.officers.map(({ id, role }) => ({
      desk: setup.id,
      officer: id,
      role,
      isOnDuty: onDuty.includes(id),
      has: held.filter(({ owner }) => owner === id).map(({ shortId }) => shortId),
    }));
  });
  return (await Promise.all(lines)).flat();
}

async function dutyOf(desk: Desk, setup: DeskSetup): Promise<DutyLine> {
  const now = desk.clock.now();
  const rota = setup.rota(await desk.store.overrides(setup.id));
  const ahead = { start: now, end: now + LOOK_AHEAD };
  const until = rota.nextChange(now);
  const next = rota.shifts(ahead).find(({ start }) => start > now);
  return {
    desk: setup.id,
    name: setup.name,
    zone: setup.zone,
    onDuty: rota.onDuty(now),
    ...(until === undefined ? {} : { until }),
    ...(next === undefined ? {} : { next: { officers: next.officers, from: next.start } }),
    gaps: rota.gaps(ahead),
  };
}

async function help(desk: Desk, wanted: string | undefined, asker: Asker): Promise<Reply> {
  if (wanted === undefined) return { result: 'help', words: await helpFor(desk, asker) };
  const word = wordNamed(wanted);
  if (word === undefined) return { result: 'misread', misread: unknownWord(wanted) };
  const now = (await helpFor(desk, asker)).some((one) => one.word === word.name && one.now);
  return { result: 'help', words: [{ word: word.name, now }] };
}
