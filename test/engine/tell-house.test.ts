import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../rota/instant.ts';
import { checkpointNotice } from '../../src/desk/house-notices.ts';
import { HouseTeller } from '../../src/engine/tell-house.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { SetClock } from '../support/crank.ts';
import { TUESDAY } from '../support/desk.ts';
import { HandTimers, settled } from '../support/hand-timers.ts';

/** Rooms that refuse the first notices that they are told. */
function rooms(refusals: Readonly<Record<string, number>>) {
  const clock = new SetClock(TUESDAY);
  const timers = new HandTimers(clock);
  const heard: string[] = [];
  const faults: string[] = [];
  const channels = new Map<string, Channel>();
  for (const [id, refused] of Object.entries(refusals)) {
    let left = refused;
    const say: Channel['say'] = async ({ code }) => {
      if (left-- > 0) throw new Error('the room is away');
      heard.push(`${id} ${code} +${(clock.now() - TUESDAY) / SECOND} s`);
    };
    channels.set(id, { id, disclosure: 'full', show: async () => ({}), say });
  }
  const teller = new HouseTeller(channels, timers, (_, channel) => faults.push(channel));
  const tell = async () => {
    teller.tell(checkpointNotice('n1', TUESDAY, 'tocsin-checkpoint/1 …'));
    await settled();
  };
  return { teller, timers, channels, heard, faults, tell };
}

test('every channel is told at once; one that is away is tried again and holds up nobody', async () => {
  const { timers, heard, faults, tell } = rooms({ away: 2, page: 0 });
  await tell();
  expect(heard).toEqual(['page checkpoint +0 s']);
  await timers.pass(MINUTE);
  expect(heard.slice(1)).toEqual(['away checkpoint +6 s']);
  expect(faults).toEqual(['away', 'away']);
});

test('a channel that stays away is given up', async () => {
  const { timers, heard, faults, tell } = rooms({ away: 99 });
  await tell();
  await timers.pass(60 * MINUTE);
  expect(heard).toEqual([]);
  expect(faults).toHaveLength(5);
});

test('a channel that is not configured any more is left alone, and after the end all are', async () => {
  const { teller, timers, channels, heard, faults, tell } = rooms({ gone: 1, away: 99 });
  await tell();
  channels.delete('gone');
  teller.stop();
  await timers.pass(60 * MINUTE);
  expect(heard).toEqual([]);
  expect(faults).toEqual(['gone', 'away']);
});
