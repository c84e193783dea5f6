import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort } from 'node:worker_threads';
import { type Found, playAll, serve } from './crew.ts';
import { FAULTS } from './faults.ts';
import { Random } from './random.ts';
import { Tally } from './tally.ts';
import { playYear } from './year.ts';

const HELP = `npm run simulate -- [--years N] [--seed S] [--until STEP] [--fault NAME]
  --years   how many duty-years to play (5)
  --seed    a whole number below 2^32; the same seed plays the same years (drawn, and printed)
  --until   play the year of this seed up to this step and print the last 30
  --fault   break a promise on purpose: ${Object.keys(FAULTS).join(', ')}`;

type Asked = {
  readonly years: number;
  readonly seed: number;
  readonly until: number | undefined;
  readonly fault: string | undefined;
};

/** Plays duty-years until all are over or a promise is broken. The exit code: 0, 1 for a finding, 2 for a mistake. */
async function simulate(args: readonly string[]): Promise<number> {
  const asked = read(args);
  if (asked === undefined) {
    console.log(HELP);
    return args.includes('--help') ? 0 : 2;
  }
  return asked.until === undefined ? playYears(asked) : replay(asked, asked.until);
}

/** Undefined when it cannot be understood. */
function read(args: readonly string[]): Asked | undefined {
  const text = { type: 'string' } as const;
  const options = { years: text, seed: text, until: text, fault: text };
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { fault } = values;
    const years = Number(values.years ?? 5);
    const seed = Number(values.seed ?? randomInt(2 ** 32));
    const until = values.until === undefined ? undefined : Number(values.until);
    const isSeed = Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
    const isCount = (count: number) => Number.isInteger(count) && count > 0;
    const isUnderstood = isSeed && isCount(years) && isCount(until ?? 1) && (fault === undefined || fault in FAULTS);
    return isUnderstood ? { years, seed, until, fault } : undefined;
  } catch {
    return undefined;
  }
}

async function playYears({ years, seed, fault }: Asked): Promise<number> {
  console.log(`${years} duty-years, seed ${seed}`);
  const began = performance.now();
  const tasks = Array.from({ length: years }, (_, i) => ({ year: i + 1, seed: seedOfYear(seed, i + 1), fault }));
  const { done, found } = await playAll(tasks, new URL(import.meta.url));
  if (found !== undefined) {
    const { task } = found;
    console.log(told(found, `year ${task.year} of seed ${seed}`, task.seed, fault));
    return 1;
  }
  const tally = new Tally();
  for (const one of done) tally.add(one.tally);
  for (const line of tally.lines()) console.log(line);
  const seconds = (performance.now() - began) / 1000;
  console.log(`no promise was broken in ${years} duty-years (${seconds.toFixed(0)} s)`);
  return 0;
}

async function replay({ seed, fault: name }: Asked, until: number): Promise<number> {
  const fault = name === undefined ? undefined : FAULTS[name];
  const played = await playYear({ seed, until, ...(fault === undefined ? {} : { fault }) });
  const { finding } = played;
  if (finding !== undefined) {
    console.log(told({ ...played, finding }, `seed ${seed}`, seed, name));
    return 1;
  }
  for (const line of played.trace) console.log(line);
  console.log(`no promise was broken up to step ${until}`);
  return 0;
}

function told(
  { trace, finding }: Pick<Found, 'trace' | 'finding'>,
  where: string,
  seed: number,
  fault: string | undefined,
): string {
  const { promise, shortId, what, step } = finding;
  const broken = promise === undefined ? 'AN UNEXPECTED ERROR' : `PROMISE ${promise} IS BROKEN`;
  const request = shortId === undefined ? '' : `, request ${shortId}`;
  const again = `npm run simulate -- --seed ${seed} --until ${step}${fault === undefined ? '' : ` --fault ${fault}`}`;
  return [...trace, '', `${broken}${request}, ${where}, step ${step}:`, `  ${what}`, `again: ${again}`].join('\n');
}

/** The first year has the seed itself, so that each year can be played alone. */
function seedOfYear(seed: number, year: number): number {
  return year === 1 ? seed : new Random(seed).fork(`year ${year}`).seed;
}

if (isMainThread) process.exitCode = await simulate(process.argv.slice(2));
else if (parentPort !== null) serve(parentPort);
