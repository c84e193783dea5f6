// summary.mjs REPORT: what vitest's JSON report says, as one true line. Exit code 0 only when everything ran and passed.
import { existsSync, readFileSync } from 'node:fs';

/** A contract suite's outermost title ends with where it ran: "store contract on SQLite". */
const CONTRACT = /^(.+) (?:on|in) (SQLite|PostgreSQL|memory)$/;
const STORES = ['SQLite', 'PostgreSQL'];

function testsOf(report) {
  return report.testResults.flatMap((file) => {
    const tests = file.assertionResults.map(({ status, fullName, ancestorTitles }) => ({
      status: status === 'passed' || status === 'failed' ? status : 'skipped',
      name: fullName,
      suite: ancestorTitles[0] ?? '',
    }));
    // A file that could not be loaded has no tests, and is no success.
    const broken = file.status === 'failed' && !tests.some(({ status }) => status === 'failed');
    return broken ? [...tests, { status: 'failed', name: `${file.name}: ${file.message}`, suite: '' }] : tests;
  });
}

/** Contract → store → names of its tests, without those skipped. */
function contractsOf(tests) {
  const contracts = new Map();
  for (const { status, name, suite } of tests) {
    const [, contract, store] = CONTRACT.exec(suite) ?? [];
    if (contract === undefined || status === 'skipped') continue;
    const stores = contracts.get(contract) ?? new Map();
    stores.set(store, [...(stores.get(store) ?? []), name.slice(suite.length)]);
    contracts.set(contract, stores);
  }
  return contracts;
}

/** One line a contract with the number run on each store, and what is wrong with them. */
function judgeContracts(tests) {
  const contracts = [...contractsOf(tests)];
  const ran = STORES.every((store) => contracts.some(([, stores]) => stores.has(store)));
  const faults = ran ? [] : [`no contract suite ran on ${STORES.join(' and ')}`];
  const lines = contracts.map(([contract, stores]) => {
    const lists = [...stores.values()].map((names) => names.toSorted().join('\n'));
    if (new Set(lists).size > 1) faults.push(`${contract}: not the same tests on each store`);
    return `${contract}: ${[...stores].map(([store, names]) => `${names.length} on ${store}`).join(', ')}`;
  });
  const skipped = tests.filter(({ status, suite }) => status === 'skipped' && CONTRACT.test(suite));
  return { lines, faults: [...faults, ...skipped.map(({ name }) => `contract test skipped: ${name}`)] };
}

function summarise(report) {
  const tests = testsOf(report);
  const count = (wanted) => tests.filter(({ status }) => status === wanted).length;
  const { lines, faults } = judgeContracts(tests);
  if (tests.length === 0) faults.push('no test ran');
  if (!report.success && count('failed') === 0) faults.push('vitest reports an error outside the tests');
  const named = (wanted) => tests.filter(({ status }) => status === wanted).map(({ name }) => `${wanted}: ${name}`);
  return {
    lines: [...lines, ...named('skipped'), ...named('failed'), ...faults.map((fault) => `FAILED ${fault}`)],
    last: `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`,
    ok: count('failed') === 0 && faults.length === 0,
  };
}

const [file] = process.argv.slice(2);
const none = { success: false, testResults: [] };
const report = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : none;
const { lines, last, ok } = summarise(report);
for (const line of [...lines, last]) console.log(line);
process.exitCode = ok ? 0 : 1;
