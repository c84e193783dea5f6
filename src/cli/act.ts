import { userInfo } from 'node:os';
import type { Reply } from '../commands/reply.ts';
import { AdminClient, NotRunning } from '../web/admin-client.ts';
import type { ActOptions } from './act-options.ts';
import { jsonForTerminal, textForTerminal } from './act-terminal.ts';
import { SOCKET, Stop } from './configuration.ts';
import { languageIn } from './journal-page.ts';

/** `sysexits` calls it a service that is not there. */
const EXIT_NOT_RUNNING = 69;
const EXIT_CODES: Readonly<Partial<Record<Reply['result'], number>>> = { refused: 1, misread: 2 };

/**
 * Says a command to the running process and prints what came of it: what was done to standard output, why nothing was done
 * to standard error. Exit code 0: done; 1: refused; 2: not understood; 69: nothing runs.
 */
export async function act(words: readonly string[], { as, json, language }: ActOptions): Promise<void> {
  const typed = {
    text: line(words),
    as,
    user: userInfo().username,
    language: language ?? languageIn(process.env),
  };
  const { reply, lines } = await asking(() => new AdminClient(SOCKET).command(typed));
  const exitCode = EXIT_CODES[reply.result] ?? 0;
  if (json) console.log(jsonForTerminal(reply));
  else (exitCode === 0 ? console.log : console.error)(lines.map(textForTerminal).join('\n'));
  if (exitCode !== 0) process.exitCode = exitCode;
}

async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof NotRunning ? new Stop(error.message, EXIT_NOT_RUNNING) : error;
  }
}

/** As one would type it. A name with blanks, which the shell has taken out of its quotation marks, gets them back. */
function line([word = '', ...others]: readonly string[]): string {
  const [name, ...rest] = others;
  if (name === undefined) return word;
  return [word, rest.length > 0 && /\s/.test(name) ? `"${name}"` : name, ...rest].join(' ');
}
