import { NotRunning, Refused } from '../web/admin-client.ts';
import { Stop } from './configuration.ts';

const REFUSALS: Readonly<Record<string, string>> = {
  unknown_officer: 'There is no officer of that name in the configuration in force.',
  unknown_desk:
    'The desk of this request is in the configuration no more: export it without --page, or take the desk up again.',
  changed_meanwhile:
    'Another revision was applied while you looked: nothing was changed. Look at the difference again.',
  unknown_reference: 'There is no request of that reference.',
};

/** What a person is told of a command that failed, and with which exit code it ends. */
export function failure(error: unknown): { readonly exitCode: number; readonly text: string } {
  if (error instanceof Stop) return { exitCode: error.exitCode, text: error.message };
  if (error instanceof NotRunning) return { exitCode: 1, text: error.message };
  if (error instanceof Refused) return { exitCode: 1, text: REFUSALS[error.code] ?? error.message };
  const file = fileFault(error);
  if (file !== undefined) return { exitCode: EXIT_UNUSABLE, text: file };
  return { exitCode: 1, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The input, or the place for the output, cannot be used. */
const EXIT_UNUSABLE = 2;

const FILE_FAULTS: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder, a file was expected',
  ENOTDIR: 'lies below a file, a folder was expected',
  EEXIST: 'is a file already, a folder was expected',
  ENOENT: 'is not there',
  EACCES: 'may not be read or written by this user',
  EPERM: 'may not be read or written by this user',
  ENOSPC: 'cannot be written: the disk is full',
  EROFS: 'cannot be written: the file system is read-only',
};

/** In words, when the system says no to a file; undefined for every other error. */
function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path } = error as NodeJS.ErrnoException;
  const what = FILE_FAULTS[code ?? ''];
  return what === undefined ? undefined : `${path ?? 'A file'} ${what}.`;
}
