import type { Desk } from '../../desk/desk.ts';
import type { Incoming, Origin, Received } from '../../desk/incoming.ts';
import { receive } from '../../desk/receive.ts';
import { StoreUnavailable } from '../../ports/store.ts';

/**
 * Takes a message in, and when nobody knows whether the commit got through, looks its id up before anything is answered.
 * Throws `StoreUnavailable` when it was not kept, when it cannot be looked up, and when it was added to an earlier
 * request, which has another id: sent again, it is found to be a repetition.
 */
export async function take(desk: Desk, origin: Origin, incoming: Incoming): Promise<Received> {
  try {
    return await receive(desk, origin, incoming);
  } catch (error) {
    if (!(error instanceof StoreUnavailable) || !error.unknown) throw error;
    const row = await desk.store.request(incoming.id);
    if (row === undefined) throw error;
    return { result: 'received', request: row.state };
  }
}
