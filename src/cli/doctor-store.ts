import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SECOND } from '../../rota/instant.ts';
import { RINGING } from '../config/notes.ts';
import { examine } from '../desk/doctor/checks.ts';
import type { Finding, FindingCode, Found } from '../desk/doctor/finding.ts';
import { desksOf } from '../desk/from-config.ts';
import type { Revision } from '../ports/revisions.ts';
import { StoreRefused } from '../ports/store.ts';
import { readRevision } from './configuration.ts';
import type { Checked } from './doctor-quick-check.ts';
import { pathOf } from './where.ts';

/** What a store tells that nothing runs on. */
export type StoreSeen = {
  readonly store: Found;
  readonly findings: readonly Finding[];
  /** The newest that was ever applied there. */
  readonly revision?: Revision;
};

/** Pages of a store are looked through for so long; the rest of three seconds is for everything else. */
const LONGEST_CHECK = 1.3 * SECOND;
const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations/sqlite');

/**
 * Looks into the store while nothing runs. A file is looked through without a change to it, and only one that is sound and of
 * this release is opened: doctor is no way to migrate a store. PostgreSQL is not asked, only whether it answers.
 */
export async function lookIntoStore(database: string): Promise<StoreSeen> {
  const path = pathOf(database);
  if (path === undefined) return { store: await serverAt(database), findings: [] };
  if (!existsSync(path)) return { store: { code: 'store_none', values: { path } }, findings: [] };
  const checked = await quickCheck(path);
  const values = { path, mb: megabytes(statSync(path).size) };
  if (checked.outcome !== 'sound') return { store: { code: UNSOUND[checked.outcome], values }, findings: [] };
  const known = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const missing = known.filter(({ name }) => !checked.migrations.includes(name));
  if (missing.length > 0) return { store: { code: 'store_older', values }, findings: [] };
  return openAndLook(`file:${path}`, { code: 'store_well', values });
}

const UNSOUND = {
  damaged: 'store_damaged',
  busy: 'store_held',
  unreadable: 'store_unreadable',
  slow: 'store_slow',
} as const satisfies Readonly<Record<string, FindingCode>>;

async function openAndLook(url: string, well: Found): Promise<StoreSeen> {
  const { openStore } = await import('../store/open.ts');
  const never = () => {
    throw new StoreRefused('the store holds no Tocsin');
  };
  try {
    const store = await openStore({ url, random: never, now: Date.now, newId: never });
    try {
      const revision = await store.revisions.latest();
      if (revision === undefined) return { store: well, findings: [] };
      const config = readRevision(revision.text);
      const findings = await examine({
        reading: { register: store, installation: store.installation.id, pause: () => setImmediate() },
        desks: desksOf(config),
        now: Date.now(),
        ownBackups: store.copier !== undefined,
        scheduled: config.backup?.folder !== undefined,
        ringing: RINGING,
      });
      return { store: well, findings, revision };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error;
    return { store: { code: 'store_refused', values: { why: error.message } }, findings: [] };
  }
}

type QuickChecked = Omit<Checked, 'outcome'> & { readonly outcome: Checked['outcome'] | 'slow' };

/** In a process of its own, since SQLite does not let go of the thread. */
async function quickCheck(path: string): Promise<QuickChecked> {
  const script = join(import.meta.dirname, 'doctor-quick-check.ts');
  try {
    const options = { timeout: LONGEST_CHECK, killSignal: 'SIGKILL' } as const;
    return JSON.parse((await promisify(execFile)(process.execPath, [script, path], options)).stdout) as Checked;
  } catch (error) {
    const isSlow = error instanceof Error && 'killed' in error && error.killed === true;
    if (isSlow) return { outcome: 'slow', migrations: [] };
    throw error;
  }
}

/** Whether something answers where PostgreSQL should be. */
function serverAt(database: string): Promise<Found> {
  const { hostname, port } = new URL(database);
  const values = { host: hostname || 'localhost', port: Number(port || '5432') };
  return new Promise((resolve) => {
    const socket = connect({ host: values.host, port: values.port, timeout: SECOND });
    const end = (code: 'database_answers' | 'database_silent') => {
      socket.destroy();
      resolve({ code, values });
    };
    socket.once('connect', () => end('database_answers'));
    socket.once('timeout', () => end('database_silent'));
    socket.once('error', () => end('database_silent'));
  });
}

/** At least one. */
export function megabytes(bytes: number): number {
  return Math.max(1, Math.round(bytes / 1_000_000));
}
