import type { Instant } from '../../rota/instant.ts';

/** What keeps the store from growing by what nobody asks for any more. The journal and its content are never touched. */
export interface Housekeeping {
  /**
   * Deletes keys of senders used last before then, and sign-in links and sessions that were over by then. How many rows.
   */
  forget(before: Instant): Promise<number>;
}
