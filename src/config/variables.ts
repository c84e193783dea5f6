import { z } from 'zod';
import { text } from './leaves.ts';
import { databaseComplaint } from './sections/database.ts';

const PORT = 'a whole number from 0 to 65535';
const SHORTEST_TOKEN = 24;

/** Names of the variables in which bearer tokens of sources come. */
export const TOKEN_VARIABLE = /^TOCSIN_TOKEN_[A-Z0-9_]{1,60}$/;
const FILE = '_FILE';

const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: PORT })
  .transform(Number)
  .refine((value) => value <= 65_535, { error: PORT });

const databaseUrl = text({
  title: 'the address of a database',
  expected: 'postgresql://user:password@host/database, or file:var/tocsin.db',
  pattern: /^.+$/,
  check: databaseComplaint,
});

const token = z.string().regex(new RegExp(`^[\\x21-\\x7e]{${SHORTEST_TOKEN},}$`), {
  error: `at least ${SHORTEST_TOKEN} letters, digits and signs that nobody can guess, without blanks`,
});

/** Every variable of Tocsin; the tokens, of which there are as many as there are sources, by their name. */
export const environmentSchema = z.strictObject({
  TOCSIN_DATABASE_URL: databaseUrl.optional(),
  TOCSIN_PORT: port.optional(),
  tokens: z.record(z.string(), token),
});

const SECRET = ['TOCSIN_DATABASE_URL', 'TOCSIN_TOKEN_NAME'];
const VALUES = ['TOCSIN_PORT', ...SECRET];

/** Their names; `TOCSIN_TOKEN_NAME` stands for all tokens. A secret may come in a file that `…_FILE` names. */
export const VARIABLES: readonly string[] = [...VALUES, ...SECRET.map((name) => name + FILE)];

/** A variable with a value of its own. */
export function isVariable(name: string): boolean {
  return VALUES.includes(name) || isToken(name);
}

export function isToken(name: string): boolean {
  return TOKEN_VARIABLE.test(name) && !name.endsWith(FILE);
}

/** The secret whose value stands in the file that this variable names; undefined for one that names no file. */
export function variableInFile(name: string): string | undefined {
  const secret = name.endsWith(FILE) ? name.slice(0, -FILE.length) : '';
  return SECRET.includes(secret) || isToken(secret) ? secret : undefined;
}
