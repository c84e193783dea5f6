import { DAY, type Instant, instant, rfc3339 } from '../../rota/instant.ts';

/** How many backups are kept: of so many days the last one, and of so many weeks. */
export type KeepRule = { readonly daily: number; readonly weekly: number };

/** 1970-01-01 was a Thursday: so many days after it the first week began, on Monday. */
const FIRST_MONDAY = 4;
const NAME = /^tocsin-([0-9a-z]+)-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.db(?:\.age)?$/;

/** `tocsin-1f2e3d4c-20261124T033000Z.db`: the end of the installation's id, and when it was made, in UTC. */
export function backupName(installation: string, at: Instant, isSealed: boolean): string {
  const time = rfc3339(at).slice(0, 19).replaceAll(/[-:]/g, '');
  return `tocsin-${tagOf(installation)}-${time}Z.db${isSealed ? '.age' : ''}`;
}

/**
 * Which of the files in the folder of the backups may go: backups of this installation that are neither the newest of
 * one of the last `daily` days that have any, nor of one of the last `weekly` weeks (Monday to Sunday, in UTC). The newest
 * of all always stays, and so does every file that is not named as ours are.
 */
export function superfluous(names: readonly string[], installation: string, keep: KeepRule): readonly string[] {
  const own = names
    .flatMap((name) => {
      const at = timeOf(name, installation);
      return at === undefined ? [] : [{ name, at }];
    })
    .sort((a, b) => b.at - a.at || (a.name < b.name ? -1 : 1));
  const day = (at: Instant) => Math.floor(at / DAY);
  const week = (at: Instant) => Math.floor((day(at) - FIRST_MONDAY) / 7);
  const kept = new Set([
    ...own.slice(0, 1).map(({ name }) => name),
    ...newestOf(own, day, keep.daily),
    ...newestOf(own, week, keep.weekly),
  ]);
  return own.map(({ name }) => name).filter((name) => !kept.has(name));
}

type Backup = { readonly name: string; readonly at: Instant };

/** The newest of each of the last `most` periods that have one; `own` has the newest first. */
function newestOf(own: readonly Backup[], period: (at: Instant) => number, most: number): readonly string[] {
  const newest = new Map<number, string>();
  for (const { name, at } of own) if (!newest.has(period(at))) newest.set(period(at), name);
  return [...newest.values()].slice(0, most);
}

/** When one of our backups was made; undefined for every other file, and for a time that is on no calendar. */
function timeOf(name: string, installation: string): Instant | undefined {
  const [, tag, year, month, day, hour, minute, second] = NAME.exec(name) ?? [];
  if (tag !== tagOf(installation)) return undefined;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  try {
    const at = instant(text);
    return rfc3339(at) === text ? at : undefined;
  } catch {
    return undefined;
  }
}

/** Its end is random, whatever kind of UUID it is. */
function tagOf(installation: string): string {
  return installation.replaceAll(/[^0-9a-z]/g, '').slice(-8);
}
