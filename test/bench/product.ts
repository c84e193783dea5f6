import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ask } from './ask.ts';
import { benchYaml } from './bench-desk.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const LONGEST_START = 60_000;

/** Tocsin as it is started on a desk: a process of its own, on a file in `folder`. */
export class Product {
  readonly address: string;
  readonly folder: string;
  /** From the start of Node to the first time that `/readyz` said yes, in milliseconds. */
  readonly startTook: number;
  readonly #process: ChildProcess;

  private constructor(address: string, folder: string, startTook: number, process: ChildProcess) {
    this.address = address;
    this.folder = folder;
    this.startTook = startTook;
    this.#process = process;
  }

  /** `flags` are Node's own. Throws when it does not become ready. */
  static async start(folder: string, flags: readonly string[] = []): Promise<Product> {
    prepare(folder);
    const port = await freePort();
    const out = openSync(join(folder, 'log'), 'a');
    const err = openSync(join(folder, 'err'), 'a');
    const begun = performance.now();
    const child = spawn(process.execPath, [...flags, CLI, 'start'], {
      cwd: folder,
      env: { ...process.env, TOCSIN_PORT: String(port) },
      stdio: ['ignore', out, err],
    });
    // A benchmark that fails leaves nothing running.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    closeSync(out);
    closeSync(err);
    const address = `http://127.0.0.1:${port}`;
    await ready(address, child, folder);
    return new Product(address, folder, performance.now() - begun, child);
  }

  get database(): string {
    return databaseIn(this.folder);
  }

  get socket(): string {
    return join(this.folder, 'var', 'tocsin.sock');
  }

  /** Resident memory in MB: of the process itself, and of those that it has started. */
  memory(): { main: number; children: number } {
    const { pid = 0 } = this.#process;
    const children = childrenOf(pid).map(residentMB);
    return { main: residentMB(pid), children: children.reduce((sum, each) => sum + each, 0) };
  }

  /** Seconds of processor that it has used so far. */
  processorTime(): number {
    const [, fields = ''] = readFileSync(`/proc/${this.#process.pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    return ((user ?? 0) + (system ?? 0)) / TICKS;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}

/** USER_HZ, which Linux fixes for programs. */
const TICKS = 100;

export function databaseIn(folder: string): string {
  return join(folder, 'var', 'tocsin.db');
}

/** Puts the configuration of the benchmark into the folder, unless there is one. */
export function prepare(folder: string, sources?: number): void {
  mkdirSync(join(folder, 'var'), { recursive: true });
  const file = join(folder, 'tocsin.yaml');
  if (!existsSync(file)) writeFileSync(file, benchYaml(Date.now(), sources));
}

async function ready(address: string, child: ChildProcess, folder: string): Promise<void> {
  const latest = performance.now() + LONGEST_START;
  while (performance.now() < latest && child.exitCode === null) {
    const answer = await ask(address, { path: '/readyz' }).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(2);
  }
  child.kill('SIGKILL');
  throw new Error(`Tocsin did not become ready:\n${readFileSync(join(folder, 'err'), 'utf8').slice(-2000)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function residentMB(pid: number): number {
  const [, kB = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kB) / 1024);
}

function childrenOf(pid: number): readonly number[] {
  const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return own === '' ? [] : own.split(' ').map(Number);
}
