import { digestOf } from '../journal/content.ts';
import type { Chance } from '../ports/chance.ts';
import type { Content } from '../ports/steps.ts';
import type { ContentRef } from '../request/entries.ts';

/** A piece of case content on its way into the store: what the journal may say of it, and the thing itself. */
export type Piece = { readonly ref: ContentRef; readonly content: Content };

/** Salts and names a piece of case content. Texts are kept in UTF-8. */
export function pieceOf(what: string | Uint8Array, chance: Chance): Piece {
  const bytes = typeof what === 'string' ? new TextEncoder().encode(what) : what;
  const salt = chance.bytes(32);
  const id = chance.id();
  return { ref: { content: id, sha256: digestOf(salt, bytes) }, content: { id, salt, bytes } };
}
