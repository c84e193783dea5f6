import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackupFolder, BackupRefused, SIDECAR } from '../ports/backup.ts';

/** A folder of this machine, or one that is mounted there. */
export const backupFolder: BackupFolder = {
  names: async (folder) => {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    } catch {
      throw new BackupRefused('no_folder');
    }
  },
  remove: async (folder, name) => {
    try {
      await rm(join(folder, name));
      await rm(join(folder, `${name}${SIDECAR}`), { force: true });
    } catch {
      throw new BackupRefused('cannot_write');
    }
  },
};
