import { gzipSync } from 'node:zlib';
import { realTimers } from '../../src/engine/real-timers.ts';
import { boardData, board as drawn } from '../../src/web/page/board.ts';
import { boardFilter } from '../../src/web/page/board-filter.ts';
import { Hub } from '../../src/web/page/hub.ts';
import { PagerHub } from '../../src/web/pager/hub.ts';
import { viewerOf } from '../../src/web/viewer.ts';
import { OFFICER_ON_DUTY } from './bench-desk.ts';
import { type Result, round, spread, timed } from './figures.ts';
import { openInProcess } from './in-process.ts';
import { databaseIn } from './product.ts';
import { openReceived, seed } from './seed.ts';

const OPEN = 200;
const TIMES = 100;
const WARM_UP = 10;
const AT_MOST = 30;

/** What the board costs the server with many requests open: read, drawn, as the text that is sent. */
export async function board(folder: string): Promise<Result> {
  const first = await openInProcess(folder);
  await first.store.close();
  await seed(databaseIn(folder), [{ kind: 'urgent', receivedAt: openReceived(OPEN) }]);
  const { desk, store } = await openInProcess(folder);
  const parts = { desk, hub: new Hub(), pagers: new PagerHub(desk.clock, realTimers) };
  const viewer = viewerOf(desk.setups, { officer: OFFICER_ON_DUTY, csrf: '' }, 'en', Date.now());
  if (viewer === undefined) throw new Error(`${OFFICER_ON_DUTY} belongs to no desk`);
  const once = async (query: object) => {
    const filter = boardFilter(query);
    return drawn(viewer, await boardData(parts, viewer, filter), filter).toString();
  };
  const often = async (query: object) => {
    const times: number[] = [];
    for (let i = 0; i < TIMES + WARM_UP; i++) times.push(await timed(() => once(query)));
    return spread(times.slice(WARM_UP));
  };
  const [all, mine] = [await often({}), await often({ show: 'mine' })];
  const page = await once({});
  await store.close();
  return {
    name: 'board',
    conditions: { open: OPEN, times: TIMES, store: 'SQLite' },
    figures: { all, mine, kilobytes: round(page.length / 1024), packed: round(gzipSync(page).length / 1024) },
    target: `at most ${AT_MOST} ms (p99)`,
    met: Math.max(all.p99, mine.p99) <= AT_MOST,
  };
}
