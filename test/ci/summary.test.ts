import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const SUMMARY = resolve(import.meta.dirname, '../../.ci/summary.mjs');

type Status = 'passed' | 'failed' | 'skipped' | 'todo';
type File = {
  readonly status?: 'failed';
  readonly message?: string;
  readonly tests: readonly (readonly [string, Status])[];
};

/** A report as vitest writes it; a test is named "suite > title". */
function reportOf(files: readonly File[], success = true) {
  return {
    success,
    testResults: files.map(({ status, message, tests }, n) => ({
      name: `test/${n}.test.ts`,
      status: status ?? 'passed',
      message: message ?? '',
      assertionResults: tests.map(([name, outcome]) => ({
        status: outcome,
        fullName: name.replace(' > ', ' '),
        ancestorTitles: name.split(' > ').slice(0, -1),
      })),
    })),
  };
}

function summarise(report: unknown): { code: number | null; lines: string[]; last: string | undefined } {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-summary-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'report.json');
  if (report !== undefined) writeFileSync(file, JSON.stringify(report));
  const { status, stdout } = spawnSync(process.execPath, [SUMMARY, file], { encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return { code: status, lines, last: lines.at(-1) };
}

const onBoth = (title: string, sqlite: Status = 'passed', postgres: Status = 'passed'): File => ({
  tests: [
    [`store contract on SQLite > ${title}`, sqlite],
    [`store contract on PostgreSQL > ${title}`, postgres],
  ],
});

describe('the last line of a run', () => {
  it('counts what passed, failed and was skipped, and says where contracts ran', () => {
    const { code, lines, last } = summarise(reportOf([onBoth('keeps a request'), { tests: [['waits', 'todo']] }]));
    expect(last).toBe('2 passed, 0 failed, 1 skipped');
    expect(lines).toContain('store contract: 1 on SQLite, 1 on PostgreSQL');
    expect(lines).toContain('skipped: waits');
    expect(code).toBe(0);
  });

  it('is a failure when a test failed', () => {
    const { code, lines, last } = summarise(
      reportOf([onBoth('keeps a request'), { status: 'failed', tests: [['rings', 'failed']] }], false),
    );
    expect(last).toBe('2 passed, 1 failed, 0 skipped');
    expect(lines).toContain('failed: rings');
    expect(code).toBe(1);
  });

  it('counts a file that could not be loaded as a failure', () => {
    const broken: File = { status: 'failed', message: 'Cannot find module', tests: [] };
    const { code, last } = summarise(reportOf([onBoth('keeps a request'), broken], false));
    expect(last).toBe('2 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });

  it.each([
    ['there is no report', undefined, '0 passed, 0 failed, 0 skipped'],
    ['no test ran', reportOf([]), '0 passed, 0 failed, 0 skipped'],
    ['an error happened outside the tests', reportOf([onBoth('x')], false), '2 passed, 0 failed, 0 skipped'],
  ])('is true and a failure when %s', (_, report, line) => {
    const { code, last } = summarise(report);
    expect(last).toBe(line);
    expect(code).toBe(1);
  });

  it.each([
    [
      'a contract test was skipped',
      [onBoth('x', 'passed', 'skipped')],
      'contract test skipped: store contract on PostgreSQL x',
    ],
    [
      'one store ran other tests than the other',
      [onBoth('x'), { tests: [['store contract on SQLite > y', 'passed'] as const] }],
      'store contract: not the same tests on each store',
    ],
    [
      'the contracts ran on one store alone',
      [{ tests: [['store contract on SQLite > x', 'passed'] as const] }],
      'no contract suite ran on SQLite and PostgreSQL',
    ],
  ])('is a failure when %s', (_, files, fault) => {
    const { code, lines } = summarise(reportOf(files));
    expect(lines).toContain(`FAILED ${fault}`);
    expect(code).toBe(1);
  });
});
