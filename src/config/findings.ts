import type { z } from 'zod';
import type { Finding } from './fault.ts';
import { nearest } from './nearest.ts';
import type { Path } from './path.ts';
import type { Places } from './places.ts';
import { isGroup, stepInto } from './raw.ts';
import type { Respelt } from './respelt.ts';
import { type Expectation, expectations, type Node } from './schema-lookup.ts';
import { HIDDEN, isSecretName, shownText } from './secrecy.ts';

type Issue = z.core.$ZodIssue;

const UNKNOWN_KEY = 'this key is not known here';
const NO_SECRETS = 'no secret in this file: tokens and passwords come from environment variables, see .env.example';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'keys with their values',
  record: 'keys with their values',
  array: 'a list (lines that begin with "- ")',
};

/** What was expected, for issues whose schema does not say it: the message of an issue is always that. */
export function expectedText(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  // Of several shapes the ones inside tell what they expect.
  return '';
}

/**
 * What is wrong with a file whose keys were spelt right before zod looked at it, in our words: the misspellings, and what
 * zod found in the rest. `places` are those of the respelt file.
 */
export function findingsOf(
  issues: readonly Issue[],
  { value: file, misspelt }: Respelt,
  schema: Node,
  places: Places,
): readonly Finding[] {
  const expectationAt = expectations(schema, file);
  const flat = issues.flatMap(oneShape);
  const unknownKeys = flat.filter((issue) => issue.code === 'unrecognized_keys');
  const withUnknownKeys = new Set(unknownKeys.map((issue) => JSON.stringify(issue.path)));
  const found = flat.flatMap((issue) => {
    const path = pathOf(issue);
    // A group whose keys are not all known is not judged as a whole.
    if (issue.code === 'custom' && withUnknownKeys.has(JSON.stringify(path))) return [];
    const expectation = expectationAt(path);
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey([...path, key], expectation, file));
    const value = path.reduce(stepInto, file);
    if (value !== undefined) return [wrongValue(issue, value, expectation, places.source(path))];
    return [
      { path, at: 'key', wrong: places.has(path) ? 'has no value' : 'is missing', expected: issue.message } as const,
    ];
  });
  return [...misspelt.map((path) => unknownKey(path, expectationAt(path.slice(0, -1)), file)), ...found];
}

/** Of a value that may have several shapes, the issues of the shape that it has. */
function oneShape(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [its] = issue.errors.filter((shape) => shape.length > 0 && !shape.some(isOtherShape));
  if (its !== undefined)
    return its.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(oneShape);
  return [{ ...issue, message: expectedOf(issue) }];
}

function isOtherShape(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((shape) => shape.some(isOtherShape));
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

/** The outermost text of what was expected. */
function expectedOf(issue: Issue): string {
  if (issue.message !== '' || issue.code !== 'invalid_union') return issue.message;
  return (
    issue.errors
      .flat()
      .map(expectedOf)
      .find((text) => text !== '') ?? ''
  );
}

function unknownKey(path: Path, { keys }: Expectation, file: unknown): Finding {
  const key = String(path.at(-1));
  const inside = path.reduce(stepInto, file);
  return {
    path,
    at: 'key',
    wrong:
      typeof inside === 'object' && inside !== null ? `${UNKNOWN_KEY}, so nothing below it was looked at` : UNKNOWN_KEY,
    expected: isSecretName(key) ? NO_SECRETS : `one of ${keys.join(', ')}`,
    nearest: nearest(key, keys),
  };
}

function wrongValue(issue: Issue, value: unknown, { title, values }: Expectation, source: string | undefined): Finding {
  const path = pathOf(issue);
  const shown = source === undefined ? shapeOf(value) : shownText(source, path);
  const hidden = shown === HIDDEN;
  const params = issue.code === 'custom' ? issue.params : undefined;
  const wrong = textParam(params, 'wrong') ?? (title === undefined ? 'does not fit' : `is not ${title}`);
  return {
    path,
    wrong: Array.isArray(value) && value.length === 0 ? 'the list is empty' : `${shown} ${wrong}`,
    expected: issue.message + unquoted(issue, value),
    nearest: hidden ? undefined : (textParam(params, 'nearest') ?? nearestChoice(issue, value, values)),
  };
}

/** A telephone number that begins with + is a number to YAML. */
function unquoted(issue: Issue, value: unknown): string {
  const isTaken = issue.code === 'invalid_type' && issue.expected === 'string' && typeof value === 'number';
  return isTaken ? ' (YAML takes it for a number: put it in quotes)' : '';
}

/** `Monday` is not near `MO` by its letters, but begins with it. */
function nearestChoice({ code }: Issue, value: unknown, choices: readonly string[]): string | undefined {
  const mayBeChoice = typeof value === 'string' && (code === 'invalid_value' || code === 'invalid_union');
  if (!mayBeChoice) return undefined;
  return nearest(value, choices) ?? choices.find((choice) => value.toUpperCase().startsWith(choice.toUpperCase()));
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isGroup(value) ? 'a group of keys' : 'the value';
}

function textParam(params: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  const value = params?.[name];
  return typeof value === 'string' ? value : undefined;
}

function pathOf({ path }: Issue): Path {
  return path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}
