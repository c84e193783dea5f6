import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/** Address of a PostgreSQL server where tests may make databases; undefined where there is none. */
export const POSTGRES = process.env['TEST_POSTGRES_URL'];

export type TestDatabase = { readonly url: string; drop(): Promise<void> };

/** A fresh, empty database on that server. */
export async function freshDatabase(server: string, encoding = 'UTF8'): Promise<TestDatabase> {
  const name = `tocsin_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE "${name}" ENCODING '${encoding}' LOCALE 'C' TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE "${name}" WITH (FORCE)`) };
}

export async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
