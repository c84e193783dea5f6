import { NotRunning, Refused } from '../web/admin-client.ts';
import { Stop } from './configuration.ts';

const REFUSALS: Readonly<Record<string, string>> = {
  unknown_officer: 'There is no officer of that name in the configuration in force.',
  unknown_desk:
    'The desk of this request is in the configuration no more: export it without --page, or take the desk up again.',
  unknown_reference: 'There is no request of that reference.',
};

/** What a person is told of a command that failed, and with which exit code it ends. */
export function failure(error: unknown): { readonly exitCode: number; readonly text: string } {
  if (error instanceof Stop) return { exitCode: error.exitCode, text: error.message };
  if (error instanceof NotRunning) return { exitCode: 1, text: error.message };
  if (error instanceof Refused) return { exitCode: 1, text: REFUSALS[error.code] ?? error.message };
  return { exitCode: 1, text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
