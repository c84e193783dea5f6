import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Duration } from '../../rota/instant.ts';
import { BackupRefused } from '../ports/backup.ts';
import type { Answer, CopyJob, FinishJob } from './backup-jobs.ts';

/**
 * The process that copies and verifies, so that neither the store nor whoever waits for it is held up. It sees no
 * environment (secrets); when we are gone it removes what it was working on and ends.
 */
export class BackupProcess {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('backup-worker.ts', import.meta.url)), [], {
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#exit = once(this.#child, 'exit').catch(() => undefined);
  }

  /** Its answer; throws `BackupRefused` when there is none within `limit`, or when it says why not. */
  async do(job: CopyJob | FinishJob, limit: Duration, tooLate: 'too_slow' | 'failed'): Promise<Answer> {
    const answered = once(this.#child, 'message').then(([answer]) => answer as Answer);
    const gone = this.#exit.then((): Answer => ({ fault: { code: 'failed', detail: 'its process ended' } }));
    const { promise: late, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => resolve({ fault: { code: tooLate, detail: 'time' } }), limit);
    try {
      this.#child.send(job, () => undefined);
      const answer = await Promise.race([answered, gone, late]);
      if (answer.fault !== undefined) throw new BackupRefused(answer.fault.code, answer.fault.detail);
      return answer;
    } finally {
      clearTimeout(timer);
      answered.catch(() => undefined);
    }
  }

  /** Lets it tidy up and waits until it is gone. */
  async end(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), LONGEST_END);
    await this.#exit;
    clearTimeout(timer);
  }
}

const LONGEST_END: Duration = 2000;
