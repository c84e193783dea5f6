import type { Desk } from '../desk/desk.ts';
import { findRequests } from '../desk/search.ts';
import type { Find } from './typed.ts';
import { requestNamed } from './which.ts';

/** The search of the desk; what is called so comes first, even where the search has not taken it in yet. */
export function findIn(desk: Desk): Find {
  return async (query, asker) => {
    const named = (await requestNamed(desk, query.trim(), asker))?.rows ?? [];
    const { rows, more, indexing, misread } = await findRequests(desk, query, asker);
    const others = rows.filter(({ id }) => named.every((one) => one.id !== id));
    const leftOut = misread.map(({ key, value }) => `${key}:${value}`);
    return { rows: [...named, ...others], more: more > 0, indexing, leftOut };
  };
}
