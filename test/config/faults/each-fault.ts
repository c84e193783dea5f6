import { describe, expect, test } from 'vitest';
import { faultsOf } from '../files.ts';

export type FaultCase = {
  readonly name: string;
  /** A file with one fault; its line is the one with `#!`. */
  readonly text: string;
  readonly path: string;
  readonly wrong: RegExp;
  readonly nearest?: string;
};

/** Each case is told once, at its line. A secret in a case is `hunter2`, which no fault may repeat. */
export function eachFault(title: string, cases: readonly FaultCase[]): void {
  describe(`faults of ${title} are told once, at their line`, () => {
    test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, { text, path, wrong, nearest }) => {
      const faults = faultsOf(text);

      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatchObject({ file: 'tocsin.yaml', line: lineOfMark(text), path });
      expect(faults[0]?.wrong).toMatch(wrong);
      expect(faults[0]?.nearest).toBe(nearest);
      expect(faults[0]?.expected).not.toBe('');
      expect(JSON.stringify(faults)).not.toContain('hunter2');
    });
  });
}

function lineOfMark(text: string): number {
  return text.split('\n').findIndex((line) => line.includes('#!')) + 1;
}
