import { createHash } from 'node:crypto';
import type { Instant } from '../../rota/instant.ts';

/** A piece of case content as it is kept beside the journal: whole, or erased and only the time of it left. */
export type StoredContent =
  | { readonly id: string; readonly salt: Uint8Array; readonly bytes: Uint8Array }
  | { readonly id: string; readonly erasedAt: Instant };

export const SALT_BYTES = 32;

/**
 * SHA-256(salt ‖ content) in lower-case hex. The salt is random and is erased with the content, so that nobody can find
 * a short text (a name, a number) again by trying. Throws when the salt has not 32 bytes.
 */
export function digestOf(salt: Uint8Array, content: Uint8Array): string {
  if (salt.length !== SALT_BYTES) throw new Error(`expected a salt of ${SALT_BYTES} bytes, got ${salt.length}`);
  return createHash('sha256').update(salt).update(content).digest('hex');
}
