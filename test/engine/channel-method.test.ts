import { describe, expect, it } from 'vitest';
import { channelMethod } from '../../src/engine/channel-method.ts';
import { type Channel, NobodyThere } from '../../src/ports/channel.ts';
import type { PageMessage } from '../../src/ports/method.ts';
import { TUESDAY } from '../support/desk.ts';

const MESSAGE: PageMessage = {
  id: 'p1',
  attempt: 1,
  address: 'page',
  shortId: 'K7Q2',
  urgency: 'urgent',
  reason: 'step',
  requests: 1,
  at: TUESDAY,
};

/** A page to a channel on which saying something ends so. */
async function resultOf(say: () => Promise<void>, address = 'page') {
  const channel: Channel = { id: 'page', disclosure: 'full', show: async () => ({}), say };
  const method = channelMethod(new Map([[channel.id, channel]]));
  return method.send({ ...MESSAGE, address }, new AbortController().signal);
}

describe('a page to a channel', () => {
  it('is handed over when the channel took it', async () => {
    expect(await resultOf(async () => undefined)).toEqual({ result: 'handed_over' });
  });

  it('failed for now when nobody is there, so that the next one goes and this one is tried again', async () => {
    const say = () => Promise.reject(new NobodyThere());
    expect(await resultOf(say)).toEqual({ result: 'temporary', code: 'nobody_there' });
  });

  it('failed for now when the channel is down, and for good when there is no such channel', async () => {
    const say = () => Promise.reject(new Error('no network'));
    expect(await resultOf(say)).toEqual({ result: 'temporary', code: 'channel_down' });
    expect(await resultOf(say, 'elsewhere')).toEqual({ result: 'permanent', code: 'no_such_channel' });
  });
});
