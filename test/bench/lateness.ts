import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE, SECOND } from '../../rota/instant.ts';
import { HEAD, OFFICER_ON_DUTY } from './bench-desk.ts';
import { percentile, type Result, spread } from './figures.ts';
import { PagerClient } from './pager-client.ts';
import { databaseIn, Product } from './product.ts';
import { QuietDatabase } from './quiet-database.ts';
import { openReceived, seed } from './seed.ts';

const ARMED = 100_000;
const DUE = 1000;
const SPREAD = MINUTE;
/** The window of the first step of an emergency. */
const WINDOW = 5 * MINUTE;
/** Between the end of seeding and the first that is due: the start of the process, and some quiet. */
const AHEAD = 30 * SECOND;
const AFTER = 5 * SECOND;

/** How late the second step rings, with very many alarms armed and a thousand of them due within a minute. */
export async function lateness(folder: string): Promise<Result> {
  await (await Product.start(folder)).stop();
  const file = databaseIn(folder);
  await seed(file, [{ kind: 'urgent', receivedAt: openReceived(ARMED - DUE) }]);
  const first = Date.now() + AHEAD;
  const receivedAt = Array.from({ length: DUE }, (_, i) => Math.round(first + (i * SPREAD) / DUE) - WINDOW);
  const due = await seed(file, [{ kind: 'emergency', receivedAt }]);
  const before = new QuietDatabase(file);
  const dueAt = before.escalationDueAt(due);
  const armed = before.count('SELECT count(*) FROM alarm');
  before.close();
  const product = await Product.start(folder);
  const pagers = [await PagerClient.open(product, HEAD), await PagerClient.open(product, OFFICER_ON_DUTY)];
  await sleep(first + SPREAD + AFTER - Date.now());
  for (const pager of pagers) pager.close();
  const memory = product.memory().main;
  await product.stop();
  const after = new QuietDatabase(file);
  const late = after.secondStepAt(due).map((at, i) => (at ?? Number.POSITIVE_INFINITY) - (dueAt[i] ?? 0));
  after.close();
  const handedOver = pagers[0]?.pages.size ?? 0;
  return {
    name: 'lateness',
    conditions: { openRequests: ARMED, alarmsArmed: armed, due: DUE, withinMs: SPREAD, store: 'SQLite' },
    figures: {
      late: spread(late),
      neverRang: late.filter((one) => !Number.isFinite(one)).length,
      handedOver,
      memoryMB: memory,
    },
    target: 'p99 at most 100 ms after the window',
    met: percentile(late, 0.99) <= 100,
  };
}
