import { describe, expect, it } from 'vitest';
import { linkFaults } from '../../../prisma/scripts/links.ts';
import { treeWith } from './trees.ts';

describe('links in documents', () => {
  it('accepts files, folders, headings, and what leads out of the house', () => {
    const root = treeWith({
      'README.md': `# Tocsin
[a](docs/a.md) [b](docs/a.md#two-words--more) [c](docs) [d](#tocsin) [e](https://example.org/x) [f]

[f]: docs/a.md "title"
`,
      'docs/a.md': '# `Two` words & more\n[up](../README.md)\n',
    });
    expect(linkFaults(root)).toEqual([]);
  });

  it.each([
    ['a missing file', '[a](missing.md)', 'there is no missing.md'],
    ['a missing image', '![a](board.png)', 'there is no board.png'],
    ['a missing heading', '[a](#missing)', 'has no heading #missing'],
    ['a missing reference', '[a]: missing.md', 'there is no missing.md'],
    ['a way out of the repository', '[a](../secret.md)', 'outside the repository'],
  ])('finds %s', (_, line, fault) => {
    expect(linkFaults(treeWith({ 'README.md': `# Tocsin\n${line}\n` }))).toEqual([expect.stringContaining(fault)]);
  });

  it('does not read code', () => {
    const text = 'A `[x](nowhere.md)`\n```\n[y](nowhere.md)\n# no heading\n```\n';
    expect(linkFaults(treeWith({ 'README.md': text }))).toEqual([]);
  });
});
