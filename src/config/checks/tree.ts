import { field, items, type Raw, textOf } from '../raw.ts';
import { DEFAULT_ROLE, HEAD_ROLE } from '../sections/desks.ts';
import { texts } from './references.ts';

/** Ids of all officers in the file. */
export function officerIds(file: Raw): readonly string[] {
  return texts(items(field(file, 'officers')).map((officer) => field(officer, 'id')));
}

/** Where the desk names its officers; none when it leaves them out, which means everyone. */
export function memberIds(desk: Raw): readonly Raw[] {
  return items(field(desk, 'officers')).map((member) => (textOf(member) === undefined ? field(member, 'id') : member));
}

/** Roles that somebody in the desk has, and those that every desk knows. */
export function roles(desk: Raw): readonly string[] {
  const held = texts(items(field(desk, 'officers')).map((member) => field(member, 'role')));
  return [...new Set([HEAD_ROLE, DEFAULT_ROLE, ...held])];
}

export function channelIds(desk: Raw): readonly Raw[] {
  return items(field(desk, 'channels')).map((channel) => field(channel, 'id'));
}
