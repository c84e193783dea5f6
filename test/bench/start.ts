import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, type Result, round, spread } from './figures.ts';
import { databaseIn, Product } from './product.ts';
import { openReceived, seed } from './seed.ts';

const TIMES = 7;
const OPEN = 100_000;
const IDLE_MS = 10_000;

/** From the start of Node to `/readyz`, and the memory of a desk at rest. */
export async function start(folder: string): Promise<Result> {
  const first = await startMany((i) => join(folder, `new-${i}`));
  const again = await startMany(() => join(folder, 'new-0'));
  const idle = await idleMemory(join(folder, 'new-0'));
  const full = join(folder, 'full');
  await (await Product.start(full)).stop();
  await seed(databaseIn(full), [{ kind: 'urgent', receivedAt: openReceived(OPEN) }]);
  const filled = await startMany(() => full);
  const idleFilled = await idleMemory(full);
  return {
    name: 'start',
    conditions: { times: TIMES, openRequests: OPEN, idleMs: IDLE_MS, store: 'SQLite' },
    figures: {
      newStore: spread(first),
      sameStore: spread(again),
      withOpenRequests: spread(filled),
      idleMemoryMB: idle,
      idleMemoryMBWithOpenRequests: idleFilled,
    },
    target: 'at most 1000 ms, with 100,000 open requests 3000 ms (medians); at rest at most 200 MB',
    met: median(again) <= 1000 && median(first) <= 1000 && median(filled) <= 3000 && idle.main <= 200,
  };
}

async function startMany(folder: (time: number) => string): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const product = await Product.start(folder(i));
    took.push(round(product.startTook));
    await product.stop();
  }
  return took;
}

/** Of the process itself, and of the reader of mails, which starts with the first mail. */
async function idleMemory(folder: string): Promise<{ main: number; children: number }> {
  const product = await Product.start(folder);
  await sleep(IDLE_MS);
  const memory = product.memory();
  await product.stop();
  return memory;
}
