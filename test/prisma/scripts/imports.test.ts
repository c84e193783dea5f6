import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFaults, judgeImports } from '../../../prisma/scripts/imports.ts';
import { REPOSITORY } from '../../../prisma/scripts/tree.ts';
import { treeWith } from './trees.ts';

/** A small house with this repository's rules. */
async function faultsIn(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const rooms = ['src/main.ts', 'adapters/memory/clock.ts', 'rota/instant.ts', 'prisma/scripts/a.ts', 'test/a.ts'];
  const root = treeWith({ ...Object.fromEntries(rooms.map((file) => [file, 'export const x = 1;\n'])), ...files });
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
    copyFileSync(join(REPOSITORY, file), join(root, file));
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  return (await importFaults(root)).faults;
}

const FORBIDDEN: readonly (readonly [string, string, string])[] = [
  ['rota/a.ts', '../src/request/urgency.ts', 'rota imports only itself'],
  ['src/request/a.ts', '../paging/policy.ts', 'src/request imports only itself, rota, src/journal/marks.ts'],
  ['src/journal/a.ts', '../request/urgency.ts', 'src/journal imports only itself, rota/instant.ts'],
  ['src/ports/a.ts', '../store/open.ts', 'src/ports imports only itself'],
  ['src/desk/a.ts', '../store/open.ts', 'src/desk imports only itself'],
  ['src/store/a.ts', '../desk/receive.ts', 'src/store imports only itself'],
  ['src/engine/a.ts', '../store/open.ts', 'src/engine imports only itself'],
  ['src/web/a.ts', '../store/open.ts', 'src/web imports only itself'],
  ['src/desk/b.ts', '../../adapters/memory/clock.ts', 'only main and the command line know adapters'],
  ['adapters/smtp/a.ts', '../memory/clock.ts', 'an adapter imports only ports, rules, texts and itself'],
  ['adapters/smtp/b.ts', '../../src/desk/receive.ts', 'an adapter imports only ports, rules, texts and itself'],
  ['src/request/b.ts', 'luxon', 'luxon belongs to rota'],
  ['src/paging/b.ts', 'node:fs', 'src/paging uses no package'],
  ['src/desk/c.ts', '@prisma/client', 'belongs to src/store'],
  ['src/commands/c.ts', 'fastify', 'belongs to src/web'],
  ['src/web/b.ts', 'fast-check', 'the product uses no development package'],
  ['src/web/c.ts', '../../test/a.ts', 'nothing imports tests'],
  ['src/web/d.ts', '../main.ts', 'nothing imports the ends'],
  ['src/web/e.ts', './nowhere.ts', 'every import resolves'],
];

const ALLOWED: readonly (readonly [string, string])[] = [
  ['rota/civil.ts', 'luxon'],
  ['src/request/f.ts', '../../rota/instant.ts'],
  ['src/journal/hash.ts', 'node:crypto'],
  ['src/store/open.ts', '@prisma/client'],
  ['src/store/f.ts', '../ports/f.ts'],
  ['src/web/f.ts', 'fastify'],
  ['adapters/memory/f.ts', '../../src/ports/f.ts'],
  ['src/cli.ts', './main.ts'],
];

const TARGETS = ['src/request/urgency.ts', 'src/paging/policy.ts', 'src/desk/receive.ts', 'src/ports/f.ts'];

describe('the import rules', { timeout: 60_000 }, () => {
  it('name each forbidden import, and no allowed one', async () => {
    const targets = Object.fromEntries(TARGETS.map((file) => [file, 'export const x = 1;\n']));
    const importing = [...FORBIDDEN, ...ALLOWED].map(([file, to]) => [file, `import '${to}';\nexport const y = 1;\n`]);
    const faults = await faultsIn({ ...targets, ...Object.fromEntries(importing) });
    for (const [file, , rule] of FORBIDDEN) {
      const named = faults.filter((fault) => fault.includes(`: ${file} → `));
      expect(named.join('\n'), file).toContain(rule);
    }
    for (const [file, to] of ALLOWED)
      expect(
        faults.filter((fault) => fault.includes(`${file} → `)),
        to,
      ).toEqual([]);
  });

  it('find a circle, also one of types', async () => {
    const faults = await faultsIn({
      'src/request/a.ts': "import type { B } from './b.ts';\nexport type A = B | 1;\n",
      'src/request/b.ts': "import type { A } from './a.ts';\nexport type B = A | 2;\n",
    });
    expect(faults.join('\n')).toContain('no cycles: src/request/a.ts');
  });

  it('are not kept when nothing was looked at, however content the cruiser is', () => {
    const blind = { modules: [], summary: { violations: [] } };
    expect(judgeImports(blind, ['src/main.ts'])).toEqual({
      modules: 0,
      faults: [expect.stringContaining('not looked at: src/main.ts')],
    });
  });
});
