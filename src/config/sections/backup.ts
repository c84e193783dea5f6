import { z } from 'zod';
import { HOUR, MINUTE } from '../../../rota/instant.ts';
import type { Backup } from '../config.ts';
import { type Complaint, duration, text, timeOfDay, wholeNumber } from '../leaves.ts';

const folder = text({
  title: 'a folder',
  expected: 'the path of a folder, best on another disk, such as /srv/tocsin-backups',
  pattern: /^[^\0\r\n]{1,1000}$/,
});

/** Whether it is one that can be encrypted to, its checksum tells, and the first backup. */
const recipient = text({
  title: 'a recipient of age',
  expected: 'the public key that age-keygen prints, beginning with age1',
  pattern: /^.+$/,
  check: (value) => secretComplaint(value) ?? (PUBLIC.test(value) ? undefined : {}),
});

const PUBLIC = /^age1[02-9ac-hj-np-z]{58,3000}$/;

/** It is never repeated: faults are shown to every officer. */
function secretComplaint(value: string): Complaint | undefined {
  if (!/AGE-SECRET-KEY/i.test(value)) return undefined;
  return {
    wrong: 'is a secret key',
    expected: 'the public one, beginning with age1; and a new pair of keys, since this secret has been written down',
  };
}

export const backupSection = z
  .strictObject({
    folder: folder
      .describe('Where a backup is made each day; without it, none is. Seen from where Tocsin starts.')
      .optional(),
    at: timeOfDay.describe('Time of day at the first desk.').prefault('03:30'),
    keep: z
      .strictObject({
        daily: wholeNumber(1, 366).describe('Of so many days the last one.').prefault(7),
        weekly: wholeNumber(0, 520).describe('Of so many weeks the last one.').prefault(4),
      })
      .describe('Which backups stay in the folder. The newest always does.')
      .prefault({}),
    recipient: recipient.describe('Backups are encrypted to this key of age.').optional(),
    hold: duration(MINUTE, 4 * HOUR)
      .describe('How long what was open waits after a restore, unless somebody resumes paging sooner.')
      .prefault('10m'),
  })
  .describe('Backups of a store in a file (SQLite), and what comes after a restore.')
  .optional();

export function backupOf(section: z.output<typeof backupSection>): Backup | undefined {
  if (section === undefined) return undefined;
  const { folder: where, recipient: to, ...rest } = section;
  return { ...rest, ...(where === undefined ? {} : { folder: where }), ...(to === undefined ? {} : { recipient: to }) };
}
