import { SECOND } from '../../../rota/instant.ts';
import type { Method, PageMessage, SendResult } from '../../ports/method.ts';
import type { PagerHub } from './hub.ts';

/** The type of method that the pager is. */
export const PAGER = 'pager';
/** A page that is not confirmed in so long was not delivered, whatever the connection looks like. */
const CONFIRMED_WITHIN = 5 * SECOND;

/**
 * The pager in a browser as a way to ring an officer; the address is the officer's id. Handed over means that a pager
 * said it shows this very page. A repetition with the same id does not ring twice as new.
 */
export class PagerMethod implements Method {
  readonly type = PAGER;
  readonly timeout = 6 * SECOND;
  readonly #hub: PagerHub;

  constructor(hub: PagerHub) {
    this.#hub = hub;
  }

  async send(page: PageMessage, signal: AbortSignal): Promise<SendResult> {
    const officer = page.officer ?? page.address;
    if (!this.#hub.isListening(officer)) return { result: 'temporary', code: 'not_connected' };
    const { id, shortId, urgency, reason, requests, at } = page;
    const shown = { id, shortId, urgency, reason, requests, at };
    const isConfirmed = await this.#hub.ring(officer, shown, CONFIRMED_WITHIN, signal);
    return isConfirmed ? { result: 'handed_over' } : { result: 'temporary', code: 'not_confirmed' };
  }

  async recall({ id, officer, address }: Pick<PageMessage, 'id' | 'officer' | 'address'>): Promise<void> {
    await this.#hub.recall(officer ?? address, id);
  }
}
