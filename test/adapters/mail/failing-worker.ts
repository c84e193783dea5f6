import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../../adapters/mail/reading-process.ts';
import '../../../adapters/mail/worker.ts';

/** The real worker, and a way to make it fail: a mail with such a word in it does to the process what it says. */
const FAULTS: Readonly<Record<string, () => void>> = {
  'FAULT-HANG': () => {
    for (;;);
  },
  'FAULT-MEMORY': () => {
    const hoard: number[] = [];
    for (;;) hoard.push(0.5); // grows in one allocation past any limit
  },
  'FAULT-CRASH': () => {
    throw new Error('a fault in a parser');
  },
  'FAULT-WRITE': () => writeFileSync(join(tmpdir(), 'written-by-a-mail'), ''),
  'FAULT-EXIT': () => process.exit(0),
};

process.on('message', ({ bytes }: Job) => {
  const text = Buffer.from(bytes).toString('latin1');
  for (const [word, fail] of Object.entries(FAULTS)) if (text.includes(word)) fail();
});
