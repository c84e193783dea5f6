import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Duration, Instant } from '../../rota/instant.ts';
import type { ReadMail, Unreadable } from '../../src/ports/mail-reader.ts';

/** What the process is asked; its one answer is a `ReadMail` or an `Unreadable`. */
export type Job = { readonly bytes: Uint8Array; readonly now: Instant };
type Outcome = ReadMail | Unreadable;

/** How V8 ends a process that is out of heap, and how the kernel does when the machine is. */
const MEMORY_SIGNALS = new Set<NodeJS.Signals | null>(['SIGABRT', 'SIGKILL']);
const MEMORY_EXIT_CODE = 134;

/**
 * A process that reads one mail at a time. Not a worker thread: a thread that outgrows its heap within one allocation
 * (an array that doubles) aborts the whole process, whatever its `resourceLimits`. It may read files but
 * neither write nor start anything, sees no environment (secrets), its output goes nowhere (mail text), and while idle
 * it does not keep us alive. After a failure it is dead: make a new one.
 */
export class ReadingProcess {
  readonly #child: ChildProcess;
  /** Answers the job under way; undefined while idle. */
  #settle: ((outcome: Outcome) => void) | undefined;
  #isAlive = true;

  constructor(script: URL, memoryMegabytes: number) {
    this.#child = fork(fileURLToPath(script), [], {
      execArgv: ['--permission', '--allow-fs-read=*', `--max-old-space-size=${memoryMegabytes}`],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (outcome) => this.#settle?.(outcome as Outcome));
    this.#child.on('error', () => this.#fail({ unreadable: 'broken' }));
    this.#child.on('exit', (code, signal) => {
      const isMemory = MEMORY_SIGNALS.has(signal) || code === MEMORY_EXIT_CODE;
      this.#fail({ unreadable: isMemory ? 'memory' : 'broken' });
    });
    this.#keepsUsAlive(false);
  }

  /** False once it failed, timed out or was ended. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Reads one mail within `limit`, the start of the process included. Never rejects; ask only while idle. */
  async read(job: Job, limit: Duration): Promise<Outcome> {
    this.#keepsUsAlive(true);
    const timer = setTimeout(() => this.#fail({ unreadable: 'timeout' }), limit);
    const outcome = await new Promise<Outcome>((resolve) => {
      this.#settle = resolve;
      this.#child.send(job, (error) => error && this.#fail({ unreadable: 'broken' }));
    });
    clearTimeout(timer);
    this.#settle = undefined;
    this.#keepsUsAlive(false);
    return outcome;
  }

  /** Ends the process, and a job under way with `closed`. Resolves when it is gone. */
  async close(): Promise<void> {
    const isGone = this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
    const exit = isGone ? undefined : once(this.#child, 'exit');
    this.#fail({ unreadable: 'closed' });
    this.#child.ref();
    await exit;
  }

  #fail(outcome: Unreadable): void {
    this.#isAlive = false;
    this.#settle?.(outcome);
    this.#child.kill('SIGKILL');
  }

  #keepsUsAlive(isBusy: boolean): void {
    const method = isBusy ? 'ref' : 'unref';
    this.#child[method]();
    this.#child.channel?.[method]();
  }
}
