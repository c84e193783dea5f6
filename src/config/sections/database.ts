import { type Complaint, text } from '../leaves.ts';

const EXPECTED = 'file:var/tocsin.db, or postgresql://user@host/database';

/** Where the store is. A password never stands here; the whole address with it may come from TOCSIN_DATABASE_URL. */
export const databaseSection = text({
  title: 'the address of a database',
  expected: EXPECTED,
  pattern: /^(file:.+|postgres(ql)?:\/\/.+)$/,
  check: (value) => databaseComplaint(value) ?? passwordComplaint(value),
})
  .describe('Where everything is stored. SQLite in a file, or PostgreSQL.')
  .prefault('file:var/tocsin.db');

/** What is wrong with the address of a database apart from its password, which is never repeated. */
export function databaseComplaint(value: string): Complaint | undefined {
  if (/^file:.+$/.test(value)) return undefined;
  return /^postgres(ql)?:\/\/.+/.test(value) && URL.canParse(value) ? undefined : { expected: EXPECTED };
}

function passwordComplaint(value: string): Complaint | undefined {
  if (value.startsWith('file:')) return undefined;
  const { password, searchParams } = new URL(value);
  if (password === '' && !searchParams.has('password')) return undefined;
  return {
    wrong: 'holds a password',
    expected:
      'the address without it here, and the whole address in the environment variable TOCSIN_DATABASE_URL, or in a ' +
      'file named by TOCSIN_DATABASE_URL_FILE; change the password, since it has been written down',
  };
}
