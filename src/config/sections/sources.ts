import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Source } from '../config.ts';
import { country, id, name, text, yesOrNo } from '../leaves.ts';
import { TOKEN_VARIABLE } from '../variables.ts';

const INSTEAD =
  '{ env: TOCSIN_TOKEN_NAME }, and the token in that environment variable or in a file named by ' +
  'TOCSIN_TOKEN_NAME_FILE; replace a token that stood in this file';

const token = z
  .strictObject(
    {
      env: text({
        title: 'the name of a variable for tokens',
        expected: INSTEAD,
        pattern: TOKEN_VARIABLE,
        check: (value) => (value.endsWith('_FILE') ? { expected: 'the name without _FILE' } : undefined),
      }),
    },
    { error: INSTEAD },
  )
  .meta({ title: 'the name of an environment variable' });

const source = z.strictObject({
  id: id.describe('Unique in the installation.'),
  name: name.describe('As it stands on cards.'),
  network: name.describe('Through which network it writes, such as INTERPOL or 24/7.').optional(),
  country: country.optional(),
  known: yesOrNo.describe('Its own "not urgent" is believed unless a life is at risk.').prefault(true),
  tests: yesOrNo.describe('It may send tests.').prefault(false),
  token: token.describe('The environment variable that holds its bearer token.').optional(),
  token_sha256: text({
    title: 'a SHA-256',
    expected: '64 digits from 0 to 9 and a to f: the SHA-256 of the token, never the token itself',
    pattern: /^[0-9a-f]{64}$/,
  })
    .describe('Instead of `token`: the SHA-256 of its bearer token in hex.')
    .optional(),
});

export const sourcesSection = z
  .array(source)
  .describe('Who may send requests to this desk over the interface. A source belongs to one desk.')
  .prefault([]);

export function sources(
  entries: z.output<typeof sourcesSection>,
  tokens: Readonly<Record<string, string>>,
): readonly Source[] {
  return entries.map(({ token, token_sha256, network, country, ...rest }) => ({
    ...rest,
    ...(network === undefined ? {} : { network }),
    ...(country === undefined ? {} : { country }),
    tokenSha256: token_sha256 ?? tokenSha256(tokens[token?.env ?? ''] ?? ''),
  }));
}

/** How a bearer token is kept and compared: SHA-256 of its UTF-8 bytes, lower-case hex. */
export function tokenSha256(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}
