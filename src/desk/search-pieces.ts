import { type Entry, readEntry } from '../journal/entry.ts';
import { referencesIn } from '../journal/marks.ts';
import type { EntryType } from '../request/entries.ts';
import { readMessage } from './message-content.ts';
import { countryWord } from './search-query.ts';
import { nameWord, wordsOf } from './search-words.ts';

/** Where something was found. The first ones are looked at first when it is shown. */
export type SearchField =
  | 'reference'
  | 'own_reference'
  | 'identifier'
  | 'sender'
  | 'subject'
  | 'text'
  | 'item'
  | 'answer'
  | 'note'
  | 'file';

/** A text that can be found, and where it stands. */
export type Passage = { readonly field: SearchField; readonly text: string };

/** A piece of content as an entry refers to it. */
export type Place = { readonly content: string; readonly holds: Holds };

/** What stands in a piece: a message, the name of a file, or words that an officer wrote. */
type Holds = 'message' | 'label' | 'answer' | 'note';

/** The entries whose content can be found, and under which keys; bytes of files and originals of mails cannot. */
const HELD: { readonly [T in EntryType]?: Readonly<Record<string, Holds>> } = {
  'request.received/1': { message: 'message' },
  'request.appended/1': { message: 'message' },
  'attachment.added/1': { label: 'label' },
  'urgency.raised/1': { text: 'note' },
  'lowering.proposed/1': { text: 'note' },
  'urgency.lowered/1': { text: 'note' },
  'sender.verified/1': { how: 'note' },
  'note.written/1': { text: 'note' },
  'clarification.asked/1': { text: 'note' },
  'request.waits/1': { for: 'note', because: 'note' },
  'request.concluded/1': { text: 'answer' },
};

/** The types of entries that refer to something that can be found. */
export const SEARCHED_TYPES: readonly string[] = Object.keys(HELD);

/** The pieces of content that an entry refers to and that can be found. */
export function placesIn(body: string): readonly Place[] {
  const { type, data } = readEntry(body);
  return Object.entries(heldBy(type)).flatMap(([key, holds]) =>
    referencesIn(JSON.stringify(data[key] ?? null)).map(({ content }) => ({ content, holds })),
  );
}

function heldBy(type: Entry['type']): Readonly<Record<string, Holds>> {
  return HELD[type as EntryType] ?? {};
}

/** The texts of a piece of content, each with its place in the request. */
export function passagesOf({ holds }: Place, bytes: Uint8Array): readonly Passage[] {
  if (holds === 'message') return messagePassages(bytes);
  const text = new TextDecoder().decode(bytes);
  return [holds === 'label' ? { field: 'file', text: labelName(text) } : { field: holds, text }];
}

function messagePassages(bytes: Uint8Array): readonly Passage[] {
  const { ownReference, sender, subject, text, items, identifiers } = readMessage(bytes);
  const { organisation, person, country, email, phone } = sender;
  const from = [organisation, person, country, email, phone].filter((part) => part !== undefined).join(', ');
  return [
    { field: 'own_reference', text: ownReference ?? '' } as const,
    ...identifiers.map(({ value, port }) => ({ field: 'identifier', text: value + (port ? `:${port}` : '') }) as const),
    { field: 'sender', text: from } as const,
    { field: 'subject', text: subject ?? '' } as const,
    { field: 'text', text: text ?? '' } as const,
    ...Object.values(items).map((item) => ({ field: 'item', text: item }) as const),
  ].filter((passage) => passage.text !== '');
}

function labelName(label: string): string {
  const { name } = JSON.parse(label) as { readonly name?: string };
  return name ?? '';
}

/** Every word of a piece, and what of it is met as a whole: the sender's own reference, the country. */
export function wordsIn(place: Place, bytes: Uint8Array): readonly string[] {
  const words = passagesOf(place, bytes).flatMap(({ text }) => wordsOf(text));
  if (place.holds !== 'message') return words;
  const { ownReference, sender } = readMessage(bytes);
  const name = nameWord(ownReference ?? '');
  const country = sender.country === undefined ? [] : wordsOf(sender.country).map(countryWord);
  return [...words, ...country, ...(name === undefined ? [] : [name])];
}

/** The words of our own names of a request. */
export function wordsOfNames(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [...wordsOf(name), nameWord(name) ?? '']);
}
