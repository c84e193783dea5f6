import type { OfficerId } from '../../rota/rota.ts';
import type { Context } from './parsed.ts';
import { keyOf, keysOf } from './tokens.ts';

const ONESELF = new Set(['me', 'myself', 'moi']);

/**
 * The officers that a text may mean, best way first: by id, oneself, by a whole word of the name or the whole name, by the
 * beginning of a word of it. Only the officers of the best way that finds any.
 */
export function officersNamed(text: string, { officers, officer }: Context): readonly OfficerId[] {
  const wanted = keyOf(text);
  const words = keysOf(text).join(' ');
  if (words === '') return [];
  const self = ONESELF.has(wanted) ? officers.filter(({ id }) => id === officer) : [];
  const ways = [
    officers.filter(({ id }) => keyOf(id) === wanted),
    self,
    officers.filter(({ name }) => ` ${keysOf(name).join(' ')} `.includes(` ${words} `)),
    officers.filter(({ name }) => ` ${keysOf(name).join(' ')}`.includes(` ${words}`)),
  ];
  return (ways.find((found) => found.length > 0) ?? []).map(({ id }) => id);
}
