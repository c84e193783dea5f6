import { setTimeout as sleep } from 'node:timers/promises';
import { OFFICER_ON_DUTY } from './bench-desk.ts';
import { percentile, type Result, spread } from './figures.ts';
import { PagerClient } from './pager-client.ts';
import { Product } from './product.ts';
import { QuietDatabase } from './quiet-database.ts';
import { Sender } from './sender.ts';

const REQUESTS = 300;
/** Code that has never run is slow; a desk's first page of the day should not be, so only the very first are left out. */
const WARM_UP = 20;
const PAUSE_MS = 100;

/** Intake answered → first page handed over, one emergency at a time on an idle desk, each acknowledged before the next. */
export async function firstPage(folder: string): Promise<Result> {
  const product = await Product.start(folder);
  const pager = await PagerClient.open(product, OFFICER_ON_DUTY);
  const sender = new Sender(product.address, 'emergency', 1);
  const answered: number[] = [];
  const shown: number[] = [];
  const handedOver: number[] = [];
  for (let i = 0; i < WARM_UP + REQUESTS; i++) {
    const taken = await sender.send();
    const page = await pager.handedOver(taken.shortId);
    await pager.acknowledge(taken.shortId);
    await sleep(PAUSE_MS + Math.random() * PAUSE_MS);
    if (i < WARM_UP) continue;
    answered.push(taken.answeredAt - taken.sentAt);
    shown.push(page.shownAt - taken.answeredAt);
    handedOver.push((page.handedOverAt ?? Number.POSITIVE_INFINITY) - taken.answeredAt);
  }
  pager.close();
  sender.close();
  await product.stop();
  const store = new QuietDatabase(product.database);
  const inJournal = store.handedOverAfter();
  store.close();
  return {
    name: 'first-page',
    conditions: { requests: REQUESTS, pauseMs: `${PAUSE_MS} to ${2 * PAUSE_MS}`, store: 'SQLite', pager: 'connected' },
    figures: {
      intake: spread(answered),
      answeredToShown: spread(shown),
      answeredToHandedOver: spread(handedOver),
      receivedToHandedOverInJournal: spread(inJournal),
    },
    target: 'intake answered to handed over: p50 at most 10 ms, p99 at most 50 ms',
    met: percentile(handedOver, 0.5) <= 10 && percentile(handedOver, 0.99) <= 50,
  };
}
