import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { HouseNotice } from '../ports/channel.ts';
import type { Offered, Unapplied } from './configuration.ts';
import { headsOf, type Setups } from './setup.ts';

/** A notice for each channel that has to hear of it: what it says may depend on whose channel it is. */
export type NoticeFor = (channel: string) => HouseNotice;

const CODES = {
  faulty: 'configuration_faulty',
  refused: 'configuration_refused',
  missing: 'configuration_missing',
} as const satisfies Record<Unapplied['why'], HouseNotice['code']>;

/** The text in the catalogues that says why the file is not what runs, but for the word `notice.` before it. */
export function codeOf({ why }: Unapplied): (typeof CODES)[Unapplied['why']] {
  return CODES[why];
}

export function checkpointNotice(id: string, at: Instant, line: string): NoticeFor {
  return () => ({ id, at, code: 'checkpoint', line });
}

/** What the team is told of a configuration that was offered; undefined when nothing has changed. */
export function configurationNotice(id: string, at: Instant, offered: Offered, setups: Setups): NoticeFor | undefined {
  if (offered.result === 'same') return undefined;
  if (offered.result === 'applied') {
    const { number: revision, author: by } = offered.revision;
    return () => ({ id, at, code: 'configuration_applied', revision, by });
  }
  const code = codeOf(offered.unapplied);
  return (channel) => ({ id, at, code, revision: setups.newest(), officers: concerned(setups, channel) });
}

export function backupNotice(id: string, at: Instant, trouble: 'failed' | 'overdue', setups: Setups): NoticeFor {
  return (channel) => ({ id, at, code: `backup_${trouble}`, officers: concerned(setups, channel) });
}

function concerned(setups: Setups, channel: string): readonly OfficerId[] {
  const own = setups.desks().filter(({ channels }) => channels.some(({ id }) => id === channel));
  return [
    ...new Set(own.flatMap((desk) => (headsOf(desk).length > 0 ? headsOf(desk) : desk.officers.map(({ id }) => id)))),
  ];
}
