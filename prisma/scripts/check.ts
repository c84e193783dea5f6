// npm run check: everything that is checked without running the product. All faults of all checks, not the first.
import { hiddenInputFaults } from './hidden-inputs.ts';
import { importFaults } from './imports.ts';
import { linkFaults } from './links.ts';
import { sizeFaults } from './size.ts';
import { run } from './tool.ts';
import { REPOSITORY } from './tree.ts';

type Result = { readonly faults: readonly string[]; readonly note?: string };
type Check = { readonly name: string; readonly run: () => Promise<Result> };

const CHECKS: readonly Check[] = [
  tool('format and lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
  // .bin/tsc is the TypeScript 6 that dependency-cruiser needs.
  tool('types', 'node_modules/typescript-7/bin/tsc', '-p', '.'),
  { name: 'imports', run: imports },
  tool('unused code', 'node_modules/knip/bin/knip.js', '--no-progress'),
  tool('migrations', 'prisma/scripts/migration.ts', '--check'),
  rule('file sizes', sizeFaults),
  rule('hidden inputs', hiddenInputFaults),
  rule('links in documents', linkFaults),
];

function tool(name: string, file: string, ...args: string[]): Check {
  return {
    name,
    run: async () => {
      const { ok, out, err } = await run(REPOSITORY, file, args);
      return { faults: ok ? [] : [out + err] };
    },
  };
}

function rule(name: string, faults: (root: string) => readonly string[]): Check {
  return { name, run: async () => ({ faults: faults(REPOSITORY) }) };
}

async function imports(): Promise<Result> {
  const { faults, modules } = await importFaults(REPOSITORY);
  return { faults, note: `${modules} modules cruised` };
}

async function finish({ name, run }: Check): Promise<boolean> {
  const begun = performance.now();
  const { faults, note } = await run();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const remark = note === undefined ? '' : `, ${note}`;
  console.log(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s${remark})`);
  for (const fault of faults) console.log(`${fault.trimEnd()}\n`);
  return faults.length === 0;
}

const results = await Promise.all(CHECKS.map(finish));
process.exitCode = results.every((ok) => ok) ? 0 : 1;
