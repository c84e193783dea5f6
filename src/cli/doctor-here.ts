import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { type Instant, SECOND } from '../../rota/instant.ts';
import { variableInFile } from '../config/variables.ts';
import { classOf, type Finding } from '../desk/doctor/finding.ts';
import { AdminClient, NotRunning } from '../web/admin-client.ts';
import type { InForce } from '../web/admin-doctor.ts';
import type { Readiness } from '../web/health.ts';
import { environment, findAgain, readRevision, SOCKET, VAR } from './configuration.ts';
import { lookIntoStore, megabytes, type StoreSeen } from './doctor-store.ts';
import { lastFooting } from './footing.ts';
import { databaseHere, pathOf } from './where.ts';

/** `silent`: it takes a connection and does not answer. */
export type Process =
  | { readonly state: 'running'; readonly readiness: Pick<Readiness, 'ready' | 'reasons'>; readonly pid: number }
  | { readonly state: 'silent' }
  | { readonly state: 'none' };

/** All that doctor has found in this folder before it judges anything. */
export type Here = StoreSeen & {
  readonly now: Instant;
  readonly file: ReturnType<typeof findAgain>;
  readonly process: Process;
  readonly database: string | undefined;
  /** The revision in force, or the newest in the store where nothing runs. */
  readonly inForce: InForce | undefined;
  /** Of the desks, each once. */
  readonly zones: readonly string[];
  /** Files that hold a secret each. */
  readonly secretFiles: readonly string[];
};

const LONGEST_ANSWER = 2 * SECOND;

/** Looks at the running process over its socket, and where none runs at the files. */
export async function lookAround(): Promise<Here> {
  const file = findAgain();
  // Where there is no file the environment was read without a fault.
  const database = file.kind === 'missing' ? databaseHere(environment()) : (file.database ?? lastFooting(VAR).database);
  const running = await askProcess();
  const seen = running.process.state === 'none' ? await storeHere(database) : storeInUse(database, running.findings);
  const inForce = running.inForce ?? newestIn(seen);
  const config = inForce === undefined ? undefined : readRevision(inForce.text);
  const desks = config?.desks ?? (file.kind === 'file' ? file.config.desks : []);
  const zones = [...new Set(desks.map(({ timeZone }) => timeZone))];
  return {
    ...seen,
    now: Date.now(),
    file,
    process: running.process,
    database,
    inForce,
    zones,
    secretFiles: secretFiles(),
  };
}

type Answers = { readonly process: Process; readonly findings: readonly Finding[]; readonly inForce?: InForce };

async function askProcess(): Promise<Answers> {
  const client = new AdminClient(SOCKET);
  const late = new AbortController();
  try {
    const asked = Promise.all([client.status(), client.doctor(), client.configuration()]);
    const answers = await Promise.race([asked, setTimeout(LONGEST_ANSWER, undefined, { signal: late.signal })]);
    asked.catch(() => undefined);
    if (answers === undefined) return { process: { state: 'silent' }, findings: [] };
    const [status, findings, inForce] = answers;
    const { pid, ...readiness } = status as Readiness & { readonly pid: number };
    return { process: { state: 'running', readiness, pid }, findings, inForce };
  } catch (error) {
    if (error instanceof NotRunning) return { process: { state: 'none' }, findings: [] };
    throw error;
  } finally {
    late.abort();
  }
}

/** While it runs no other process can even read the file. */
function storeInUse(database: string | undefined, findings: readonly Finding[]): StoreSeen {
  const path = database === undefined ? undefined : pathOf(database);
  const mb = path !== undefined && existsSync(path) ? megabytes(statSync(path).size) : 0;
  return { store: { code: 'store_in_use', values: { mb } }, findings };
}

async function storeHere(database: string | undefined): Promise<StoreSeen> {
  try {
    return database === undefined ? { store: { code: 'store_unknown' }, findings: [] } : await lookIntoStore(database);
  } catch (error) {
    return { store: { code: 'check_failed', values: { check: 'store', error: classOf(error) } }, findings: [] };
  }
}

function newestIn({ revision }: StoreSeen): InForce | undefined {
  return revision === undefined ? undefined : { revision: revision.number, text: revision.text };
}

/** What the variables with `_FILE` name, in the environment and in `.env`. */
function secretFiles(): readonly string[] {
  const dotEnv = existsSync('.env') ? readable('.env') : {};
  const all = Object.entries({ ...dotEnv, ...process.env });
  return all.flatMap(([name, value = '']) => (variableInFile(name) !== undefined && value !== '' ? [value] : []));
}

/** Nothing of a file that this user may not read: the check of the configuration says so. */
function readable(path: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}
