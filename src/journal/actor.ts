import type { JsonObject } from './plain.ts';

/** Who did what an entry tells. Never a name, an address or anything else that came from outside: that is content. */
export type Actor =
  | { readonly kind: 'officer'; readonly officer: string }
  /** A system that hands in requests under its own token. */
  | { readonly kind: 'source'; readonly source: string }
  /** Somebody at the command line of the machine, by the name the machine knows; `as` when for an officer. */
  | { readonly kind: 'shell'; readonly user: string; readonly as?: string }
  /** Tocsin itself: an alarm rang, an outcome came in. */
  | { readonly kind: 'system' }
  /** Whoever sent the request, by a way that proves no name. */
  | { readonly kind: 'requester' };

const NAMED_BY: Record<Actor['kind'], readonly string[]> = {
  officer: ['officer'],
  source: ['source'],
  shell: ['user'],
  system: [],
  requester: [],
};

/** True for the actors above; one of a later release may have more keys, never fewer. */
export function isActor(value: JsonObject): value is Actor {
  const named = Object.entries(NAMED_BY).find(([kind]) => kind === value['kind'])?.[1];
  return named?.every((key) => typeof value[key] === 'string') ?? false;
}
