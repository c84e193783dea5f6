import { createHash } from 'node:crypto';
import { instant } from '../../rota/instant.ts';
import type { Config } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/read.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { desksOf } from '../../src/desk/from-config.ts';
import type { Store } from '../../src/ports/store.ts';
import { countedChance } from './chance.ts';
import { SetClock } from './crank.ts';
import { memoryStore } from './memory-store.ts';
import { fixedSetups } from './setups.ts';

/** Tokens of the sources of the desk. */
export const TOKENS = { ncb: 'token-of-the-ncb-4f1c', fiu: 'token-of-the-fiu-77ab', night: 'token-of-the-night-d02e' };

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const FILE = `
officers:
  - { id: ana, name: Ana Example, methods: [{ type: pager }] }
  - { id: dan, name: Dan Example, methods: [{ type: pager }] }
  - { id: eva, name: Eva Example, methods: [{ type: pager }] }
desks:
  - id: ncp
    name: National contact point
    letters: T
    time_zone: Europe/Bucharest
    duty_hours: [{ days: [MO, TU, WE, TH, FR], from: "08:00", to: "16:00" }]
    officers: [{ id: ana, role: head }, dan, eva]
    sources:
      - { id: ncb, name: NCB Example, network: INTERPOL, country: RO, tests: true, token_sha256: ${sha256(TOKENS.ncb)} }
      - { id: fiu, name: Financial Intelligence Unit, known: false, token_sha256: ${sha256(TOKENS.fiu)} }
  - id: night
    name: Night desk
    letters: "N"
    time_zone: Europe/Bucharest
    officers: [dan, { id: eva, role: head }]
    sources:
      - { id: night-ncb, name: Night NCB, token_sha256: ${sha256(TOKENS.night)} }
`;

/** A Tuesday in winter, within duty hours. */
export const TUESDAY = instant('2026-11-24T09:00:00Z');

/** A fictional contact point with three officers and a night desk. */
export function fictionalConfig(): Config {
  const read = parseConfig(FILE, 'tocsin.yaml', { tokens: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

export type TestDesk = {
  readonly desk: Desk;
  readonly store: Store;
  readonly clock: SetClock;
  readonly config: Config;
};

/** The fictional desk on a new store, with its officers' pagers, at a time that only moves when it is told to. */
export async function testDesk(now = TUESDAY): Promise<TestDesk> {
  const clock = new SetClock(now);
  const store = await memoryStore(clock);
  const config = fictionalConfig();
  for (const { methods } of config.officers) {
    await store.seedMethods(
      undefined,
      methods.map((method) => ({ ...method, verified: true })),
    );
  }
  const setups = fixedSetups(desksOf(config), config.limits);
  const desk = { store, setups, clock, chance: countedChance('desk'), key: store.installation.key };
  return { desk, store, clock, config };
}
