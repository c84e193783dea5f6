import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { formatFaults } from '../../src/config/fault.ts';
import { VARIABLES } from '../../src/config/variables.ts';

const TOKEN = 'tok-4f1c9a7be2d86035-of-the-ncb';

/** The environment with these variables on a machine with these files. */
function read(env: Record<string, string | undefined>, files: Readonly<Record<string, string>> = {}) {
  return readEnvironment(env, (path) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return text;
  });
}

function faults(env: Record<string, string | undefined>, files?: Readonly<Record<string, string>>) {
  const result = read(env, files);
  return result.ok ? [] : result.faults;
}

describe('the environment', () => {
  test('may be empty, and other variables are none of our business', () => {
    expect(read({ HOME: '/root', TOCSINX: '1', TOCSIN_PORT: '', TOCSIN_TOKEN_NCB: undefined })).toEqual({
      ok: true,
      environment: { tokens: {} },
    });
  });

  test('says database, port and tokens', () => {
    const env = { TOCSIN_DATABASE_URL: 'postgresql://u:p@db.example/t', TOCSIN_PORT: '9000', TOCSIN_TOKEN_NCB: TOKEN };

    expect(read(env)).toEqual({
      ok: true,
      environment: { databaseUrl: env.TOCSIN_DATABASE_URL, port: 9000, tokens: { TOCSIN_TOKEN_NCB: TOKEN } },
    });
  });

  test('takes secrets from files, without the line break at their end', () => {
    const env = { TOCSIN_DATABASE_URL_FILE: '/run/db', TOCSIN_TOKEN_NCB_FILE: '/run/ncb' };
    const files = { '/run/db': 'postgresql://u:p@db.example/t\n', '/run/ncb': `${TOKEN}\r\n` };

    expect(read(env, files)).toEqual({
      ok: true,
      environment: { databaseUrl: 'postgresql://u:p@db.example/t', tokens: { TOCSIN_TOKEN_NCB: TOKEN } },
    });
  });

  test('reads .env when it is there, and what is really set wins', () => {
    const files = { '.env': `# ours\nTOCSIN_PORT=9000\nexport TOCSIN_TOKEN_NCB="${TOKEN}"\nOTHER=1\n` };

    expect(read({ TOCSIN_PORT: '9001' }, files)).toEqual({
      ok: true,
      environment: { port: 9001, tokens: { TOCSIN_TOKEN_NCB: TOKEN } },
    });
  });
});

describe('faults of the environment', () => {
  test('are all told at once, with the nearest name', () => {
    const found = faults({ TOCSIN_PROT: '1', TOCSIN_PORT: 'x', TOCSIN_TOKEN_NCB: 'short' });

    expect(found.map(({ file, path, nearest }) => [file, path, nearest])).toEqual([
      ['environment', 'TOCSIN_PROT', 'TOCSIN_PORT'],
      ['environment', 'TOCSIN_PORT', undefined],
      ['environment', 'TOCSIN_TOKEN_NCB', undefined],
    ]);
  });

  test('have their line when they come from .env', () => {
    expect(faults({}, { '.env': '# ours\n\nTOCSIN_PORT=99999\n' })).toMatchObject([
      { file: '.env', line: 3, column: 1, path: 'TOCSIN_PORT', expected: 'a whole number from 0 to 65535' },
    ]);
    expect(formatFaults(faults({}, { '.env': 'export TOCSIN_PORTS=1\n' }))).toMatch(
      /^\.env:1:1 TOCSIN_PORTS: there is no such variable; expected one of .* Did you mean "TOCSIN_PORT"\?$/,
    );
  });

  test.each([
    ['a file that is not there', { TOCSIN_TOKEN_NCB_FILE: '/run/ncb' }, /ENOENT/],
    ['a file that is empty', { TOCSIN_TOKEN_NCB_FILE: '/run/empty' }, /empty/],
    ['a variable and its file', { TOCSIN_TOKEN_NCB: TOKEN, TOCSIN_TOKEN_NCB_FILE: '/run/empty' }, /is set as well/],
    ['a port in a file', { TOCSIN_PORT_FILE: '/run/empty' }, /no such variable/],
    ['a token with blanks', { TOCSIN_TOKEN_NCB: 'all work and no play makes jack' }, /does not fit/],
    ['a database that is none', { TOCSIN_DATABASE_URL: 'mysql://u:hunter2@db.example/t' }, /does not fit/],
    ['an address that is none', { TOCSIN_DATABASE_URL: 'postgresql://u:hunter2@:x:y' }, /does not fit/],
  ])('%s is one', (_name, env, wrong) => {
    const found = faults(env, { '/run/empty': '\n' });

    expect(found).toHaveLength(1);
    expect(found[0]?.wrong).toMatch(wrong);
  });

  test('a .env that cannot be read is one, but a missing one is not', () => {
    const result = readEnvironment({}, () => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    });

    expect(result).toMatchObject({ ok: false, faults: [{ file: '.env', wrong: 'it cannot be read (EACCES)' }] });
  });

  test('never repeat a value or what stands in a file', () => {
    const secret = 'hunter2 hunter2 hunter2 hunter2';
    const env = {
      TOCSIN_PORT: secret,
      TOCSIN_DATABASE_URL: secret,
      TOCSIN_TOKEN_A: secret,
      TOCSIN_TOKEN_B_FILE: secret,
      TOCSIN_TOKEN_C_FILE: '/run/c',
      TOCSIN_PASSWORD: secret,
    };
    const found = faults(env, { '/run/c': secret });

    expect(found).toHaveLength(6);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const named = [...text.matchAll(/^# (TOCSIN_\w+)=/gm)].map(([, name]) => name);

  test('names every variable that there is, and no other', () => {
    expect(named.toSorted()).toEqual(VARIABLES.toSorted());
  });

  test('sets nothing until somebody takes a # away', () => {
    expect(read({}, { '.env': text })).toEqual({ ok: true, environment: { tokens: {} } });
  });

  test('has values of the right form', () => {
    const set = text.replace(/^# (TOCSIN_(PORT|DATABASE_URL)=)/gm, '$1');

    expect(read({}, { '.env': set })).toMatchObject({ ok: true, environment: { port: 8420 } });
  });
});
