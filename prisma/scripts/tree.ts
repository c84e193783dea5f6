import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const REPOSITORY = resolve(import.meta.dirname, '../..');

/** Made by machines or by a running desk: nobody writes them, so no rule is about them. */
const NOT_OURS = new Set(['node_modules', 'generated', '.tmp', '.git', 'var', 'coverage']);

/** Files below `folder` (relative to `root`, `/` between names, sorted) whose name ends with `ending`. */
export function filesIn(root: string, folder: string, ending: string): string[] {
  return readdirSync(resolve(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesIn(root, path, ending);
      return entry.isFile() && entry.name.endsWith(ending) ? [path] : [];
    })
    .sort();
}
