/** A copy of the store that somebody wants. */
export type CopyOrder = {
  /** Where it goes: absolute, and nothing is there yet. */
  readonly file: string;
  /** To whom it is encrypted, in the form of age (`age1…`); absent: to nobody. */
  readonly recipient?: string;
  /**
   * Takes a checkpoint and answers its line, once nothing stands in the way of the copy. The journal of the copy must fit
   * it, and the line goes beside the copy.
   */
  readonly checkpoint: () => Promise<string>;
};

/** A copy that was opened, verified and put under its name. */
export type CopyMade = {
  /** Of the file as it lies there, so of what is encrypted where it is. */
  readonly bytes: number;
  readonly sha256: string;
  /** What was verified in it. */
  readonly entries: number;
  readonly streams: number;
  readonly checkpoint: string;
};

/** Makes a consistent copy of the store while it is written to, and verifies it. */
export interface Copier {
  /** One at a time. Throws `BackupRefused`; then there is nothing under the name of the file. */
  copy(order: CopyOrder): Promise<CopyMade>;
}

/** The folder in which scheduled backups are kept. Both throw `BackupRefused` when it cannot be read or written. */
export interface BackupFolder {
  /** The names in it; it is made when it is not there. */
  names(folder: string): Promise<readonly string[]>;
  /** What stands beside a backup goes with it. */
  remove(folder: string, name: string): Promise<void>;
}

/** Why there is no backup. Each has a text for whoever asked for it. */
export type BackupFault =
  | 'postgresql'
  | 'busy'
  | 'exists'
  | 'no_folder'
  | 'cannot_write'
  | 'no_space'
  | 'recipient'
  | 'too_slow'
  | 'not_sound'
  | 'failed';

export class BackupRefused extends Error {
  readonly code: BackupFault;
  /** `detail`: the class or code of what went wrong, for the log. */
  constructor(code: BackupFault, detail?: string) {
    super(`no backup was made (${code}${detail === undefined ? '' : `: ${detail}`})`);
    this.name = 'BackupRefused';
    this.code = code;
  }
}

/** What stands beside a backup: the line of the checkpoint that was taken for it. */
export const SIDECAR = '.checkpoint';

/** The type of the entry in the stream `installation` that tells of a restore, the first of its epoch. */
export const RESTORED = 'installation.restored/1';
