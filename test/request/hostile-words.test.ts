import { describe, expect, test } from 'vitest';
import { DAY, rfc3339 } from '../../rota/instant.ts';
import { decide } from '../../src/request/decide.ts';
import { evolve } from '../../src/request/evolve.ts';
import { ACKED, CONTEXT, given, T0, types } from './story.ts';

const OF_EVERY_OBJECT = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

describe('words that a form could never send', () => {
  test.each(OF_EVERY_OBJECT)('a clock %s is none, also where an early journal has stopped it', (clock) => {
    const stop = { type: 'stop_clock', by: 'dan', clock, reason: 'other' } as const;
    expect(types(given(ACKED).when(stop))).toEqual(['refused: unknown_clock']);
    const { state } = given(ACKED);
    const data = { clock, reason: 'other' };
    expect(evolve(state, { type: 'clock.stopped/1', data, at: T0 })).toEqual(state);
  });

  test.each([...OF_EVERY_OBJECT, 'banana', ''])('a kind %j is refused', (kind) => {
    const choose = { type: 'choose_kind', by: 'dan', kind, missing: [], clocks: [] } as const;
    expect(types(given(ACKED).when(choose))).toEqual(['refused: unknown_kind']);
  });

  test('what was done long before the request came was not done for it', () => {
    const { state } = given(ACKED);
    const told = (at: number) =>
      types(decide(state, { type: 'tell', by: 'dan', duty: 'receipt', channel: 'mail', toldAt: at }, CONTEXT));
    expect(told(T0 - 90 * DAY)).not.toEqual(['refused: time_long_past']);
    expect(told(T0 - 90 * DAY - 1)).toEqual(['refused: time_long_past']);
    const clock = { name: 'hold', startAt: rfc3339(0), dueAt: rfc3339(0), warnAt: rfc3339(0) };
    expect(types(decide(state, { type: 'hold', by: 'dan', effectiveAt: 0, clock }, CONTEXT))).toEqual([
      'refused: time_long_past',
    ]);
  });

  test('progress is promised for a time that somebody will live to see', () => {
    const { state } = given(ACKED);
    const promise = (wait: number) => {
      const dueAt = rfc3339(CONTEXT.now + wait);
      const promised = { name: 'progress_promised', startAt: rfc3339(T0), dueAt, warnAt: dueAt };
      const tell = { type: 'tell', by: 'dan', duty: 'progress', channel: 'mail', toldAt: T0, promised } as const;
      return types(decide(state, tell, CONTEXT));
    };
    expect(promise(90 * DAY)).toEqual(['requester.told']);
    expect(promise(90 * DAY + 1)).toEqual(['refused: time_too_far']);
  });
});
