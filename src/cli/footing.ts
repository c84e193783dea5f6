import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Footing } from '../config/read.ts';

/**
 * Where the desk ran last, for a start on a file that is so broken that it cannot tell: without it, one bracket too many
 * would stop a desk that has an applied revision.
 */
const file = (folder: string) => join(folder, 'footing.json');

/** Keeps what a file without faults said. What came from the environment (it may hold a password) is not given here. */
export function rememberFooting(folder: string, footing: Partial<Footing>): void {
  writeFileSync(file(folder), `${JSON.stringify(footing)}\n`, { mode: 0o600 });
}

/** Nothing where nothing was kept, or what was kept cannot be read. */
export function lastFooting(folder: string): Partial<Footing> {
  try {
    const { database, port } = JSON.parse(readFileSync(file(folder), 'utf8')) as Readonly<Record<string, unknown>>;
    return {
      ...(typeof database === 'string' ? { database } : {}),
      ...(typeof port === 'number' ? { port } : {}),
    };
  } catch {
    return {};
  }
}
