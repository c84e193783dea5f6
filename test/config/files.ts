import { readFileSync } from 'node:fs';
import type { Environment } from '../../src/config/environment.ts';
import type { Fault } from '../../src/config/fault.ts';
import { parseConfig } from '../../src/config/read.ts';

export const TOKEN = 'tok-4f1c9a7be2d86035-of-the-ncb';
export const ENV: Environment = { tokens: { TOCSIN_TOKEN_NCB: TOKEN } };

export const OFFICERS = `officers:
  - { id: ana, name: Ana Example, methods: [{ type: pager }] }
  - { id: dan, name: Dan Example, methods: [{ type: pager }] }
  - { id: eva, name: Eva Example, methods: [{ type: pager }] }
`;

export const DESK_START = `desks:
  - id: ncp
    name: National contact point
    time_zone: Europe/Bucharest
`;

/** A right file with more keys in its desk (indented by four) and more at its top. */
export function fileWith({ desk = '', top = '', officers = OFFICERS, deskStart = DESK_START }): string {
  return `${top}${officers}${deskStart}${desk}`;
}

export function faultsOf(text: string, env: Environment = ENV): readonly Fault[] {
  const result = parseConfig(text, 'tocsin.yaml', env);
  return result.ok ? [] : result.faults;
}

export function example(name: string): string {
  return readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), 'utf8');
}

/** What `parseConfig` makes of a file that has no fault. */
export function applied(text: string, env: Environment = ENV) {
  const result = parseConfig(text, 'tocsin.yaml', env);
  if (!result.ok) throw new Error(`expected a file without faults, got ${JSON.stringify(result.faults, null, 1)}`);
  return result;
}
