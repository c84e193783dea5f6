import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own, and the address of a file in it that is not there yet. */
export function freshFile(): { readonly path: string; readonly url: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-store-'));
  const path = join(folder, 'tocsin.db');
  return { path, url: `file:${path}`, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
