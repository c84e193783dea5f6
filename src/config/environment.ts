import { parseEnv } from 'node:util';
import { type Fault, inOrder } from './fault.ts';
import { nearest } from './nearest.ts';
import { environmentSchema, isToken, isVariable, VARIABLES, variableInFile } from './variables.ts';

/** What the environment says, and the only place where secrets are. */
export type Environment = {
  /** Wins over `database` in the file; may hold a password. */
  readonly databaseUrl?: string;
  /** Wins over `web.port` in the file. */
  readonly port?: number;
  /** Bearer tokens of sources by the name of their variable. */
  readonly tokens: Readonly<Record<string, string>>;
};

export type EnvironmentResult =
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Every text in the environment that must appear nowhere. */
export function secretsOf({ databaseUrl, tokens }: Environment): readonly string[] {
  const password = databaseUrl === undefined || !URL.canParse(databaseUrl) ? '' : new URL(databaseUrl).password;
  return [databaseUrl ?? '', password, ...Object.values(tokens)].filter((secret) => secret !== '');
}

/** Reads a file as text; throws when it cannot, with the `code` of Node's errors. */
export type ReadFile = (path: string) => string;

type Variables = Readonly<Record<string, string>>;
type Complaint = { readonly wrong: string; readonly expected: string; readonly nearest?: string };

const DOT_ENV = '.env';
const NO_FILE = 'the name of a file that Tocsin may read';

/**
 * Reads the variables whose names begin with `TOCSIN_` from `env` and, those that `env` does not have, from the file
 * `.env` in the current folder, if it is there. An empty variable counts as not set. The value of a variable never
 * appears in a fault, nor does what stands in a file.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  readFile: ReadFile,
): EnvironmentResult {
  const dotEnv = readText(DOT_ENV, readFile);
  const dotEnvText = 'text' in dotEnv ? dotEnv.text : '';
  const ours = ownVariables(env);
  const given = { ...ownVariables(parseEnv(dotEnvText)), ...ours };
  const fault = (name: string, complaint: Complaint): Fault => ({
    ...(Object.hasOwn(ours, name) ? { file: 'environment' } : placeIn(dotEnvText, name)),
    path: name,
    ...complaint,
  });

  const values: Record<string, string> = {};
  const faults: Fault[] = [];
  if ('code' in dotEnv && dotEnv.code !== 'ENOENT') {
    faults.push({ file: DOT_ENV, path: '', wrong: `it cannot be read (${dotEnv.code})`, expected: NO_FILE });
  }
  for (const [name, value] of Object.entries(given)) {
    const found = setting(name, value, given, readFile);
    if ('wrong' in found) faults.push(fault(name, found));
    else values[found.name] = found.value;
  }
  const parsed = environmentSchema.safeParse(grouped(values));
  for (const { path, message } of parsed.error?.issues ?? []) {
    const name = String(path.at(-1));
    const from = Object.hasOwn(given, name) ? name : `${name}_FILE`;
    faults.push(fault(from, { wrong: 'its value (not shown) does not fit', expected: message }));
  }
  if (!parsed.success || faults.length > 0) return { ok: false, faults: inOrder(faults) };
  const { TOCSIN_DATABASE_URL: databaseUrl, TOCSIN_PORT: port, tokens } = parsed.data;
  return {
    ok: true,
    environment: {
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(port === undefined ? {} : { port }),
      tokens,
    },
  };
}

/** The variable that this one gives a value to: itself, or the one whose value is in the file that it names. */
function setting(
  name: string,
  value: string,
  all: Variables,
  readFile: ReadFile,
): Complaint | { readonly name: string; readonly value: string } {
  if (isVariable(name)) return { name, value };
  const target = variableInFile(name);
  if (target === undefined) return unknownVariable(name);
  if (Object.hasOwn(all, target)) return { wrong: `${target} is set as well`, expected: 'one of the two' };
  const file = readText(value, readFile);
  if ('code' in file) return { wrong: `the file that it names cannot be read (${file.code})`, expected: NO_FILE };
  // Editors end a file with a line break; it belongs to no secret.
  const text = file.text.replace(/\r?\n$/, '');
  return text === ''
    ? { wrong: 'the file that it names is empty', expected: 'the secret in it' }
    : { name: target, value: text };
}

function unknownVariable(name: string): Complaint {
  const meant = nearest(name, VARIABLES);
  const expected = `one of ${VARIABLES.join(', ')}`;
  return { wrong: 'there is no such variable', expected, ...(meant === undefined ? {} : { nearest: meant }) };
}

function grouped(values: Variables): unknown {
  const entries = Object.entries(values);
  return {
    ...Object.fromEntries(entries.filter(([name]) => !isToken(name))),
    tokens: Object.fromEntries(entries.filter(([name]) => isToken(name))),
  };
}

function ownVariables(env: Readonly<Record<string, string | undefined>>): Variables {
  const entries = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith('TOCSIN_') && value !== undefined && value !== '' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(entries);
}

function readText(path: string, readFile: ReadFile): { readonly text: string } | { readonly code: string } {
  try {
    return { text: readFile(path) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { code: typeof code === 'string' ? code : 'unknown' };
  }
}

function placeIn(
  text: string,
  name: string,
): { readonly file: string; readonly line?: number; readonly column?: number } {
  const lines = text.split('\n');
  const index = lines.findLastIndex((line) => line.replace(/^\s*(export\s+)?/, '').startsWith(`${name}=`));
  return index < 0 ? { file: DOT_ENV } : { file: DOT_ENV, line: index + 1, column: 1 };
}
