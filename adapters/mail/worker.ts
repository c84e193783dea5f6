import type { Unreadable } from '../../src/ports/mail-reader.ts';
import { readMail } from './read-mail.ts';
import type { Job } from './reading-process.ts';

process.on('message', (job: Job) => void answer(job));

// A Ctrl-C at a terminal goes to every process in front; when this one ends is for its parent to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

/** One answer for each job, in every case that can be caught here; the rest ends this process. */
async function answer({ bytes, now }: Job): Promise<void> {
  const outcome = await readMail(bytes, now).catch((): Unreadable => ({ unreadable: 'broken' }));
  process.send?.(outcome, () => undefined); // a parent that is gone needs no answer
}
