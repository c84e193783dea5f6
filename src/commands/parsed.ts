import type { Instant } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { FieldKind } from '../desk/actions.ts';
import type { Said } from '../desk/command-of.ts';
import type { Choices } from './choices.ts';
import type { Word } from './words.ts';

/** What the words are read against. */
export type Context = {
  readonly now: Instant;
  /** Of the desk of the request. */
  readonly zone: string;
  /** Who may be named: the officers of that desk. */
  readonly officers: readonly { readonly id: OfficerId; readonly name: string }[];
  /** Who types; `me` means them. */
  readonly officer?: OfficerId;
  /** What may be chosen for this request. */
  readonly choices: Choices;
  /** Whether a request goes by this name, for names that do not look like one (`wxkt`, a reference of the sender). */
  readonly isRequest: (name: string) => boolean;
};

export type Parsed = {
  readonly word: Word;
  /** The request as it was named; absent where its name was left out. */
  readonly name?: string;
  /** What was said, by argument, in the way that the actions take it: codes, ids, instants in RFC 3339. */
  readonly said: Said;
  /** The times in it, to be read back to whoever typed them. */
  readonly times: Readonly<Record<string, Instant>>;
};

/** Why a text is no command. `code` has a text in the catalogues (`misread.<code>`). */
export type Misread =
  | { readonly code: 'empty' | 'too_long' | 'officer_missing' }
  | { readonly code: 'unknown_word'; readonly given: string; readonly nearest?: string }
  | { readonly code: 'request_missing'; readonly word: string }
  /** More than one can be meant, or none. */
  | { readonly code: 'which_request'; readonly word: string; readonly candidates: readonly string[] }
  | { readonly code: 'missing'; readonly word: string; readonly argument: string }
  | { readonly code: 'too_much'; readonly word: string; readonly given: string }
  | { readonly code: 'not_a_time'; readonly word: string; readonly given: string }
  | {
      readonly code: 'ambiguous_time';
      readonly word: string;
      readonly given: string;
      readonly readings: readonly Instant[];
      readonly zone: string;
    }
  | {
      readonly code: 'not_a_choice';
      readonly word: string;
      readonly given: string;
      readonly kind: FieldKind;
      readonly choices: readonly string[];
    }
  | {
      readonly code: 'unknown_officer' | 'ambiguous_officer';
      readonly word: string;
      readonly given: string;
      readonly candidates: readonly OfficerId[];
    };
