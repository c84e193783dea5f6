import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { diff } from './diff.ts';
import { PROVIDERS, type Provider, twin } from './schema.ts';

/**
 * The migrations on disk: `<provider>/<UTC stamp>_<name>/migration.sql`, beside them `last.prisma` (the schema that the
 * newest one leads to), above them `checksums.json`. What is in that list is frozen: a database somewhere has run it.
 */
const CHECKSUMS = 'checksums.json';
const DO = 'npm run migration --';

type Checksums = Readonly<Record<string, string>>;

/** Writes what leads from the last schema to this one, for both databases. Returns the scripts; empty: nothing changed. */
export async function writeMigration(root: string, schema: string, name: string, now: Date): Promise<string[]> {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new Error(`a migration's name is in snake_case, got ${JSON.stringify(name)}`);
  const faults = frozenFaults(root);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const written: string[] = [];
  for (const provider of PROVIDERS) {
    const sql = await pending(root, schema, provider);
    if (sql === undefined) continue;
    const script = `${provider}/${stamp}_${name}/migration.sql`;
    mkdirSync(resolve(root, script, '..'), { recursive: true });
    writeFileSync(resolve(root, script), sql);
    writeFileSync(resolve(root, lastOf(provider)), asLast(schema, provider));
    written.push(script);
  }
  freeze(root, currentSums(root));
  return written;
}

/** Everything wrong with the history: a forgotten migration, a changed, lost or foreign script. Empty when all is well. */
export async function historyFaults(root: string, schema: string): Promise<string[]> {
  const forgotten: string[] = [];
  for (const provider of PROVIDERS) {
    if ((await pending(root, schema, provider)) === undefined) continue;
    forgotten.push(`${provider}: the schema has changed without a migration. Write it: ${DO} NAME`);
  }
  return [...forgotten, ...frozenFaults(root)];
}

/**
 * Accepts the newest script of each database as it stands now, for one that was edited or written by hand before it was
 * merged. Older ones stay frozen: throws when one of them differs.
 */
export function sealNewest(root: string): string[] {
  const current = currentSums(root);
  const newest = PROVIDERS.flatMap((provider) => scriptsOf(root, provider).slice(-1));
  const faults = compare({ ...readSums(root), ...pick(current, newest) }, current);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  freeze(root, current);
  return newest;
}

async function pending(root: string, schema: string, provider: Provider): Promise<string | undefined> {
  const last = resolve(root, lastOf(provider));
  return diff(provider, existsSync(last) ? readFileSync(last, 'utf8') : undefined, asLast(schema, provider));
}

const lastOf = (provider: Provider) => `${provider}/last.prisma`;
const asLast = (schema: string, provider: Provider) => twin(schema, provider, `../../generated/${provider}`);

function scriptsOf(root: string, provider: Provider): string[] {
  if (!existsSync(resolve(root, provider))) return [];
  return readdirSync(resolve(root, provider), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${provider}/${entry.name}/migration.sql`)
    .sort();
}

function currentSums(root: string): Checksums {
  const frozen = PROVIDERS.flatMap((provider) => [...scriptsOf(root, provider), lastOf(provider)]);
  const present = frozen.filter((file) => existsSync(resolve(root, file)));
  return Object.fromEntries(present.map((file) => [file, sha256(readFileSync(resolve(root, file)))]));
}

function readSums(root: string): Checksums {
  const file = resolve(root, CHECKSUMS);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Checksums) : {};
}

function freeze(root: string, sums: Checksums): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(resolve(root, CHECKSUMS), `${JSON.stringify(sums, undefined, 2)}\n`);
}

const frozenFaults = (root: string) => compare(readSums(root), currentSums(root));

function compare(frozen: Checksums, current: Checksums): string[] {
  const files = [...new Set([...Object.keys(frozen), ...Object.keys(current)])].sort();
  return files.flatMap((file) => {
    if (frozen[file] === current[file]) return [];
    if (current[file] === undefined) return [`${file} is missing: databases may have run it. Restore it`];
    if (frozen[file] === undefined) return [`${file} is not in ${CHECKSUMS}. Migrations are made by: ${DO} NAME`];
    return [`${file} was changed after it was made. Restore it, and change the tables by a new one: ${DO} NAME`];
  });
}

function pick(sums: Checksums, files: readonly string[]): Checksums {
  return Object.fromEntries(Object.entries(sums).filter(([file]) => files.includes(file)));
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
