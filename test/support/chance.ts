import { createHash } from 'node:crypto';
import type { Chance } from '../../src/ports/chance.ts';

/** Draws that only look random: the same seed gives the same ids and bytes. */
export function countedChance(seed: string): Chance {
  let drawn = 0;
  const block = () => createHash('sha256').update(`${seed}:${drawn++}`).digest();
  return {
    id() {
      const hex = block().toString('hex');
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `8${hex.slice(17, 20)}`,
        hex.slice(20, 32),
      ].join('-');
    },
    bytes(length) {
      const blocks = Array.from({ length: Math.ceil(length / 32) }, block);
      return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
    },
  };
}
