import { randomBytes, randomUUIDv7 } from 'node:crypto';
import type { Desk } from '../../src/desk/desk.ts';
import { desksOf } from '../../src/desk/from-config.ts';
import type { Incoming, Origin } from '../../src/desk/incoming.ts';
import { receive } from '../../src/desk/receive.ts';
import type { Store } from '../../src/ports/store.ts';
import { openStore } from '../../src/store/open.ts';
import { birth } from '../support/birth.ts';
import { fixedSetups } from '../support/setups.ts';
import { type BenchKind, benchConfig, DESK, FEW_SOURCES, messageOf, sourceId } from './bench-desk.ts';
import { databaseIn, prepare } from './product.ts';

/** The use cases on the real store, without a process around them: to see what single operations cost. */
export type InProcess = { readonly desk: Desk; readonly store: Store };

export async function openInProcess(folder: string): Promise<InProcess> {
  prepare(folder);
  const store = await openStore({ url: `file:${databaseIn(folder)}`, ...birth });
  return { desk: await deskOn(store), store };
}

/** The fictional desk on a store, with its officers' pagers. */
export async function deskOn(store: Store): Promise<Desk> {
  const config = benchConfig(Date.now());
  for (const { methods } of config.officers) {
    await store.seedMethods(
      undefined,
      methods.map((method) => ({ ...method, verified: true })),
    );
  }
  return {
    store,
    setups: fixedSetups(desksOf(config), config.limits),
    clock: { now: Date.now },
    chance: { id: () => randomUUIDv7(), bytes: (length) => new Uint8Array(randomBytes(length)) },
    key: store.installation.key,
  };
}

/** Hands in a request as if a source had, and returns its id. */
export async function handIn(desk: Desk, kind: BenchKind, run: string, index: number): Promise<string> {
  const id = desk.chance.id();
  await receive(desk, originOf(sourceId(index % FEW_SOURCES)), incomingOf(id, kind, run, index));
  return id;
}

export function originOf(source: string): Origin {
  const verification = { how: 'token', by: source } as const;
  return { desk: DESK, source, known: true, mayTest: false, verification, actor: { kind: 'source', source } };
}

export function incomingOf(id: string, kind: BenchKind, run: string, index: number): Incoming {
  const message = messageOf(kind, run, index);
  const how = { attachments: [], kindChosenBy: 'source', nature: 'request', notes: [] } as const;
  return { id, message, ...how, bodySha256: id, overRate: false };
}
