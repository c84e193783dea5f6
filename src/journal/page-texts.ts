import type { Actor } from './actor.ts';

/** What the readable page says by itself; everything else on it comes from the journal. */
export type PageTexts = {
  /** Language tag of the texts. */
  readonly language: string;
  readonly times: string;
  readonly who: (actor: Actor) => string;
  /** The name of an entry type for people. */
  readonly what: (type: string) => string;
  readonly erasedOn: (time: string) => string;
  readonly missing: string;
  readonly bytes: (count: number) => string;
  readonly more: (characters: number) => string;
  readonly unreadable: string;
  readonly foot: (facts: { stream: string; installation: string; entries: number; hash: string }) => string;
};

export const ENGLISH: PageTexts = {
  language: 'en',
  times: 'All times are UTC.',
  who: (actor) => {
    if (actor.kind === 'officer') return actor.officer;
    if (actor.kind === 'source') return `source ${actor.source}`;
    if (actor.kind === 'requester') return 'the requester';
    if (actor.kind === 'system') return 'Tocsin';
    return `shell user ${actor.user}${actor.as === undefined ? '' : ` as ${actor.as}`}`;
  },
  what: (type) => type.replace(/\/\d+$/, '').replaceAll(/[._]/g, ' '),
  erasedOn: (time) => `erased on ${time}`,
  missing: 'This content is missing.',
  bytes: (count) => `${count} bytes that are no text: they are in the export.`,
  more: (characters) => `… and ${characters} more characters: they are in the export.`,
  unreadable: 'This entry cannot be read. It stands here as it is stored.',
  foot: ({ stream, installation, entries, hash }) =>
    `Stream ${stream} of the installation ${installation}: ${entries} entries, the last with the hash ${hash}. ` +
    'This page is for reading and proves nothing. The proof is the export: tocsin journal verify FILE, or python3 verify.py FILE.',
};
