import { randomUUID } from 'node:crypto';
import type { Asked } from '../../../src/ports/search.ts';
import type { Store } from '../../../src/ports/store.ts';
import { type Given, request, saved, T } from './rows.ts';

export const SALT = new Uint8Array(32).fill(7);

/** A piece of content for a change. */
export function piece(id: string) {
  return { id, salt: SALT, bytes: new TextEncoder().encode(`content ${id}`) };
}

/** A request with one piece of content, whose words are these. */
export async function kept(store: Store, given: Given, ...words: readonly string[]) {
  const of = request(given);
  const content = piece(randomUUID());
  await saved(store, of, { contents: [content], at: T });
  await takeInDue(store, { [of.id]: { contents: [content.id], words } });
  return { ...of, content: content.id };
}

/** Takes in what is due; with no words for what is not named. */
export async function takeInDue(
  store: Store,
  of: Readonly<Record<string, { readonly contents: readonly string[]; readonly words: readonly string[] }>>,
): Promise<void> {
  const due = await store.searchDue(1000);
  await store.takeIn(due.map((one) => ({ due: one, ...(of[one.requestId] ?? { contents: [], words: [] }) })));
}

export const terms = (...words: readonly string[]): Asked => ({
  terms: words.map((word) => ({ word: word.replace('*', ''), prefix: word.endsWith('*') })),
});

export async function found(store: Store, asked: Asked, limit = 50): Promise<readonly string[]> {
  return (await store.findRequests(asked, limit)).rows.map(({ id }) => id);
}
