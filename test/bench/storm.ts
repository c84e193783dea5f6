import { setTimeout as sleep } from 'node:timers/promises';
import { OFFICER_ON_DUTY } from './bench-desk.ts';
import { percentile, type Result, round, spread } from './figures.ts';
import { PagerClient } from './pager-client.ts';
import { Product } from './product.ts';
import { QuietDatabase } from './quiet-database.ts';
import { Sender, type Taken } from './sender.ts';

const A_SECOND = 20;
const SECONDS = 60;
/** A page that has not come so long after the last request is lost. */
const PATIENCE_MS = 30_000;

/** Twenty emergencies a second for a minute, nobody answers, each is a page of its own. */
export async function storm(folder: string): Promise<Result> {
  const product = await Product.start(folder);
  const pager = await PagerClient.open(product, OFFICER_ON_DUTY);
  const sender = new Sender(product.address, 'emergency', 64);
  const begun = performance.now();
  const taken = await atFixedRate(begun, () => sender.send());
  const received = taken.filter(({ status }) => status === 201);
  const last = Promise.all(received.map(({ shortId }) => pager.handedOver(shortId)));
  await Promise.race([last, sleep(PATIENCE_MS, undefined, { ref: false })]);
  const processor = product.processorTime();
  const memory = product.memory().main;
  pager.close();
  sender.close();
  await product.stop();
  const pages = received.map(({ shortId }) => pager.pages.get(shortId));
  const handedOver = received.map(
    ({ answeredAt }, i) => (pages[i]?.handedOverAt ?? Number.POSITIVE_INFINITY) - answeredAt,
  );
  const lost = pages.filter((page) => page?.handedOverAt === undefined).length;
  const store = new QuietDatabase(product.database);
  const inJournal = store.handedOverAfter();
  store.close();
  return {
    name: 'storm',
    conditions: { aSecond: A_SECOND, seconds: SECONDS, acknowledged: 0, store: 'SQLite', pager: 'connected' },
    figures: {
      sent: taken.length,
      received: received.length,
      lost,
      shownTwice: pages.filter((page) => (page?.times ?? 0) > 1).length,
      intake: spread(taken.map(({ sentAt, answeredAt }) => answeredAt - sentAt)),
      answeredToHandedOver: spread(handedOver),
      receivedToHandedOverInJournal: spread(inJournal),
      processorShare: round(processor / ((performance.now() - begun) / 1000)),
      memoryMB: memory,
    },
    target: 'intake answered to handed over: p99 at most 250 ms; nothing lost',
    met: received.length === taken.length && lost === 0 && percentile(handedOver, 0.99) <= 250,
  };
}

/** Sends at its time whether or not earlier ones were answered: a slow answer must not make fewer requests. */
async function atFixedRate(begun: number, send: () => Promise<Taken>): Promise<readonly Taken[]> {
  const sent: Promise<Taken>[] = [];
  for (let i = 0; i < A_SECOND * SECONDS; i++) {
    await sleep(Math.max(0, begun + (i * 1000) / A_SECOND - performance.now()));
    sent.push(send());
  }
  return Promise.all(sent);
}
