import type { Delivery } from '../travel.ts';
import { DESPITE_OWNER } from '../wanted.ts';
import type { Tables } from './tables.ts';

/** What the SQL of `../wanted.ts` says. */
export function isWanted(tables: Tables, { reason, requestId }: Delivery): boolean {
  return DESPITE_OWNER.includes(reason) || tables.request.get(requestId)?.wantsPages === true;
}
