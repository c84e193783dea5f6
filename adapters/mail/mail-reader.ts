import { type Duration, type Instant, SECOND } from '../../rota/instant.ts';
import type { MailReader, ReadMail, Unreadable } from '../../src/ports/mail-reader.ts';
import { ReadingProcess } from './reading-process.ts';

/** Intake takes no larger mail; of a larger one (another way in) the beginning is read. */
const BYTES_MAX = 25 * 1024 * 1024;

export type MailReaderOptions = {
  /** Judges the dates of mails. */
  readonly now: () => Instant;
  /** For one mail, the start of the reading process included. Default 10 s. */
  readonly timeLimit?: Duration;
  /** Heap of the reading process, without the bytes of the mail and its attachments. Default 256 MB. */
  readonly memoryMegabytes?: number;
  /** The script of the reading process; another one only to show how failures end. */
  readonly workerUrl?: URL;
};

/**
 * A mail reader whose work is done in a process of its own, so that no mail can stop the bell or use it up. One mail at
 * a time, in the order asked. A process that crashed, or was ended for its time or memory, is replaced at once. The
 * first one starts with the first mail.
 */
export function createMailReader(options: MailReaderOptions): MailReader {
  const { now, timeLimit = 10 * SECOND, memoryMegabytes = 256 } = options;
  const script = options.workerUrl ?? new URL('./worker.ts', import.meta.url);
  let running: ReadingProcess | undefined;
  let isClosed = false;
  let queue: Promise<unknown> = Promise.resolve();

  const ready = (): ReadingProcess => (running?.isAlive ? running : new ReadingProcess(script, memoryMegabytes));

  const readNext = async (bytes: Uint8Array): Promise<ReadMail | Unreadable> => {
    if (isClosed) return { unreadable: 'closed' };
    try {
      running = ready();
      const outcome = await running.read({ bytes: bytes.subarray(0, BYTES_MAX), now: now() }, timeLimit);
      if (!isClosed) running = ready();
      return outcome;
    } catch {
      return { unreadable: 'broken' }; // no process to be had: the mail is a request all the same
    }
  };

  return {
    read(bytes) {
      const outcome = queue.then(() => readNext(bytes));
      queue = outcome;
      return outcome;
    },
    async close() {
      isClosed = true;
      await running?.close();
      await queue;
    },
  };
}
