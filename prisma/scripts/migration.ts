// npm run migration -- NAME | --check | --seal
import { resolve } from 'node:path';
import { historyFaults, sealNewest, writeMigration } from './history.ts';
import { readSchema } from './schema.ts';

const ROOT = resolve(import.meta.dirname, '../migrations');

const USAGE = `npm run migration -- NAME      write the SQL for what changed in prisma/schema.prisma (name in snake_case)
npm run migration -- --check   find a forgotten migration or an edited old one
npm run migration -- --seal    accept the newest migration as edited by hand, before it is merged`;

async function run(argument: string | undefined): Promise<number> {
  switch (argument) {
    case undefined:
      console.error(USAGE);
      return 2;
    case '--check': {
      const faults = await historyFaults(ROOT, readSchema());
      for (const fault of faults) console.error(fault);
      return faults.length === 0 ? 0 : 1;
    }
    case '--seal':
      return report(sealNewest(ROOT), 'no migration to seal');
    default:
      return report(await writeMigration(ROOT, readSchema(), argument, new Date()), 'nothing changed');
  }
}

function report(scripts: readonly string[], none: string): number {
  console.log(scripts.length === 0 ? none : scripts.map((script) => `prisma/migrations/${script}`).join('\n'));
  return 0;
}

try {
  process.exitCode = await run(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
