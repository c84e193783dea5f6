import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import { isConcerned } from '../desk/act.ts';
import type { Unapplied } from '../desk/configuration.ts';
import { type DeskSetup, memberOf, type Setups } from '../desk/setup.ts';
import { catalogue, type Language, type Text } from '../locales/catalogue.ts';
import { type Times, timesIn } from '../locales/times.ts';
import type { RequestRow } from '../ports/steps.ts';
import { involvedDesks } from '../request/state.ts';
import { languageFor } from './language.ts';

/** Who looks at a page, in which language and when. */
export type Viewer = {
  readonly officer: OfficerId;
  /** Goes into every form and is held against the session when the form comes back. */
  readonly csrf: string;
  /** The desks that the officer belongs to, never empty. */
  readonly desks: readonly DeskSetup[];
  readonly language: Language;
  readonly text: Text;
  readonly now: Instant;
  /** Name of an officer of whichever desk; the id of one who is in none now. */
  readonly nameOf: (officer: OfficerId) => string;
  /** Name of a source of whichever desk; the id of one that none lists now. */
  readonly nameOfSource: (source: string) => string;
  readonly timesIn: (zone: string) => Times;
  /** While the file is not what runs: why, and the revision that runs. */
  readonly warned?: { readonly unapplied: Unapplied; readonly revision: number };
  /** While paging is held after a restore: until when, and what is held on these desks. */
  readonly held?: { readonly until: Instant; readonly rows: readonly RequestRow[] };
};

/** Who reads something that may be on paper: in which language, and what officers and sources are called. */
export type Reader = Pick<Viewer, 'language' | 'text' | 'now' | 'nameOf' | 'nameOfSource' | 'timesIn'>;

type Who = { readonly officer: OfficerId; readonly csrf: string };

/** Undefined for somebody who is in no desk of the newest configuration. */
export function viewerOf(setups: Setups, who: Who, accepts: string | undefined, now: Instant): Viewer | undefined {
  const desks = setups.desks().filter((desk) => memberOf(desk, who.officer) !== undefined);
  if (desks.length === 0) return undefined;
  const language = languageFor([accepts ?? '', ...desks.flatMap(leastWished)].join(','));
  return { ...who, desks, ...readerOf(setups, language, now) };
}

export function readerOf(setups: Setups, language: Language, now: Instant): Reader {
  const zones = new Map<string, Times>();
  return {
    language,
    text: catalogue(language),
    now,
    nameOf: (officer) => nameIn(setups, officer),
    nameOfSource: (source) => setups.desks().flatMap(({ sourceNames }) => sourceNames[source] ?? [])[0] ?? source,
    timesIn: (zone) => {
      const times = zones.get(zone) ?? timesIn(language, zone);
      zones.set(zone, times);
      return times;
    },
  };
}

/** The languages of a desk, for an officer whose browser wants none of ours. */
function leastWished({ languages }: DeskSetup): readonly string[] {
  return languages.map((language, index) => `${language};q=${(0.009 - index / 1000).toFixed(3)}`);
}

export function nameIn(setups: Setups, officer: OfficerId): string {
  const members = setups.desks().flatMap((desk) => memberOf(desk, officer) ?? []);
  return members[0]?.name ?? officer;
}

/** Whether the officer may see the request: a member of its desk or of a desk that was paged for it, or concerned by name. */
export function maySee({ desks, officer }: Viewer, { state }: RequestRow): boolean {
  const involved = involvedDesks(state);
  return desks.some(({ id }) => involved.includes(id)) || isConcerned(state, officer);
}
