import type { Card, Channel, Notice } from '../../ports/channel.ts';
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

  async say(notice: Notice): Promise<void> {
    this.#hub.publish({ kind: 'notice', channel: this.id, notice });
  }
}
