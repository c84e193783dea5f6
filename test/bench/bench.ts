// npm run bench [-- NAME…]: measures Tocsin on this machine. One JSON object a measure on stdout, words on stderr.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { board } from './board.ts';
import { cost } from './cost.ts';
import type { Figures, Measure, Result } from './figures.ts';
import { firstPage } from './first-page.ts';
import { intake } from './intake.ts';
import { lateness } from './lateness.ts';
import { machine, machineLimits, processorUsed, usedByOthers } from './machine.ts';
import { npmCi } from './npm-ci.ts';
import { search } from './search.ts';
import { start } from './start.ts';
import { storm } from './storm.ts';

const MEASURES: Readonly<Record<string, Measure>> = {
  'first-page': firstPage,
  storm,
  intake,
  lateness,
  start,
  cost,
  search,
  board,
  'npm-ci': npmCi,
};
/** It needs a registry, so it runs only when it is asked for by name. */
const ONLY_BY_NAME = ['npm-ci'];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(MEASURES, name));
if (unknown.length > 0) {
  console.error(`no such measure: ${unknown.join(', ')}; expected any of ${Object.keys(MEASURES).join(', ')}`);
  process.exit(2);
}
const names = asked.length > 0 ? asked : Object.keys(MEASURES).filter((name) => !ONLY_BY_NAME.includes(name));
const root = mkdtempSync(join(tmpdir(), 'tocsin-bench-'));
try {
  for (const name of names) await measure(name, join(root, name));
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function measure(name: string, folder: string): Promise<void> {
  mkdirSync(folder);
  console.error(`${name} …`);
  const limits = await machineLimits(folder);
  const before = processorUsed();
  const result = await MEASURES[name]?.(folder);
  const others = usedByOthers(before, processorUsed());
  rmSync(folder, { recursive: true, force: true });
  if (result === undefined) return;
  console.log(JSON.stringify({ ...result, machine: { ...machine(root), limits, usedByOthers: others } }));
  tell(result, limits, others);
}

/** The same for people. */
function tell({ name, target, met, figures, conditions }: Result, limits: Figures, others: number): void {
  console.error(`${met ? 'met   ' : 'MISSED'} ${name}: ${target}`);
  console.error(
    `  conditions: ${Object.entries(conditions)
      .map((each) => each.join(' '))
      .join('; ')}`,
  );
  for (const line of lines(figures)) console.error(`  ${line}`);
  console.error(`  this machine's own limit: ${lines(limits).join('; ')}`);
  console.error(`  others used ${Math.round(others * 100)} % of the machine meanwhile`);
}

function lines(figures: Figures): string[] {
  return Object.entries(figures).map(([name, value]) =>
    typeof value === 'object' ? `${name}: ${lines(value).join(', ')}` : `${name} ${value}`,
  );
}
