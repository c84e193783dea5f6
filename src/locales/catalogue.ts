import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';

/** A text for people by its key. String values go in as they are; whoever makes markup of it escapes it. */
export type Text = (key: string, values?: Values) => string;
export type Values = Readonly<Record<string, string | number | Date>>;

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Every text is there in this language; the others fall back to it. */
const FALLBACK: Language = 'en';

/** What is said in place of a text that is missing or lacks a value; a test throws the error. */
export type OnFault = (key: string, error: unknown) => string;

/**
 * The texts of a language (`fr`, `fr-CA`), which are ICU messages in the flat JSON files of the folder that bears its
 * name. A language without a catalogue, and a key that a catalogue does not have, get English. A key that nobody has is
 * a fault of ours; no page may break on it, so the person is shown the key.
 */
export function catalogue(language: string, onFault: OnFault = (key) => key): Text {
  const own = languageOf(language);
  return (key, values) => {
    const found = messageIn(own, key) ?? messageIn(FALLBACK, key);
    if (found === undefined) return onFault(key, new Error(`no catalogue has a text for ${JSON.stringify(key)}`));
    try {
      return String(found.format(values));
    } catch (error) {
      return onFault(key, error);
    }
  };
}

/** The language of ours that `language` means; English for all that we do not have. */
export function languageOf(language: string): Language {
  const [primary = ''] = language.toLowerCase().split('-');
  return LANGUAGES.find((one) => one === primary) ?? FALLBACK;
}

/** Whether there is a text for this key: for codes that come from outside (a vendor's, a later release's). */
export function hasText(key: string): boolean {
  return messagesOf(FALLBACK).has(key);
}

/** All keys of a language with their ICU messages, as its files have them. */
export function textsOf(language: Language): ReadonlyMap<string, string> {
  return messagesOf(language);
}

const read = new Map<Language, ReadonlyMap<string, string>>();
const compiled = new Map<string, IntlMessageFormat>();

function messagesOf(language: Language): ReadonlyMap<string, string> {
  const known = read.get(language);
  if (known !== undefined) return known;
  const folder = join(import.meta.dirname, language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const messages = new Map(files.flatMap((file) => entriesOf(join(folder, file))));
  read.set(language, messages);
  return messages;
}

function entriesOf(file: string): [string, string][] {
  return Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
}

function messageIn(language: Language, key: string): IntlMessageFormat | undefined {
  const id = `${language} ${key}`;
  const known = compiled.get(id);
  if (known !== undefined) return known;
  const message = messagesOf(language).get(key);
  if (message === undefined) return undefined;
  const format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  compiled.set(id, format);
  return format;
}
