import { type MemoryStore, openMemoryStore } from '../../src/store/memory/store.ts';
import { countedChance } from './chance.ts';
import type { SetClock } from './crank.ts';

/** An empty store that goes by the clock of the test. */
export function memoryStore(clock: SetClock): Promise<MemoryStore> {
  const chance = countedChance('store');
  return openMemoryStore({ random: chance.bytes, now: () => clock.now(), newId: chance.id });
}
