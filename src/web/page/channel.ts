import type { Card, Channel, HouseNotice, Notice } from '../../ports/channel.ts';
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
   * What concerns the house is no banner over the requests: the page tells it by itself for as long as it holds (the warning,
   * the foot), and only learns here that there is something new.
   */
  async say(notice: Notice | HouseNotice): Promise<void> {
    if (isOfHouse(notice)) this.#hub.publish({ kind: 'house' });
    else this.#hub.publish({ kind: 'notice', channel: this.id, notice });
  }
}

function isOfHouse(notice: Notice | HouseNotice): notice is HouseNotice {
  return 'line' in notice || 'revision' in notice;
}
