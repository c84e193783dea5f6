import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { canonical } from '../config/canonical.ts';
import { differences } from '../config/differences.ts';
import { formatFaults } from '../config/fault.ts';
import { AdminClient, NotRunning } from '../web/admin-client.ts';
import type { InForce } from '../web/admin-doctor.ts';
import { textForTerminal } from './act-terminal.ts';
import { CONFIG_FILE, EXIT_CONFIGURATION, environment, fromFile, SOCKET, Stop } from './configuration.ts';

const EXIT_OTHERWISE = 1;
/** `sysexits` calls it a service that is not there. */
const EXIT_NOT_RUNNING = 69;

type Compared = { readonly text: string; readonly inForce: InForce; readonly lines: readonly string[] };

/** Prints how the file differs from the revision in force. Exit code 0: not at all; 1: it does, like `diff`. */
export async function diff(): Promise<void> {
  const { inForce, lines } = await compared(new AdminClient(SOCKET));
  if (lines.length === 0) return console.log(same(inForce.revision));
  console.log(lines.map(textForTerminal).join('\n'));
  process.exitCode = EXIT_OTHERWISE;
}

/**
 * Shows the difference, asks, and lets the running process apply exactly that. Exit code 0: the file is in force; 1: it was
 * not applied, because somebody said no, somebody else was faster, or it would leave work to nobody.
 */
export async function apply({ yes = false }: { readonly yes?: boolean }): Promise<void> {
  const client = new AdminClient(SOCKET);
  const { text, inForce, lines } = await compared(client);
  if (lines.length === 0) return console.log(same(inForce.revision));
  console.log(lines.map(textForTerminal).join('\n'));
  if (!yes && !(await agreed(`Apply this as revision ${inForce.revision + 1}? [y/N] `))) {
    throw new Stop('Nothing was applied. (--yes applies without a question.)', EXIT_OTHERWISE);
  }
  const { username: user } = userInfo();
  const applied = await client.apply({ text, before: inForce.revision, user });
  if (applied.result === 'unapplied') {
    const why = applied.lines.map(textForTerminal).join('\n');
    throw new Stop(`${why}\nNothing was applied: revision ${applied.revision} runs on.`, EXIT_OTHERWISE);
  }
  console.log(`Revision ${applied.revision} is in force.`);
}

async function compared(client: AdminClient): Promise<Compared> {
  if (!existsSync(CONFIG_FILE)) {
    throw new Stop(`${CONFIG_FILE}: there is no such file; expected it in this folder`, EXIT_CONFIGURATION);
  }
  const found = fromFile(CONFIG_FILE, environment());
  if (found.kind === 'faulty') throw new Stop(formatFaults(found.faults), EXIT_CONFIGURATION);
  const text = canonical(found.config);
  const inForce = await client.configuration().catch((error: unknown) => {
    throw error instanceof NotRunning ? new Stop(NOBODY, EXIT_NOT_RUNNING) : error;
  });
  return { text, inForce, lines: differences(inForce.text, text) };
}

const NOBODY =
  'No Tocsin answers here, so there is nothing to apply it to: the next start does. If it runs, check that you are its user.';

function same(revision: number): string {
  return `The file says what is in force (revision ${revision}).`;
}

/** Only a plain yes counts; nothing to read is a no. */
async function agreed(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stderr.write(question);
  for await (const line of lines) return /^y(es)?$/i.test(line.trim());
  return false;
}
