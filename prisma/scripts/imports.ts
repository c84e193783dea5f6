import { run } from './tool.ts';
import { filesIn } from './tree.ts';

const FOLDERS = ['src', 'adapters', 'rota', 'prisma/scripts', 'test'];

/** The part of dependency-cruiser's report that we read. */
type Report = {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
};

export type Imports = { readonly faults: readonly string[]; readonly modules: number };

/** Imports that break a rule of `.dependency-cruiser.mjs`, and how many modules were looked at. */
export async function importFaults(root: string): Promise<Imports> {
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...FOLDERS];
  const { out, err } = await run(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', args);
  if (!out.startsWith('{')) return { faults: [out + err], modules: 0 };
  const files = FOLDERS.flatMap((folder) => filesIn(root, folder, '.ts'));
  return judgeImports(JSON.parse(out) as Report, files);
}

/**
 * A cruiser that has no TypeScript it can use looks at no module and is content. So each of our files must be among
 * the modules of its report.
 */
export function judgeImports({ modules, summary }: Report, files: readonly string[]): Imports {
  const seen = new Set(modules.map(({ source }) => source));
  const broken = summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle?.map(({ name }) => name).join(' → ') ?? to;
    return `${rule.name}: ${from} → ${way}`;
  });
  const unseen = files.filter((file) => !seen.has(file));
  const blind = unseen.map((file) => `not looked at: ${file} (dependency-cruiser needs TypeScript 6 as "typescript")`);
  return { faults: [...broken, ...blind], modules: seen.size };
}
