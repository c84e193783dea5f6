import type { Duration, Instant } from '../../rota/instant.ts';
import type { CommandType } from '../../src/request/command.ts';
import type { House } from './house.ts';
import type { Random } from './random.ts';

/** What people and senders outside of the house have: the time, chance, and a house that may not answer. */
export interface Outside {
  readonly random: Random;
  now(): Instant;
  /** Something that somebody does later. */
  after(wait: Duration, run: () => void): void;
  /** Asks the house, again and again until it has answered. An error that is no crash ends the year. */
  ask<T>(question: (house: House) => Promise<T>, heard?: (answer: T) => void): void;
  /** Counts what somebody did, and what came of it. */
  did(type: CommandType, result: string): void;
}
