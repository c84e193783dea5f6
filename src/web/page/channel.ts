import { type Card, type Channel, type HouseNotice, NobodyThere, type Notice } from '../../ports/channel.ts';
import type { Hub } from './hub.ts';

/**
 * The desk page as a channel. It draws its cards when somebody looks at them, so that showing one is only telling the open
 * windows that it changed. Everything may be seen on it: who looks has signed in.
 */
export class DeskPageChannel implements Channel {
  readonly id: string;
  readonly disclosure = 'full';
  readonly #hub: Hub;

  constructor(id: string, hub: Hub) {
    this.id = id;
    this.#hub = hub;
  }

  async show({ requestId, version }: Card): Promise<{ readonly ref?: string }> {
    this.#hub.publish({ kind: 'changed', channel: this.id, requestId, version });
    return {};
  }

  /**
   * A notice is kept for the board, and is taken only when somebody has it open: an empty room has not been told anything.
   * What concerns the house is no such notice: the page tells it by itself for as long as it holds (the warning, the foot),
   * whoever comes and whenever, and only learns here that there is something new.
   */
  async say(notice: Notice | HouseNotice): Promise<void> {
    if (isOfHouse(notice)) return this.#hub.publish({ kind: 'house' });
    this.#hub.publish({ kind: 'notice', channel: this.id, notice });
    if (!this.#hub.isRead(this.id)) throw new NobodyThere();
  }
}

function isOfHouse(notice: Notice | HouseNotice): notice is HouseNotice {
  return 'line' in notice || 'revision' in notice;
}
