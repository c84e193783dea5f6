import { availableParallelism } from 'node:os';
import { type MessagePort, Worker } from 'node:worker_threads';
import { FAULTS } from './faults.ts';
import type { TallyNumbers } from './tally.ts';
import { type Finding, type Played, playYear } from './year.ts';

/** One year to play: its number in the run, its own seed, and the promise to break on purpose. */
export type Task = { readonly year: number; readonly seed: number; readonly fault: string | undefined };

export type Done = Omit<Played, 'tally'> & { readonly task: Task; readonly tally: TallyNumbers };
export type Found = Done & { readonly finding: Finding };

/**
 * Plays the years in order, as many at once as the machine has cores. After the first finding no further year begins;
 * of several findings the earliest year's is `found`. `entry` is the module that a thread starts with.
 */
export async function playAll(tasks: readonly Task[], entry: URL): Promise<{ done: Done[]; found: Found | undefined }> {
  const left = [...tasks];
  const done: Done[] = [];
  const found: Found[] = [];
  const threads = Array.from({ length: Math.min(tasks.length, availableParallelism()) }, () => new Worker(entry));
  const play = async (thread: Worker): Promise<void> => {
    for (let task = left.shift(); task !== undefined && found.length === 0; task = left.shift()) {
      const one = await answerOf(thread, task);
      done.push(one);
      if (isFound(one)) found.push(one);
    }
  };
  await Promise.all(threads.map(play));
  await Promise.all(threads.map((thread) => thread.terminate()));
  return { done, found: found.sort((a, b) => a.task.year - b.task.year)[0] };
}

/** What a thread does: one year after another. */
export function serve(port: MessagePort): void {
  port.on('message', async ({ year, seed, fault: name }: Task) => {
    const fault = name === undefined ? undefined : FAULTS[name];
    const { tally, ...played } = await playYear({ seed, ...(fault === undefined ? {} : { fault }) });
    port.postMessage({ task: { year, seed, fault: name }, ...played, tally: tally.numbers() } satisfies Done);
  });
}

function answerOf(thread: Worker, task: Task): Promise<Done> {
  return new Promise((resolve, reject) => {
    thread.once('error', reject);
    thread.once('message', (done: Done) => {
      thread.off('error', reject);
      resolve(done);
    });
    thread.postMessage(task);
  });
}

function isFound(done: Done): done is Found {
  return done.finding !== undefined;
}
