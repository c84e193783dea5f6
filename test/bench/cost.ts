import { act } from '../../src/desk/act.ts';
import { recordOutcome } from '../../src/desk/outcome.ts';
import type { Claim } from '../../src/ports/queue.ts';
import { DESK, OFFICER_ON_DUTY } from './bench-desk.ts';
import { median, type Result, round, timed } from './figures.ts';
import { handIn, type InProcess, openInProcess } from './in-process.ts';
import { databaseIn } from './product.ts';
import { openReceived, seed } from './seed.ts';

const SIZES = [1000, 10_000, 100_000] as const;
const TIMES = 400;
const WARM_UP = 50;
/** The board shows at most so many. */
const MOST_ROWS = 200;
const BY = { node: 'bench', boot: 'bench' };

/** What single operations cost with more and more requests open. */
export async function cost(folder: string): Promise<Result> {
  const costs: Readonly<Record<string, number>>[] = [];
  let seeded = 0;
  for (const size of SIZES) {
    const { store } = await openInProcess(folder);
    await store.close();
    await seed(databaseIn(folder), [{ kind: 'urgent', receivedAt: openReceived(size - seeded) }]);
    seeded = size;
    costs.push(await costsAt(folder));
  }
  const [small = {}, middle = {}, large = {}] = costs;
  const names = Object.keys(small);
  const table = names.map((name) => {
    const at = { at1k: small[name] ?? 0, at10k: middle[name] ?? 0, at100k: large[name] ?? 0 };
    return [name, { ...at, ratio: round(at.at100k / at.at1k) }] as const;
  });
  return {
    name: 'cost',
    conditions: { openRequests: SIZES.join(', '), times: TIMES, store: 'SQLite', figures: 'medians' },
    figures: Object.fromEntries(table),
    target: `from 1,000 to 100,000 at most ${round(MOST_RATIO)} times as much: log 100,000 / log 1,000`,
    met: table.every(([, { ratio }]) => ratio <= MOST_RATIO),
  };
}

const MOST_RATIO = Math.log(100_000) / Math.log(1000);

async function costsAt(folder: string): Promise<Readonly<Record<string, number>>> {
  const inProcess = await openInProcess(folder);
  const times = new Map<string, number[]>();
  const watch = async (name: string, work: () => Promise<unknown>) => {
    const took = await timed(work);
    times.set(name, [...(times.get(name) ?? []), took]);
  };
  const run = String(Math.random()).slice(2, 8);
  for (let i = 0; i < TIMES + WARM_UP; i++)
    await once(inProcess, i < WARM_UP ? async (_, work) => work() : watch, run, i);
  await inProcess.store.close();
  return Object.fromEntries([...times].map(([name, took]) => [name, round(median(took))]));
}

type Watch = (name: string, work: () => Promise<unknown>) => Promise<unknown>;

/** The way of one emergency: it comes, is claimed, handed over, seen and acknowledged. */
async function once({ desk, store }: InProcess, watch: Watch, run: string, index: number): Promise<void> {
  const ids = { id: desk.chance.id, shortIds: () => [] };
  let id = '';
  await watch('intake', async () => {
    id = await handIn(desk, 'emergency', run, index);
  });
  await watch('nextDue', () => store.nextDue());
  let claims: readonly Claim[] = [];
  await watch('claim', async () => {
    claims = await store.claimDeliveries(BY, Date.now(), 50, ids);
  });
  const outcome = { result: { state: 'handed_over', at: Date.now() }, told: 'handed_over' } as const;
  for (const { deliveries } of claims) await watch('outcome', () => recordOutcome(desk, deliveries[0], outcome));
  await watch('claimNothing', () => store.claimDeliveries(BY, Date.now(), 50, ids));
  await watch('dueAlarmsNone', () => store.dueAlarms(Date.now(), 50));
  await watch('dueAlarmsMany', () => store.dueAlarms(Number.MAX_SAFE_INTEGER, 50));
  await watch('board', () => store.board([DESK], ['open', 'acknowledged', 'concluded'], MOST_ROWS));
  await watch('acknowledge', () => act(desk, id, 'acknowledge', {}, OFFICER_ON_DUTY));
  await watch('views', async () => {
    const views = await store.claimViews(BY, Date.now(), 50);
    await store.finishViews(views.map((claim) => ({ claim, result: { state: 'shown', version: claim.wanted } })));
  });
}
