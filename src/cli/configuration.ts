import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonical } from '../config/canonical.ts';
import type { Config } from '../config/config.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { type Fault, formatFaults, type Note } from '../config/fault.ts';
import { parseConfig } from '../config/read.ts';
import { DEMO_SOURCE, demoConfiguration } from '../demo/desk.ts';
import { lastFooting } from './footing.ts';

/** Something the person has to mend before anything can be done; `sysexits` calls it a configuration error. */
export const EXIT_CONFIGURATION = 78;

/** Ends the command with a text for the person and an exit code. */
export class Stop extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const CONFIG_FILE = 'tocsin.yaml';
export const VAR = 'var';
export const SOCKET = join(VAR, 'tocsin.sock');

export function environment(): Environment {
  const read = readEnvironment(process.env, (path) => readFileSync(path, 'utf8'));
  if (!read.ok) throw new Stop(formatFaults(read.faults), EXIT_CONFIGURATION);
  return read.environment;
}

/** What `start` found to run: a file without faults, a faulty one (with what can still be told of it), or the demo. */
export type Found =
  | {
      readonly kind: 'file';
      readonly config: Config;
      readonly notes: readonly Note[];
      readonly database: string;
      readonly port: number;
    }
  | {
      readonly kind: 'faulty';
      readonly faults: readonly Fault[];
      readonly database: string | undefined;
      readonly port: number | undefined;
    }
  | {
      readonly kind: 'demo';
      readonly config: Config;
      readonly token: string;
      readonly database: string;
      readonly port: number;
    };

export function find(env: Environment): Found {
  return existsSync(CONFIG_FILE) ? fromFile(CONFIG_FILE, env) : fromDemo(env);
}

export function fromFile(file: string, env: Environment): Exclude<Found, { kind: 'demo' }> {
  const parsed = parseConfig(readFileSync(file, 'utf8'), file, env);
  if (parsed.ok) return { kind: 'file', config: parsed.config, notes: parsed.notes, ...parsed.footing };
  const { database, port } = { ...lastFooting(VAR), ...parsed.footing };
  return { kind: 'faulty', faults: parsed.faults, database, port };
}

function fromDemo(env: Environment): Found {
  const token = demoToken();
  const parsed = parseConfig(demoConfiguration(token), 'the demo', env);
  if (!parsed.ok) throw new Error(`the demo's configuration is faulty:\n${formatFaults(parsed.faults)}`);
  const database = env.databaseUrl ?? `file:${join(VAR, 'demo.db')}`;
  return { kind: 'demo', config: parsed.config, token, database, port: parsed.footing.port };
}

/** Made once, so that the printed line works after a restart too; of no use outside this machine. */
function demoToken(): string {
  const file = join(VAR, 'demo.token');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const token = `${DEMO_SOURCE}-${createHash('sha256').update(crypto.randomUUID()).digest('hex').slice(0, 40)}`;
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}

/** Reads an applied revision back. It was checked when it was applied. */
export function readRevision(text: string): Config {
  const parsed = parseConfig(text, 'the applied revision', { tokens: {} });
  if (!parsed.ok) throw new Error('the applied revision cannot be read by this release');
  return parsed.config;
}

export { canonical };
