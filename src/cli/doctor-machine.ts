import { execFile } from 'node:child_process';
import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SECOND } from '../../rota/instant.ts';
import type { Found } from '../desk/doctor/finding.ts';
import { SOCKET, VAR } from './configuration.ts';
import type { Here } from './doctor-here.ts';
import { megabytes } from './doctor-store.ts';
import { pathOf } from './where.ts';

/** What a store needs at least to grow; and its own size once more, for a backup beside it. */
const LEAST_FREE = 500_000_000;

/** Whether there is room where the store lies, or will. */
export function disk({ database }: Here): readonly Found[] {
  const path = database === undefined ? undefined : pathOf(database);
  const store = path !== undefined && existsSync(path) ? statSync(path).size : 0;
  const folder = nearestFolder(path === undefined ? VAR : dirname(path));
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const needed = Math.max(LEAST_FREE, 2 * store);
  const values = { folder, free: megabytes(free), needed: megabytes(needed) };
  return [{ code: free < needed ? 'disk_short' : 'disk_well', values }];
}

function nearestFolder(folder: string): string {
  const here = resolve(folder);
  return existsSync(here) ? here : nearestFolder(dirname(here));
}

/** A program that may know whether something sets the clock, and what its answer means; undefined: nothing. */
type Probe = readonly [command: string, args: readonly string[], read: (out: string) => boolean | undefined];

const PROBES: readonly Probe[] = [
  ['timedatectl', ['show', '--property=NTPSynchronized', '--value'], (out) => yesOrNo(out)],
  ['chronyc', ['-n', 'tracking'], (out) => /^Leap status\s*:\s*(.*)$/m.exec(out)?.[1]?.startsWith('N')],
  ['adjtimex', ['--print'], (out) => isSynchronised(/^\s*status:\s*(\d+)/m.exec(out)?.[1])],
];

function yesOrNo(out: string): boolean | undefined {
  return { yes: true, no: false }[out.trim()];
}

/** STA_UNSYNC of adjtimex(2). */
const UNSYNCHRONISED = 0x40;

function isSynchronised(status: string | undefined): boolean | undefined {
  return status === undefined ? undefined : (Number(status) & UNSYNCHRONISED) === 0;
}

/** Whether something keeps the clock right, as the first program says that knows; the kernel's word needs no network. */
export async function clock(_: Here): Promise<readonly Found[]> {
  for (const [command, args, read] of PROBES) {
    const isRight = read(await outputOf(command, args));
    if (isRight !== undefined) return [{ code: isRight ? 'clock_well' : 'clock_off', values: { by: command } }];
  }
  return [{ code: 'clock_unknown' }];
}

/** Empty where there is no such program, or it fails: in a container none of them can answer. */
async function outputOf(command: string, args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, args, { timeout: SECOND, env: { ...process.env, LC_ALL: 'C' } })).stdout;
  } catch {
    return '';
  }
}

const OLDEST_NODE = 24;

export function node(_: Here): readonly Found[] {
  const version = process.versions.node;
  return [{ code: Number.parseInt(version, 10) < OLDEST_NODE ? 'node_old' : 'node_well', values: { version } }];
}

/** On systems without such users nothing is said. */
export function user(_: Here): readonly Found[] {
  const id = process.getuid?.();
  return id === undefined ? [] : [{ code: id === 0 ? 'user_root' : 'user_well' }];
}

/** What others may not even read: the store, the socket, and where secrets are. */
export function files({ database, secretFiles }: Here): readonly Found[] {
  const store = database === undefined ? undefined : pathOf(database);
  const secret = [VAR, SOCKET, '.env', ...secretFiles, ...(store === undefined ? [] : [store, `${store}-wal`])];
  const open = secret.filter((path) => existsSync(path) && (statSync(path).mode & 0o077) !== 0);
  if (open.length === 0) return [{ code: 'files_well' }];
  return open.map((path) => ({ code: 'files_open', values: { path, mode: modeOf(path), wanted: wantedFor(path) } }));
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8).padStart(3, '0');
}

function wantedFor(path: string): string {
  return statSync(path).isDirectory() ? '700' : '600';
}
