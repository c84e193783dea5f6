import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Actor } from '../../src/journal/actor.ts';
import { AdminClient } from '../../src/web/admin-client.ts';
import type { Receipt } from '../../src/web/intake/answer-schema.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const VERIFIER = fileURLToPath(new URL('../../docs/verify.py', import.meta.url));

/** What a source of the desks in these stories sends with, and how a tocsin.yaml says it. */
export const TOKEN = 'token-of-the-stories-2b9e41f0';
export const TOKEN_SHA256 = createHash('sha256').update(TOKEN).digest('hex');

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };
export type Told = {
  readonly stream: string;
  readonly n: number;
  readonly type: string;
  readonly at: number;
  readonly actor: Actor;
  readonly data: Readonly<Record<string, unknown>>;
};

const LONGEST_START = 30_000;

/** What runs of these stories now: neither it nor its folders may outlive the tests, however they end. */
const running = new Set<ChildProcess>();
const folders: string[] = [];
afterAll(async () => {
  const ended = [...running].map((child) => once(child, 'close'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ended);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** One call of the real `tocsin` in a folder, without the variables of whoever runs the tests. */
class Command {
  out = '';
  err = '';
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(folder: string, args: readonly string[], { env = {}, largestFile }: Surroundings = {}) {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TOCSIN_|NODE_OPTIONS|VITEST)/.test(name));
    const limited = `ulimit -f ${largestFile ?? 'unlimited'}; exec "$0" "$@"`;
    this.child = spawn('sh', ['-c', limited, process.execPath, CLI, ...args], {
      cwd: folder,
      env: { ...Object.fromEntries(inherited), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this.child);
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    this.ended = once(this.child, 'close').then(([code]) => {
      running.delete(this.child);
      return { code: code as number | null, out: this.out, err: this.err };
    });
  }

  /** The first match in what it says on standard error; throws with all that it said when it comes to nothing. */
  says(what: RegExp): Promise<RegExpExecArray> {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const fail = (why: string) => reject(new Error(`tocsin ${why}:\n${this.out}${this.err}`));
    const look = () => {
      const found = what.exec(this.err);
      if (found !== null) resolve(found);
    };
    look();
    this.child.stderr?.on('data', look);
    const late = setTimeout(() => fail(`did not say ${what}`), LONGEST_START);
    void this.ended.then(({ code }) => fail(`ended with ${code}`));
    return promise.finally(() => clearTimeout(late));
  }
}

/** Runs the real command line in a folder, to its end. */
export function tocsin(folder: string, ...args: readonly string[]): Promise<Ended> {
  return new Command(folder, args).ended;
}

/** `docs/verify.py` on an export. */
export function verifyPy(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile('python3', [VERIFIER, ...args], (error, out, err) => {
      if (error?.code === 'ENOENT') reject(new Error('docs/verify.py needs python3, which is not on this machine'));
      else resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

/** A folder of its own, which goes with the tests of the file. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-story-'));
  folders.push(folder);
  return folder;
}

type Surroundings = {
  readonly env?: Readonly<Record<string, string>>;
  /** In blocks of 512 bytes: no file may grow beyond, as if the disk were full. */
  readonly largestFile?: number;
};

export type Begin = Surroundings & {
  /** A folder of an earlier run; else a fresh one. */
  readonly folder?: string;
  /** Text of tocsin.yaml; without it (and none in the folder) the demo desk runs. */
  readonly yaml?: string;
};

/** `tocsin start` as on a desk: a process of its own, in a folder of its own, on any free port. */
export class Tocsin {
  readonly folder: string;
  readonly address: string;
  readonly #command: Command;

  private constructor(folder: string, address: string, command: Command) {
    this.folder = folder;
    this.address = address;
    this.#command = command;
  }

  /** Resolves once it says that it is on duty. Throws, with all that it said, when it ends before. */
  static async start(begin: Begin): Promise<Tocsin> {
    const { folder = tempFolder() } = begin;
    return Tocsin.ready(folder, Tocsin.launch({ ...begin, folder }));
  }

  /** The same for one that was launched. */
  static async ready(folder: string, command: Command): Promise<Tocsin> {
    const [, address = ''] = await command.says(/on duty at (http:\/\/[^\s(]+)/);
    return new Tocsin(folder, address, command);
  }

  /** The same without waiting for anything: for a start that is meant to fail, or to be killed. */
  static launch({ folder = tempFolder(), yaml, env, ...rest }: Begin): Command {
    if (yaml !== undefined) writeFileSync(join(folder, 'tocsin.yaml'), yaml);
    return new Command(folder, ['start'], { ...rest, env: { TOCSIN_PORT: '0', ...env } });
  }

  /** Everything that it has logged and said so far. */
  get said(): string {
    return this.#command.out + this.#command.err;
  }

  /** Once it has said this on standard error. */
  async saying(what: RegExp): Promise<void> {
    await this.#command.says(what);
  }

  get socket(): string {
    return join(this.folder, 'var', 'tocsin.sock');
  }

  get admin(): AdminClient {
    return new AdminClient(this.socket);
  }

  get isDemo(): boolean {
    return existsSync(join(this.folder, 'var', 'demo.token'));
  }

  get database(): string {
    return join(this.folder, 'var', this.isDemo ? 'demo.db' : 'tocsin.db');
  }

  /** The token of its source. */
  get token(): string {
    return this.isDemo ? readFileSync(join(this.folder, 'var', 'demo.token'), 'utf8').trim() : TOKEN;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Answer> {
    const answer = await fetch(new URL(path, this.address), { redirect: 'manual', ...init });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** Hands in a request as the source; answers what intake answered, whatever it was. */
  post(body: object | string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const own = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    return this.fetch('/api/v1/requests', { method: 'POST', headers: { ...own, ...headers }, body: text });
  }

  /** Hands in a request that must be taken as a new one. */
  async send(body: object | string, headers: Readonly<Record<string, string>> = {}): Promise<Receipt> {
    const { status, text } = await this.post(body, headers);
    if (status !== 201) throw new Error(`intake answered ${status}: ${text}`);
    return JSON.parse(text) as Receipt;
  }

  /** The journal as it is now, of one request or of everything. */
  async journal(reference?: string): Promise<readonly Told[]> {
    const lines = (await this.exported(reference)).toString('utf8').trim().split('\n');
    return lines.flatMap((line) => {
      const { entry } = JSON.parse(line) as { entry?: { stream: string; n: number; body: string } };
      if (entry === undefined) return [];
      const { type, at, actor, data } = JSON.parse(entry.body) as Told & { at: string };
      return [{ stream: entry.stream, n: entry.n, type, at: Date.parse(at), actor, data }];
    });
  }

  async exported(reference?: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await this.admin.journal(reference)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** What `journal verify` says of the running process, and `docs/verify.py` of its export. */
  async verified(): Promise<{ readonly ours: Ended; readonly theirs: Ended }> {
    const file = join(this.folder, 'whole.jsonl');
    writeFileSync(file, await this.exported());
    const [ours, theirs] = await Promise.all([tocsin(this.folder, 'journal', 'verify'), verifyPy(file)]);
    return { ours, theirs };
  }

  /** Nobody reads what it says any more. */
  stopListening(): void {
    this.#command.child.stdout?.destroy();
    this.#command.child.stderr?.destroy();
  }

  signal(signal: NodeJS.Signals): void {
    this.#command.child.kill(signal);
  }

  /** Once it has ended, however. */
  get ended(): Promise<Ended> {
    return this.#command.ended;
  }

  async stop(): Promise<Ended> {
    this.signal('SIGTERM');
    return this.ended;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }
}
