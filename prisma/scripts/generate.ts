// One schema, two clients: generated/sqlite and generated/postgresql. Runs on every install, offline.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROVIDERS, type Provider, readSchema, twin } from './schema.ts';

const PRISMA = resolve(import.meta.dirname, '..');
const GENERATED = resolve(PRISMA, 'generated');
/** Written last, so that a run that was cut off is done again. */
const STAMP = resolve(GENERATED, 'stamp');

const require = createRequire(import.meta.url);

/** Prisma's command line. An install without development packages has it as an optional peer of @prisma/client. */
function prismaCli(): string {
  try {
    return require.resolve('prisma/build/index.js');
  } catch (cause) {
    throw new Error('the package "prisma" is missing, so no database client can be generated: run npm ci', { cause });
  }
}

/** Changes whenever the clients would: with the schema or with Prisma. */
function stampOf(schema: string): string {
  const { version } = require('@prisma/client/package.json') as { version: string };
  return createHash('sha256').update(`${version}\n${schema}`).digest('hex');
}

function isCurrent(stamp: string): boolean {
  const clients = PROVIDERS.every((provider) => existsSync(resolve(GENERATED, provider, 'client.ts')));
  return clients && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp;
}

async function generate(cli: string, schema: string, provider: Provider): Promise<void> {
  const folder = resolve(PRISMA, '.tmp', provider);
  const file = resolve(folder, 'schema.prisma');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, twin(schema, provider, `../../generated/${provider}`));
  const child = spawn(process.execPath, [cli, 'generate', '--schema', file], {
    cwd: resolve(PRISMA, '..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Only its existence is asked for, it is never run; without it the engine would be downloaded.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  const code = new Promise((done, failed) => child.once('close', done).once('error', failed));
  const output = await Promise.all([text(child.stdout), text(child.stderr)]);
  if ((await code) !== 0) throw new Error(`prisma generate failed for ${provider}:\n${output.join('\n')}`);
}

const schema = readSchema();
const stamp = stampOf(schema);
if (isCurrent(stamp)) {
  console.log('database clients are up to date');
} else {
  rmSync(GENERATED, { recursive: true, force: true });
  const cli = prismaCli();
  await Promise.all(PROVIDERS.map((provider) => generate(cli, schema, provider)));
  writeFileSync(STAMP, stamp);
  console.log(`generated database clients: ${PROVIDERS.join(', ')}`);
}
