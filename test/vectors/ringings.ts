import type { Instant } from '../../rota/instant.ts';

export type Ringing = {
  readonly request: string;
  readonly who: string;
  readonly method: string;
  readonly at: Instant;
  readonly round: number | 'last_resort' | 'notice';
};
export type EntryBody = {
  type: string;
  data: { round?: number; pages?: { officer?: string; channel?: string; method: string; dueAt: string }[] };
};

/** Who an entry orders to be rung, and by which round. */
export function ringingsOf(request: string, { type, data }: EntryBody): readonly Ringing[] {
  return (data.pages ?? []).map(({ officer, channel, method, dueAt }) => ({
    request,
    who: channel === undefined ? (officer ?? '') : `#${channel}`,
    method: channel === undefined ? (method.split('/').at(-1) ?? '') : 'channel',
    at: Date.parse(dueAt),
    round: roundOf(type, data.round, channel !== undefined),
  }));
}

/** A message to a channel that is no step (a clock) is a notice; a page to a person never is. */
function roundOf(type: string, round: number | undefined, toChannel: boolean): Ringing['round'] {
  if (type === 'last_resort.rang/1' || type === 'round.rang/1') return 'last_resort';
  if (type === 'step.rang/1') return round ?? 0;
  return toChannel ? 'notice' : 0;
}
