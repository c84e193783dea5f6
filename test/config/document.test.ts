import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/config/document.ts';
import { faultsOf, fileWith } from './files.ts';

/** Line and text of what is wrong with the YAML itself. */
function faults(text: string) {
  return readDocument(text, 'tocsin.yaml').faults.map(({ line, column, wrong }) => ({ line, column, wrong }));
}

describe('YAML that cannot be read is told with its line', () => {
  test.each([
    ['a tab', 'a:\n\tb: 1\n', 2, /tab/],
    ['a quote that is not closed', 'a: 1\nb: "x\n', 3, /not finished/],
    ['a bracket that is not closed', 'a: [1, 2\nb: 3\n', 2, /indented/],
    ['two keys in one line', 'a: b: c\n', 1, /a key begins inside/],
    ['a key without a colon', 'a: 1\nb\nc: 2\n', 2, /not finished/],
    ['a colon without a blank', 'a:1\nb: 2\n', 1, /no key with its value/],
    ['text that begins with a sign of YAML', 'a: 1\nb: @x\n', 2, /keeps for itself/],
    ['a backslash in double quotes', 'a: "\\q"\n', 1, /backslash/],
    ['a second document', 'a: 1\n---\nb: 2\n', 2, /second document/],
    ['a bracket too many', 'a: 1\n}\nb: 2\nc: 3\n', 2, /does not belong here/],
    ['an alias', 'a: &x [1]\nb: *x\n', 2, /alias/],
    ['a tag', 'a: 1\nb: !!binary aGk=\n', 2, /tag/],
    ['a key given twice', 'a: 1\nb: 2\na: 3\n', 3, /line 1 already/],
    ['a key given twice, once in quotes', '1: x\n"1": y\n', 2, /line 1 already/],
    ['a list as a key', 'a: 1\n? [b]\n: c\n', 2, /a key is missing/],
    ['a colon without a key', 'a: 1\n: x\n', 2, /a key is missing/],
    ['the key that would change what all objects are', '__proto__: { x: 1 }\n', 1, /a key is missing/],
  ])('%s', (_name, text, line, wrong) => {
    const found = faults(text);

    expect(found).toHaveLength(1);
    expect(found[0]?.line).toBe(line);
    expect(found[0]?.wrong).toMatch(wrong);
  });

  test('an alias that would unfold into gigabytes is a fault, at once', () => {
    const lines = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`);

    expect(faults(`a0: &a0 x\n${lines.join('\n')}\n`)).toHaveLength(12 * 9);
  });

  test('what is nested without end is a fault', () => {
    expect(faults('['.repeat(20_000))[0]?.wrong).toMatch(/nested too deeply|not finished/);
    expect(faults(`${'['.repeat(50)}x${']'.repeat(50)}`)[0]?.wrong).toMatch(/nested too deeply/);
  });

  test('a file of more than 256 KiB is a fault', () => {
    expect(faults(`# ${'x'.repeat(300_000)}`)).toEqual([{ line: 1, column: 1, wrong: 'it has 300002 characters' }]);
  });

  test('an empty file is a fault', () => {
    expect(faultsOf('')).toMatchObject([{ file: 'tocsin.yaml', line: 1, column: 1, path: '', wrong: 'it is empty' }]);
    expect(faultsOf('# nothing\n')).toHaveLength(1);
  });

  test('a file that is a list or a text is a fault', () => {
    expect(faultsOf('- ana\n')).toMatchObject([{ line: 1, path: '', wrong: 'a list is not a configuration' }]);
    expect(faultsOf('tocsin\n')).toMatchObject([{ line: 1, path: '', wrong: '"tocsin" is not a configuration' }]);
  });
});

describe('a broken place', () => {
  test('hides only what stands behind it', () => {
    const text = fileWith({
      top: 'databse: file:x\n',
      desk: '    rota: { start: 2026-02-30 }\n\tletters: T\n    nme: x\n',
    });

    expect(faultsOf(text).map(({ line, path }) => [line, path])).toEqual([
      [1, 'databse'],
      [10, 'desks[0].rota.start'],
      [11, ''],
    ]);
  });

  test('makes nothing in front of it look missing', () => {
    expect(faultsOf('officers:\n  - id: ana\n\tname: Ana\n').map(({ line }) => line)).toEqual([3]);
  });
});

describe('what editors leave in files', () => {
  test('a byte order mark and Windows line ends change no line', () => {
    const text = `\uFEFF${fileWith({ desk: '    letters: t\n' })}`.replaceAll('\n', '\r\n');

    expect(faultsOf(text)).toMatchObject([{ line: 9, column: 14, path: 'desks[0].letters' }]);
  });
});
