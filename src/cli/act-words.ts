import type { Command } from 'commander';
import { WORDS, type Word } from '../commands/words.ts';
import type { ActOptions } from './act-options.ts';

/** Words that mean something else here: they are reached by `do` alone. */
const TAKEN: ReadonlySet<string> = new Set(['start', 'help']);
/** What is called otherwise on a page. */
const ALSO: Readonly<Record<string, readonly string[]>> = { open: ['requests'], status: ['show'] };

/** Every word that can be typed on the page as a command of its own, and `do` for a whole line. */
export function addCommands(program: Command): void {
  program.commandsGroup('Requests, as in the command line of the page:');
  withOptions(program.command('do <words...>'))
    .description('do what one would type on the page: tocsin do "ack K7Q2" --as ana; tocsin do help')
    .action(async (words: string[], options: ActOptions) => (await import('./act.ts')).act(words, options));
  for (const word of WORDS) if (!TAKEN.has(word.name)) addWord(program, word);
}

function addWord(program: Command, { name, example }: Word): void {
  withOptions(program.command(`${name} [words...]`))
    .aliases([...(ALSO[name] ?? [])])
    .description(example.en)
    .action(async (words: string[], options: ActOptions) => (await import('./act.ts')).act([name, ...words], options));
}

function withOptions(command: Command): Command {
  return command
    .option('--as <officer>', 'the officer in whose name it is done; to look, none is needed')
    .option('--json', 'print the reply as JSON')
    .option('--language <language>', 'of the reply: en or fr (default: that of LANG)');
}
