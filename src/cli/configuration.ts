import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonical } from '../config/canonical.ts';
import type { Config } from '../config/config.ts';
import { type Environment, type EnvironmentResult, readEnvironment } from '../config/environment.ts';
import { type Fault, formatFaults, type Note } from '../config/fault.ts';
import { type Footing, parseConfig } from '../config/read.ts';
import { DEMO_SOURCE, demoConfiguration, isDemo } from '../demo/desk.ts';
import type { Offer } from '../desk/configuration.ts';
import { appliedIn } from './applied.ts';
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
  const read = environmentNow();
  if (!read.ok) throw new Stop(formatFaults(read.faults), EXIT_CONFIGURATION);
  return read.environment;
}

function environmentNow(): EnvironmentResult {
  return readEnvironment(process.env, (path) => readFileSync(path, 'utf8'));
}

/** A file without faults. */
export type FoundFile = Footing & { readonly kind: 'file'; readonly config: Config; readonly notes: readonly Note[] };
/** A faulty one, with what can still be told of where Tocsin runs. */
export type FoundFaulty = Partial<Footing> & { readonly kind: 'faulty'; readonly faults: readonly Fault[] };
/** No file, but the store of a desk that once had one. */
export type FoundMissing = Partial<Footing> & { readonly kind: 'missing' };
export type FoundDemo = Footing & { readonly kind: 'demo'; readonly config: Config; readonly token: string };

/** What `start` found to run. */
export type Found = FoundFile | FoundFaulty | FoundMissing | FoundDemo;

/** The file; where there is none, what was applied here before; and where nothing was, the demo. Throws like `appliedIn`. */
export async function find(env: Environment): Promise<Found> {
  if (existsSync(CONFIG_FILE)) return fromFile(CONFIG_FILE, env);
  const { database = OWN_STORE, port } = whereItRan(env);
  const revision = await appliedIn(database);
  if (revision === undefined || isDemo(readRevision(revision.text))) return fromDemo(env);
  return { kind: 'missing', database, ...(port === undefined ? {} : { port }) };
}

/** What is there now for a process that runs on a file already. Never throws. */
export function findAgain(): FoundFile | FoundFaulty | FoundMissing {
  const read = environmentNow();
  if (!read.ok) return { kind: 'faulty', faults: read.faults };
  return existsSync(CONFIG_FILE) ? fromFile(CONFIG_FILE, read.environment) : { kind: 'missing' };
}

export function fromFile(file: string, env: Environment): FoundFile | FoundFaulty {
  const text = textOf(file);
  const parsed =
    typeof text === 'string' ? parseConfig(text, file, env) : { ok: false as const, faults: [text], footing: {} };
  if (parsed.ok) return { kind: 'file', config: parsed.config, notes: parsed.notes, ...parsed.footing };
  return { kind: 'faulty', faults: parsed.faults, ...whereItRan(env), ...parsed.footing };
}

function textOf(file: string): string | Fault {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { file, path: '', wrong: `it cannot be read (${code})`, expected: 'a file that Tocsin may read' };
  }
}

/** As the last start on a file without faults had it; the environment wins. */
export function whereItRan({ databaseUrl, port }: Environment): Partial<Footing> {
  return {
    ...lastFooting(VAR),
    ...(databaseUrl === undefined ? {} : { database: databaseUrl }),
    ...(port === undefined ? {} : { port }),
  };
}

/** The store of a file that does not say where it is. */
const OWN_STORE = `file:${join(VAR, 'tocsin.db')}`;

/** What is found as the process takes it. */
export function offerOf(found: Found): Offer {
  if (found.kind === 'faulty') return { why: 'faulty', lines: formatFaults(found.faults).split('\n') };
  if (found.kind === 'missing') return { why: 'missing', lines: [MISSING] };
  return { text: canonical(found.config) };
}

const MISSING = `${CONFIG_FILE}: there is no such file; expected the one that was applied here. Put it back; for the demo desk start in another folder.`;

function fromDemo(env: Environment): FoundDemo {
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
