import type { Actor } from './actor.ts';

/** What stands between the entries by itself; everything else comes from the journal. */
export type PageTexts = {
  /** Language tag of the texts. */
  readonly language: string;
  readonly who: (actor: Actor) => string;
  /** The name of an entry type for people. */
  readonly what: (type: string) => string;
  readonly erasedOn: (time: string) => string;
  readonly missing: string;
  readonly bytes: (count: number) => string;
  readonly more: (characters: number) => string;
  readonly unreadable: string;
};

export const ENGLISH: PageTexts = {
  language: 'en',
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
};
