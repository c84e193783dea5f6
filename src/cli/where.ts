import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../config/environment.ts';
import { CONFIG_FILE, fromFile, whereItRan } from './configuration.ts';

/**
 * Where the store of this folder is, without opening anything: what the environment says, the file, the last start. Undefined
 * where a faulty file does not tell.
 */
export function databaseHere(env: Environment): string | undefined {
  if (env.databaseUrl !== undefined) return env.databaseUrl;
  if (existsSync(CONFIG_FILE)) return fromFile(CONFIG_FILE, env).database;
  const { database } = whereItRan(env);
  if (database !== undefined) return database;
  return existsSync(OWN) || !existsSync(DEMO) ? `file:${OWN}` : `file:${DEMO}`;
}

const OWN = 'var/tocsin.db';
const DEMO = 'var/demo.db';

/** The path of a store in a file, absolute; undefined for PostgreSQL. */
export function pathOf(database: string): string | undefined {
  if (database.startsWith('file://')) return fileURLToPath(database);
  return database.startsWith('file:') ? resolve(database.slice('file:'.length)) : undefined;
}

/** An address that may be printed. */
export function withoutPassword(database: string): string {
  if (!URL.canParse(database)) return 'postgresql://…';
  const url = new URL(database);
  url.password = '';
  url.searchParams.delete('password');
  return url.href;
}
