import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { BackupFault, CopyMade } from '../ports/backup.ts';

/** What the process of a backup is asked first: to copy the file of the store. */
export type CopyJob = {
  readonly job: 'copy';
  readonly store: string;
  readonly work: string;
  /** Only to be judged, before anything is done. */
  readonly recipient?: string;
};

/** And then, to put in what was written meanwhile, to verify it, and to write it where it belongs. */
export type FinishJob = {
  readonly job: 'finish';
  readonly work: string;
  /** How many logs there are. */
  readonly logs: number;
  readonly partial: string;
  readonly checkpoint: string;
  readonly recipient?: string;
};

/** Each has one answer. */
export type Answer = { readonly made?: Omit<CopyMade, 'checkpoint'>; readonly fault?: Fault };

/** `detail`: a class or a code, never the text of an error. */
export type Fault = { readonly code: BackupFault; readonly detail?: string };

/** The copy of a log, counted from 1. */
export function logName(work: string, number: number): string {
  return `${work}.log${number}`;
}

/** Removes the copy that is being worked on, its logs, and what SQLite puts beside it; also what an earlier backup left. */
export function removeWork(work: string): void {
  const own = basename(work);
  const isOwn = (name: string) => name === own || name.startsWith(`${own}.log`) || name.startsWith(`${own}-`);
  for (const name of readdirSync(dirname(work)).filter(isOwn)) rmSync(join(dirname(work), name), { force: true });
}
