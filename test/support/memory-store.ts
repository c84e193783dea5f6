import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import { countedChance } from './chance.ts';
import type { SetClock } from './crank.ts';

export async function memoryStore(clock: SetClock) {
  const chance = countedChance('store');
  const dir = mkdtempSync(join(tmpdir(), 'v-'));
  return openStore({ url: `file:${dir}/a.db`, random: chance.bytes, now: () => clock.now(), newId: chance.id });
}
