import { type ScheduledTask, schedule } from 'node-cron';

/** A job that is done again and again: `when` is a cron expression in UTC, which has no hour that is skipped or doubled. */
export type StandingJob = { readonly name: string; readonly when: string; readonly run: () => Promise<unknown> };

/** Housekeeping. Nothing that must not be missed is here: due times are rows in the store. */
export class StandingJobs {
  readonly #jobs: readonly StandingJob[];
  readonly #onFault: (error: unknown, job: string) => void;
  #tasks: readonly ScheduledTask[] = [];
  #running: Promise<unknown> = Promise.resolve();

  constructor(jobs: readonly StandingJob[], onFault: (error: unknown, job: string) => void) {
    this.#jobs = jobs;
    this.#onFault = onFault;
  }

  start(): void {
    this.#tasks = this.#jobs.map((job) => schedule(job.when, () => this.#do(job), { timezone: 'Etc/UTC' }));
  }

  async stop(): Promise<void> {
    for (const task of this.#tasks) await task.stop();
    await this.#running;
  }

  /** One at a time: they are in no hurry, and the store has one writer. */
  #do(job: StandingJob): Promise<unknown> {
    this.#running = this.#running.then(() => job.run().catch((error: unknown) => this.#onFault(error, job.name)));
    return this.#running;
  }
}
