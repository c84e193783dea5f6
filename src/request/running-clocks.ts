import { instant } from '../../rota/instant.ts';
import type { ClockData } from './entries.ts';
import type { Clock, Facts, RequestState } from './state.ts';

/** A clock as it starts, from its entry. */
export function clockOf(data: ClockData): Clock {
  const { name, startAt, dueAt, warnAt } = data;
  return {
    name,
    startAt: instant(startAt),
    dueAt: instant(dueAt),
    warnAt: instant(warnAt),
    warned: false,
    rang: false,
  };
}

/** The clock of this name. Names come from people too: one that every object has (`constructor`) is no clock. */
export function clockNamed(clocks: Facts['clocks'], name: string): Clock | undefined {
  return Object.hasOwn(clocks, name) ? clocks[name] : undefined;
}

/** These clocks beside the others, in place of those of the same name. */
export function withClocks(clocks: Facts['clocks'], fresh: readonly ClockData[]): Facts['clocks'] {
  return { ...clocks, ...Object.fromEntries(fresh.map((clock) => [clock.name, clockOf(clock)])) };
}

/** A raised request keeps what was due sooner and what has stopped. */
export function withSoonerClocks(clocks: Facts['clocks'], fresh: readonly ClockData[]): Facts['clocks'] {
  const sooner = fresh.filter(({ name, dueAt }) => {
    const running = clockNamed(clocks, name);
    return running === undefined || (running.stopped === undefined && !running.rang && instant(dueAt) < running.dueAt);
  });
  return withClocks(clocks, sooner);
}

/** The request with one of its clocks changed; unchanged when it has none of that name. */
export function withClock(state: RequestState, name: string, change: (clock: Clock) => Clock): RequestState {
  const clock = clockNamed(state.clocks, name);
  return clock === undefined ? state : { ...state, clocks: { ...state.clocks, [name]: change(clock) } };
}
