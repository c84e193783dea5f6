import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAULTS } from './faults.ts';
import { type Played, playYear } from './year.ts';

/** A slow machine with other work needs that long for a year. */
const A_YEAR = 60_000;
/** Within so many duty-years each deliberate fault must be found. */
const YEARS_TO_FIND = 3;

describe('a duty-year', () => {
  test.each([1, 2, 3])('keeps promises 1 to 5 and 10 (seed %i)', { timeout: A_YEAR }, async (seed) => {
    const { finding, trace, tally } = await playYear({ seed });
    expect(finding, trace.join('\n')).toBeUndefined();
    expect(tally.total('requests')).toBeGreaterThanOrEqual(300);
    expect(tally.total('crashes')).toBeGreaterThanOrEqual(50);
    expect(tally.of('nights', 'storms')).toBe(2);
    expect(tally.of('nights', 'gaps')).toBe(5);
    expect(tally.of('nights', 'dst')).toBe(2);
    expect(tally.of('', 'bundles')).toBeGreaterThan(0);
    expect(tally.of('', 'gaps met')).toBeGreaterThan(0);
    expect(tally.of('', 'other desks paged')).toBeGreaterThan(0);
    expect(tally.of('entries', 'round.rang')).toBeGreaterThan(0);
    expect(tally.of('', 'checks')).toBeGreaterThan(100_000);
  });

  test('is the same again with the same seed, up to the step asked for', { timeout: A_YEAR }, async () => {
    const once = await playYear({ seed: 4, until: 2000 });
    const again = await playYear({ seed: 4, until: 2000 });
    expect(once.trace.at(-1)).toContain('#2000 ');
    expect(told(again)).toEqual(told(once));
  });

  test('is another one with another seed', { timeout: A_YEAR }, async () => {
    const one = await playYear({ seed: 4, until: 200 });
    const other = await playYear({ seed: 5, until: 200 });
    expect(other.trace).not.toEqual(one.trace);
  });
});

function told({ trace, tally, finding }: Played) {
  return { trace, numbers: tally.numbers(), finding };
}

describe('a house that breaks a promise on purpose', () => {
  test.each(Object.entries(FAULTS))('is found out: %s', { timeout: YEARS_TO_FIND * A_YEAR }, async (_name, fault) => {
    const found = await firstFinding(fault);
    expect(found, `${fault.what}: not found in ${YEARS_TO_FIND} duty-years`).toBeDefined();
    expect(found?.finding?.promise, found?.finding?.what).toBe(fault.promise);
    expect(found?.trace.at(-1)).toContain(`#${found?.finding?.step} `);
  });

  test('there is one for each promise that is checked', () => {
    const promises = new Set(Object.values(FAULTS).map(({ promise }) => promise));
    expect([...promises].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 10]);
  });
});

async function firstFinding(fault: (typeof FAULTS)[string]): Promise<Played | undefined> {
  for (let seed = 11; seed < 11 + YEARS_TO_FIND; seed++) {
    const played = await playYear({ seed, fault });
    if (played.finding !== undefined) return played;
  }
  return undefined;
}

test('the checker reads journal and rows with nothing but a hash and instants', () => {
  const root = resolve(import.meta.dirname, '../..');
  const outside = new Set<string>();
  const left = [join(import.meta.dirname, 'checker/checker.ts')];
  const seen = new Set(left);
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
      const path = from.startsWith('.') ? resolve(dirname(file), from) : from;
      const isOwn = path.startsWith(import.meta.dirname);
      if (!isOwn) outside.add(path.replace(`${root}/`, ''));
      else if (!seen.has(path)) left.push(path);
      seen.add(path);
    }
  }
  expect([...outside].sort()).toEqual(['node:crypto', 'rota/instant.ts']);
  expect([...seen].filter((path) => path.includes('/checker/')).length).toBeGreaterThan(8);
});
