import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Document, isScalar, parseDocument, visit } from 'yaml';
import { formatFaults } from '../../src/config/fault.ts';
import { parseConfig } from '../../src/config/read.ts';
import { ENV, example, TOKEN } from './files.ts';

const EXAMPLE = example('tocsin.yaml');

/** Either a configuration, or faults that stand in the file. */
function expectAnswer(text: string): void {
  const result = parseConfig(text, 'tocsin.yaml', ENV);
  if (result.ok) return;
  const lines = text.split('\n').length;
  expect(result.faults.length).toBeGreaterThan(0);
  for (const { line, column, wrong, expected } of result.faults) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines + 1);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(wrong).not.toBe('');
    expect(expected).not.toBe('');
  }
}

describe('whatever stands in the file', () => {
  test('random bytes get an answer', () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array).toString('latin1'));
    fc.assert(fc.property(bytes, expectAnswer), { numRuns: 300 });
  });

  test('random pieces of YAML get an answer', () => {
    const piece = fc.constantFrom(
      ...'\n|\n  |- |: |[|]|{|}|"|\'|#|&a |*a|!!str |? |\t|---|desks|ana|5|~|<<|@|%|>|,|'.split('|'),
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(text, expectAnswer), { numRuns: 500 });
  });

  test('the example with some letters changed, cut out or doubled gets an answer', () => {
    const edit = fc.record({ at: fc.nat(EXAMPLE.length), cut: fc.nat(30), put: fc.string({ maxLength: 5 }) });
    const text = fc
      .array(edit, { minLength: 1, maxLength: 4 })
      .map((edits) => edits.reduce((all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut), EXAMPLE));
    fc.assert(fc.property(text, expectAnswer), { numRuns: 200 });
  });

  test('any JSON in the place of any value gets an answer', () => {
    const count = scalarsOf(parseDocument(EXAMPLE)).length;
    fc.assert(
      fc.property(fc.nat(count - 1), fc.jsonValue(), (index, value) => {
        expectAnswer(withValue(index, value));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a secret that stands in the file', () => {
  const SECRETS = [TOKEN, 'postgresql://ops:Zq8vR2kLw0@db.example/t', '7f3a91c05be84d26a1f0', 'xoxb-Zq8vR2kLw0pT5nYd'];
  const count = scalarsOf(parseDocument(EXAMPLE)).length;

  // Each place gets two of the four in turn: all of them everywhere takes ten seconds and finds no more.
  test.each([0, 2])('is in no fault, wherever it stands (%i)', (first) => {
    for (let index = 0; index < count; index++) {
      const secret = SECRETS[(first + index) % SECRETS.length] ?? '';
      const result = parseConfig(withValue(index, secret), 'tocsin.yaml', ENV);
      const shown = result.ok ? '' : formatFaults(result.faults);

      expect(shown).not.toContain(secret);
      expect(shown).not.toContain('Zq8vR2kLw0');
    }
  });
});

/** Keys and values. */
function scalarsOf(document: Document.Parsed) {
  const scalars: unknown[] = [];
  visit(document, { Scalar: (_key, node) => void scalars.push(node) });
  return scalars;
}

/** The example with something else in the place of one key or value. */
function withValue(index: number, value: unknown): string {
  const document = parseDocument(EXAMPLE);
  const scalar = scalarsOf(document)[index];
  if (isScalar(scalar)) {
    scalar.value = typeof value === 'object' ? JSON.stringify(value) : value;
  }
  return document.toString();
}
