import { createHash, timingSafeEqual } from 'node:crypto';
import type { Chance } from '../../ports/chance.ts';

const TOKEN_BYTES = 32;

/** A secret that cannot be guessed, in letters that fit into an address and a cookie. */
export function newToken(chance: Chance): string {
  return Buffer.from(chance.bytes(TOKEN_BYTES)).toString('base64url');
}

/** What is stored of a secret: whoever reads the store cannot use it. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Compares two secrets in a time that says nothing about where they differ. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(a), 'hex'), Buffer.from(hashOf(b), 'hex'));
}
