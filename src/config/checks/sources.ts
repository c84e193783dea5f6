import type { Finding } from '../fault.ts';
import { nearest } from '../nearest.ts';
import { field, items, type Raw, textOf } from '../raw.ts';
import { shownKey } from '../secrecy.ts';
import { tokenSha256 } from '../sections/sources.ts';
import { isToken } from '../variables.ts';
import { type Check, type CheckContext, twice } from './references.ts';

/** A source belongs to one desk, and its token tells it from every other. */
export const checkSources: Check = (file, context) => {
  const sources = items(field(file, 'desks')).flatMap((desk) => items(field(desk, 'sources')));
  return [
    ...twice(
      sources.map((source) => field(source, 'id')),
      'the id of a source',
      'each of them once: a source belongs to one desk',
    ),
    ...sources.flatMap((source) => checkToken(source, context)),
    ...sameTokens(sources, context),
  ];
};

function checkToken(source: Raw, { tokens }: CheckContext): readonly Finding[] {
  const token = field(source, 'token');
  const hash = field(source, 'token_sha256');
  if (token.value === undefined && hash.value === undefined) {
    const expected = 'token: { env: TOCSIN_TOKEN_NAME }, or token_sha256';
    return [{ path: token.path, at: 'key', wrong: 'is missing', expected }];
  }
  if (token.value !== undefined && hash.value !== undefined) {
    return [{ path: hash.path, at: 'key', wrong: 'there is a token as well', expected: 'one of the two' }];
  }
  const variable = field(token, 'env');
  const name = textOf(variable);
  if (name === undefined || !isToken(name) || tokens[name] !== undefined) return [];
  const expected = `the environment variable ${name}, or ${name}_FILE with the name of a file that holds the token`;
  return [{ path: variable.path, wrong: `${name} is not set`, expected, nearest: nearest(name, Object.keys(tokens)) }];
}

function sameTokens(sources: readonly Raw[], { tokens }: CheckContext): readonly Finding[] {
  const holders = new Map<string, string>();
  return sources.flatMap((source): Finding[] => {
    const secret = tokens[textOf(field(field(source, 'token'), 'env')) ?? ''];
    const hash = secret === undefined ? textOf(field(source, 'token_sha256')) : tokenSha256(secret);
    if (hash === undefined) return [];
    const holder = holders.get(hash);
    holders.set(hash, holder ?? shownKey(textOf(field(source, 'id')) ?? 'another source'));
    if (holder === undefined) return [];
    return [{ path: source.path, wrong: `has the same token as ${holder}`, expected: 'a token of its own' }];
  });
}
