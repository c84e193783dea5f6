import { DAY, type Duration, HOUR, type Instant } from '../../../rota/instant.ts';
import { CHECKPOINT_TAKEN } from '../../journal/checkpoint.ts';
import { INSTALLATION } from '../../journal/stream.ts';
import { BACKUP_MADE } from '../backups.ts';
import { entriesOf } from '../journal-source.ts';
import type { Found } from './finding.ts';
import type { Look } from './look.ts';

/** What happens once a day may be two hours late. */
const DAILY: Duration = 26 * HOUR;
/** Where backups are made by hand, one a week is expected. */
const BY_HAND: Duration = 7 * DAY + 2 * HOUR;

/** How old the newest backup of this installation is. */
export async function backup(look: Look): Promise<readonly Found[]> {
  if (!look.ownBackups) return [{ code: 'backup_elsewhere' }];
  const { last } = await ageOf(look, BACKUP_MADE);
  if (last === undefined) return [{ code: 'backup_never' }];
  const age = look.now - last;
  const isOld = age >= (look.scheduled ? DAILY : BY_HAND);
  return [{ code: isOld ? 'backup_old' : 'backup_well', values: { hours: hours(age) } }];
}

/** How old the newest checkpoint is. A new installation takes its first one in the night. */
export async function checkpoint(look: Look): Promise<readonly Found[]> {
  const { first = look.now, last } = await ageOf(look, CHECKPOINT_TAKEN);
  const age = look.now - (last ?? first);
  if (age >= DAILY) return [{ code: 'checkpoint_old', values: { hours: hours(age) } }];
  return [
    last === undefined ? { code: 'checkpoint_awaited' } : { code: 'checkpoint_well', values: { hours: hours(age) } },
  ];
}

/** When the installation began, and when such an entry was written last. */
async function ageOf({ reading }: Look, type: string): Promise<{ readonly first?: Instant; readonly last?: Instant }> {
  let first: Instant | undefined;
  let last: Instant | undefined;
  for await (const entry of entriesOf(reading, INSTALLATION)) {
    first ??= entry.at;
    if (entry.type === type) last = entry.at;
  }
  return { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
}

function hours(age: Duration): number {
  return Math.max(0, Math.floor(age / HOUR));
}
