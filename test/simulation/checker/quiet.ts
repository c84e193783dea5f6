import { BrokenPromise } from './broken-promise.ts';
import type { DeliveryRow } from './ledger.ts';
import type { Story } from './story.ts';

/** Pages that only an open request wants. */
const UNTIL_ACKNOWLEDGED: readonly string[] = ['step', 'last_resort'];

/** Promise 4: nothing is claimed for a request that somebody has, but for what its owner gets. */
export function checkQuiet({ status, owner, shortId }: Story, { reason, id }: DeliveryRow): void {
  if (status === 'open' || !UNTIL_ACKNOWLEDGED.includes(reason)) return;
  const why = `the request is ${status}, ${owner ?? 'nobody'} has it`;
  throw new BrokenPromise(4, shortId, `the delivery ${id} (${reason}) was claimed although ${why}`);
}
