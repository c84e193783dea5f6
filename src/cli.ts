#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { program } from 'commander';
import { addCommands } from './cli/act-words.ts';
import { version } from './cli/version.ts';

// What was compiled once is not compiled again: a third of a start. Beside the code, so that whoever may write it may write
// the code too; where nobody may, it is done without.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/tocsin'));

/** Each command is loaded when it is called: `start` must not wait for what it does not use. */
program.name('tocsin').description('The alarm bell and the memory of a 24/7 point of contact').version(version());

program
  .command('start')
  .description('run Tocsin on tocsin.yaml, or the demo desk where there is none')
  .action(async () => (await import('./cli/start.ts')).start());

program
  .command('link <officer>')
  .description('make a link by which the officer signs in, once, within 10 minutes')
  .action(async (officer: string) => (await import('./cli/link.ts')).link(officer));

program
  .command('backup <file>')
  .description('make a verified backup of the store, while Tocsin runs or without it')
  .option('--to <recipient>', 'encrypt it to this public key of age (age1…)')
  .action(async (file: string, options) => (await import('./cli/backup.ts')).backup(file, options));

program
  .command('restore [file]')
  .description('put a backup in the place of the store, which must not be there')
  .option('--identity <file>', 'the identity file of age that decrypts it')
  .option('--checkpoint <line>', 'a checkpoint that was kept elsewhere, or a file that holds it')
  .option('--check', 'only try it, in a folder of its own, and leave nothing behind')
  .option('--in-place', 'the store was put back by other means, such as pg_restore')
  .action(async (file: string | undefined, options) => (await import('./cli/restore.ts')).restoreBackup(file, options));

program
  .command('resume')
  .description('page again what was open before a restore, without waiting any longer')
  .action(async () => (await import('./cli/resume.ts')).resume());

const config = program.command('config').description('check the configuration, and apply it');
config
  .command('diff')
  .description('print how tocsin.yaml differs from the revision in force; exit code 1: it does')
  .action(async () => (await import('./cli/apply.ts')).diff());
config
  .command('apply')
  .description('show that difference, ask, and apply it in the running Tocsin')
  .option('--yes', 'do not ask')
  .action(async (options) => (await import('./cli/apply.ts')).apply(options));
config
  .command('check [file]')
  .description('list every fault of the file (default: tocsin.yaml) and of the environment')
  .action(async (file?: string) => (await import('./cli/config.ts')).check(file));
config
  .command('schema')
  .description('print the JSON Schema of tocsin.yaml, for editors')
  .action(async () => (await import('./cli/config.ts')).schema());

program
  .command('doctor')
  .description('look at everything that a desk stands on; exit code 0: all is well, 1: faults, 2: could not look')
  .option('--json', 'print what was found as JSON')
  .option('--language <language>', 'en or fr (default: that of LANG)')
  .action(async (options) => (await import('./cli/doctor.ts')).doctor(options));

const journal = program.command('journal').description('prove what happened');
journal
  .command('verify [file]')
  .description('verify the journal of the running Tocsin, of a copy of its store (.db), or of an export')
  .option('--checkpoint <line>', 'a checkpoint that was kept elsewhere, or a file that holds it')
  .option('--json', 'print the result as JSON')
  .action(async (file: string | undefined, options) => (await import('./cli/journal.ts')).verify(file, options));
journal
  .command('export [reference]')
  .description(
    'write a request, or without a reference the whole journal, with all that is needed to verify it elsewhere',
  )
  .option('--page', 'write a page for people instead of JSON lines')
  .option('--language <language>', 'of the page: en or fr (default: that of LANG)')
  .action(async (reference: string | undefined, { page, language }: { page?: boolean; language?: string }) =>
    page
      ? (await import('./cli/journal-page.ts')).exportPage(reference, language)
      : (await import('./cli/journal.ts')).exportJournal(reference),
  );
journal
  .command('checkpoint')
  .description('take a checkpoint and print the line that belongs out of the house')
  .action(async () => (await import('./cli/journal.ts')).checkpoint());

addCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  const { exitCode, text } = (await import('./cli/failure.ts')).failure(error);
  console.error(text);
  process.exitCode = exitCode;
}
