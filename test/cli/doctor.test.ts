import { describe, expect, it } from 'vitest';
import { HOUR, instant } from '../../rota/instant.ts';
import { exitCodeOf, tell } from '../../src/cli/doctor.ts';
import { processFound } from '../../src/cli/doctor-checks.ts';
import { firstDifference } from '../../src/cli/doctor-zones.ts';
import { type FindingCode, VERDICTS } from '../../src/desk/doctor/finding.ts';
import { catalogue, LANGUAGES } from '../../src/locales/catalogue.ts';

/** Every value that some text names. */
const VALUES = {
  ...{
    pid: '1',
    reasons: 'late',
    file: 'tocsin.yaml',
    count: 2,
    faults: 'none',
    revision: 3,
    mb: 4,
    path: 'var',
    why: '',
  },
  ...{
    host: 'localhost',
    port: 5432,
    folder: 'var',
    free: 1,
    needed: 2,
    by: 'chronyc',
    zone: 'UTC',
    node: '',
    system: '',
  },
  ...{ desk: 'ncp', officers: 'Ana', type: 'sms', from: '', until: '', hours: 3, version: '24', mode: '644' },
  ...{ wanted: '600', check: 'disk', error: 'EIO' },
};

describe('what doctor says', () => {
  it('has words for everything that can be found, in every language, and advice for every fault', () => {
    for (const language of LANGUAGES) {
      const text = catalogue(language, (key, error) => {
        throw new Error(key, { cause: error });
      });
      for (const code of Object.keys(VERDICTS) as FindingCode[]) {
        const { verdict, what, means, todo } = tell({ check: 'any', code, values: VALUES }, text);
        const isGood = verdict === 'well' || verdict === 'unknown';
        expect([code, what !== '', means === undefined, todo === undefined]).toEqual([code, true, isGood, isGood]);
      }
    }
  });

  it('ends with 1 for a fault, with 2 when something was not looked at, and with 0 for what a machine does not tell', () => {
    expect(exitCodeOf(['well', 'unknown'])).toBe(0);
    expect(exitCodeOf(['well', 'not_looked', 'unknown'])).toBe(2);
    expect(exitCodeOf(['not_looked', 'fault'])).toBe(1);
  });

  it('tells a desk that does not run from one that never did', () => {
    const none = { state: 'none' } as const;
    expect(processFound(none, { code: 'store_none' }, false).code).toBe('process_never_started');
    expect(processFound(none, { code: 'store_well' }, false).code).toBe('process_never_started');
    expect(processFound(none, { code: 'store_well' }, true).code).toBe('process_not_running');
    expect(processFound(none, { code: 'store_damaged' }, false).code).toBe('process_not_running');
    expect(processFound({ state: 'silent' }, { code: 'store_in_use' }, true).code).toBe('process_silent');
    const late = { ready: false, reasons: [{ code: 'late', message: 'It is late.' }] };
    expect(processFound({ state: 'running', readiness: late, pid: 7 }, { code: 'store_in_use' }, true)).toEqual({
      code: 'process_not_ready',
      values: { reasons: 'It is late.' },
    });
  });
});

it('the first hour at which the system shows another time is named in both', () => {
  const hours = [0, 1, 2].map((hour) => instant('2026-11-24T09:00:00Z') + hour * HOUR);
  const right = ['2026-11-24 11:00', '2026-11-24 12:00', '2026-11-24 13:00'];
  expect(firstDifference('Europe/Bucharest', hours, right).code).toBe('zone_well');
  expect(firstDifference('Europe/Bucharest', hours, right.with(1, '2026-11-24 13:00'))).toEqual({
    code: 'zone_differs',
    values: { zone: 'Europe/Bucharest', node: '2026-11-24 12:00', system: '2026-11-24 13:00' },
  });
});
