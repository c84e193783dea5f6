import { randomBytes, randomUUID } from 'node:crypto';

/** What a new installation of a test is made of. */
export const birth = {
  now: Date.now,
  newId: (): string => randomUUID(),
  random: (n: number): Uint8Array => new Uint8Array(randomBytes(n)),
};
