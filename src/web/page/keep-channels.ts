import type { Setups } from '../../desk/setup.ts';
import type { Channel } from '../../ports/channel.ts';
import { DeskPageChannel } from './channel.ts';
import type { Hub } from './hub.ts';

type Desks = Pick<Setups, 'desks'>;

/** Brings the channels to what the newest revision has. They are asked for by their ids, whenever they are needed. */
export function keepChannels(channels: Map<string, Channel>, setups: Desks, hub: Hub): void {
  const ids = new Set(setups.desks().flatMap((desk) => desk.channels.map(({ id }) => id)));
  for (const id of channels.keys()) if (!ids.has(id)) channels.delete(id);
  for (const id of ids)
    if (!channels.has(id)) channels.set(id, new DeskPageChannel(id, hub, () => desksDeclaring(setups, id)));
}

function desksDeclaring(setups: Desks, channel: string): readonly string[] {
  const desks = setups.desks().filter(({ channels }) => channels.some(({ id }) => id === channel));
  return desks.map(({ id }) => id);
}
