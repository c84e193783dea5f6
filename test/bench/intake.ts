import { join } from 'node:path';
import { type BenchKind, FEW_SOURCES, MANY_SOURCES, OFFICER_ON_DUTY } from './bench-desk.ts';
import { type Figures, type Result, round, spread } from './figures.ts';
import { PagerClient } from './pager-client.ts';
import { Product, prepare } from './product.ts';
import { rawRate } from './raw.ts';
import { Sender, type Taken } from './sender.ts';
import { whereTimeGoes } from './where.ts';

const CLIENTS = 16;
const SECONDS = 20;
const WARM_UP_SECONDS = 3;
const AT_LEAST = 400;

/** Durable intake: clients that send the next request as soon as the last one was answered. */
export async function intake(folder: string): Promise<Result> {
  const quiet = await run(join(folder, 'quiet'), 'routine');
  const raw = rawRate(quiet.database, join(folder, 'raw.db'));
  const where = await whereTimeGoes(join(folder, 'where'), quiet.msEach);
  const paging = await run(join(folder, 'paging'), 'emergency');
  return {
    name: 'intake',
    conditions: { clients: CLIENTS, seconds: SECONDS, store: 'SQLite, synchronous = FULL, one commit a request' },
    figures: {
      withoutPages: { what: 'routine requests outside of duty hours: nobody is paged yet', ...quiet.figures },
      withPages: { what: 'emergencies, each paged, confirmed and shown meanwhile', ...paging.figures },
      rawSql: { ...raw, ratio: round(quiet.aSecond / raw.aSecond) },
      whereTimeGoes: where,
    },
    target: `at least ${AT_LEAST} a second`,
    met: quiet.aSecond >= AT_LEAST,
  };
}

type Run = { readonly database: string; readonly aSecond: number; readonly msEach: number; readonly figures: Figures };

async function run(folder: string, kind: BenchKind): Promise<Run> {
  const sources = kind === 'routine' ? MANY_SOURCES : FEW_SOURCES;
  prepare(folder, sources);
  const product = await Product.start(folder);
  const pager = kind === 'emergency' ? await PagerClient.open(product, OFFICER_ON_DUTY) : undefined;
  const sender = new Sender(product.address, kind, CLIENTS, sources);
  await sendFor(WARM_UP_SECONDS, sender);
  const processor = product.processorTime();
  const begun = performance.now();
  const taken = await sendFor(SECONDS, sender);
  const seconds = (performance.now() - begun) / 1000;
  const used = product.processorTime() - processor;
  const memory = product.memory().main;
  pager?.close();
  sender.close();
  await product.stop();
  const received = taken.filter(({ status }) => status === 201).length;
  const aSecond = received / seconds;
  const figures = {
    sources,
    aSecond: round(aSecond),
    answered: spread(taken.map(({ sentAt, answeredAt }) => answeredAt - sentAt)),
    refused: taken.length - received,
    processorMsEach: round((used * 1000) / received),
    memoryMB: memory,
    ...(pager === undefined ? {} : { handedOverMeanwhile: pager.pages.size }),
  };
  return { database: product.database, aSecond, msEach: (seconds * 1000) / received, figures };
}

async function sendFor(seconds: number, sender: Sender): Promise<readonly Taken[]> {
  const until = performance.now() + seconds * 1000;
  const taken: Taken[] = [];
  const client = async () => {
    while (performance.now() < until) taken.push(await sender.send());
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return taken;
}
