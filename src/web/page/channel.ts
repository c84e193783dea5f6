import { type Card, type Channel, type HouseNotice, NobodyThere, type Notice } from '../../ports/channel.ts';
import type { Hub } from './hub.ts';

/**
 * The desk pages that go by one id in the configuration. Each desk has its own, and whoever belongs to another desk sees
 * nothing of it. A page draws its cards when somebody looks at them, so that showing one is only telling the open windows
 * that it changed. Everything may be seen on it: who looks has signed in.
 */
export class DeskPageChannel implements Channel {
  readonly id: string;
  readonly disclosure = 'full';
  readonly #hub: Hub;
  readonly #desksWithIt: () => readonly string[];

  /** `desksWithIt`: the desks whose page goes by this id now. */
  constructor(id: string, hub: Hub, desksWithIt: () => readonly string[]) {
    this.id = id;
    this.#hub = hub;
    this.#desksWithIt = desksWithIt;
  }

  async show({ requestId, version, desks }: Card): Promise<{ readonly ref?: string }> {
    const own = this.#desksWithIt();
    // What stands on the page of another desk as well, under another id, is told there by that one.
    const told = desks.filter((desk) => own.includes(desk));
    this.#hub.publish({ kind: 'changed', desks: told, requestId, version });
    return {};
  }

  /**
   * A notice is kept for the boards of its desks, and is taken only when somebody has one of them open: an empty room has
   * not been told anything. What concerns the house is no such notice: the page tells it by itself for as long as it holds
   * (the warning, the foot), whoever comes and whenever, and only learns here that there is something new.
   */
  async say(notice: Notice | HouseNotice): Promise<void> {
    if (!('desks' in notice)) return this.#hub.publish({ kind: 'house' });
    const { desks } = notice;
    this.#hub.publish({ kind: 'notice', desks, notice });
    if (!this.#hub.isRead(desks)) throw new NobodyThere();
  }
}
