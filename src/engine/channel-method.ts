import { SECOND } from '../../rota/instant.ts';
import { type Channel, NobodyThere } from '../ports/channel.ts';
import type { Method, PageMessage, SendResult } from '../ports/method.ts';

/** A notice to a channel, sent like a page: the step or the last resort of a policy names it. */
export function channelMethod(channels: ReadonlyMap<string, Channel>): Method {
  return {
    type: 'channel',
    timeout: 10 * SECOND,
    async send({ id, address, shortId, urgency, reason, desks = [], at }: PageMessage): Promise<SendResult> {
      const channel = channels.get(address);
      if (channel === undefined) return { result: 'permanent', code: 'no_such_channel' };
      try {
        await channel.say({ id, code: reason, desks, shortId, urgency, at });
        return { result: 'handed_over' };
      } catch (error) {
        return { result: 'temporary', code: error instanceof NobodyThere ? 'nobody_there' : 'channel_down' };
      }
    },
  };
}
