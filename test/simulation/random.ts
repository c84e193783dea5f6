import type { Chance } from '../../src/ports/chance.ts';

/** Draws that only look random (sfc32): the same seed gives the same draws, on every machine. */
export class Random {
  readonly seed: number;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param seed a whole number from 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.seed = seed >>> 0;
    this.#a = mixed(this.seed);
    this.#b = mixed(this.#a);
    this.#c = mixed(this.#b);
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** Draws of its own for one purpose, so that more of them there change nothing elsewhere. */
  fork(purpose: string): Random {
    let seed = this.seed;
    for (const character of purpose) seed = mixed(seed ^ (character.codePointAt(0) ?? 0));
    return new Random(seed);
  }

  uint32(): number {
    const drawn = (this.#a + this.#b + this.#counter++) >>> 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + drawn) >>> 0;
    return drawn;
  }

  /** From 0 to 1, 1 excluded. */
  unit(): number {
    return this.uint32() / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  /** A whole number, both ends included; half of the draws lie below the geometric mean: short waits are common. */
  mostlyShort(from: number, to: number): number {
    return Math.round(from * (to / from) ** this.unit());
  }

  happens(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(from: readonly [T, ...T[]]): T;
  pick<T>(from: readonly T[]): T | undefined;
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.between(0, from.length - 1)];
  }

  /** One of the names, each as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries<number>(weights) as [K, number][];
    let left = this.unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      left -= weight;
      if (left < 0) return name;
    }
    throw new Error('expected at least one weight above 0');
  }
}

/** The ids and salts of a run. */
export function chanceFrom(random: Random): Chance {
  return {
    id: () => {
      const words = Array.from({ length: 4 }, () => random.uint32().toString(16).padStart(8, '0')).join('');
      return `${words.slice(0, 8)}-${words.slice(8, 12)}-4${words.slice(13, 16)}-8${words.slice(17, 20)}-${words.slice(20)}`;
    },
    bytes: (length) => Uint8Array.from({ length }, () => random.uint32() & 0xff),
  };
}

/** One round of murmur3's finaliser: neighbouring seeds become strangers. */
function mixed(value: number): number {
  let h = (value + 0x9e3779b9) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
