import { type Instant, instant } from '../../rota/instant.ts';
import type { Refusal } from '../request/command.ts';
import { hasText, type Text } from './catalogue.ts';

/** How the names in a refusal are written for people. */
export type Naming = {
  readonly officer: (id: string) => string;
  readonly time: (at: Instant) => string;
};

type Write = (value: string, text: Text, naming: Naming) => string;

const OFFICER: Write = (value, _text, naming) => naming.officer(value);
const TIME: Write = (value, _text, naming) => naming.time(instant(value));
const each =
  (group: string): Write =>
  (value, text) =>
    value
      .split(', ')
      .map((code) => (hasText(`${group}.${code}`) ? text(`${group}.${code}`) : code))
      .join(', ');

const WRITTEN: Readonly<Record<string, Write>> = {
  owner: OFFICER,
  officer: OFFICER,
  at: TIME,
  time: TIME,
  urgency: each('urgency'),
  clock: each('clock'),
  ground: each('ground'),
  grounds: each('ground'),
  reason: each('not_possible'),
  reasons: each('not_possible'),
};

/** Why a command did nothing, in the words of the reader: what is so, and what to do. */
export function refusalText(text: Text, { code, names }: Refusal, naming: Naming): string {
  const written = Object.entries(names).map(([name, value]) => [name, WRITTEN[name]?.(value, text, naming) ?? value]);
  return text(`refusal.${code}`, Object.fromEntries(written));
}
