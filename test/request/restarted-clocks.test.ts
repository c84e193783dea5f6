import { describe, expect, test } from 'vitest';
import { HOUR, rfc3339 } from '../../rota/instant.ts';
import { alarmsOf } from '../../src/request/alarms.ts';
import { decide } from '../../src/request/decide.ts';
import type { RequestState } from '../../src/request/state.ts';
import { ACKED, ANSWERED, CONTEXT, fold, given, HELD, RECEIVED, T0, types } from './story.ts';

describe('a preservation', () => {
  test('a hold of preserved data runs on after the answer, and nothing is closed while it runs', () => {
    const held = given(ACKED, HELD, ANSWERED);
    expect(alarmsOf(held.state).map(({ kind }) => kind)).toContain('clock');
    expect(held.when({ type: 'close', by: 'dan' })).toEqual({
      ok: false,
      refusal: { code: 'hold_runs', names: { time: rfc3339(T0 + 1440 * HOUR) } },
    });
    const over = given(ACKED, HELD, ANSWERED, { type: 'clock.rang/1', data: { clock: 'hold', pages: [] } });
    expect(alarmsOf(over.after({ type: 'close', by: 'dan' }))).toEqual([]);
    const stopped = held.after({ type: 'stop_clock', by: 'dan', clock: 'hold', reason: 'done_elsewhere' });
    expect(types(decide(stopped, { type: 'close', by: 'dan' }, CONTEXT))).toContain('request.closed');
  });

  test('a test in which data were preserved is not closed while the hold runs', () => {
    const test = fold([{ type: 'request.received/1', data: { ...RECEIVED, urgency: 'test' } }, ACKED, HELD]);
    expect(types(decide(test, { type: 'close', by: 'dan' }, CONTEXT))).toEqual(['refused: hold_runs']);
  });
});

describe('the clocks of what is reopened by hand', () => {
  const LATE = T0 + 9 * HOUR;
  const clock = (name: string, from: number) => ({
    name,
    startAt: rfc3339(from),
    dueAt: rfc3339(from + 8 * HOUR),
    warnAt: rfc3339(from + 6 * HOUR),
  });
  const reopened = (after: RequestState, now = CONTEXT.now) => {
    const clocks = [clock('answer', now), clock('receipt', now)];
    const decision = decide(after, { type: 'reopen', by: 'ana', clocks }, { ...CONTEXT, now });
    return decision.ok ? fold(decision.entries, after, now) : after;
  };
  const answered = () => given(ACKED).after({ type: 'answer', by: 'dan', channel: 'mail', sentAt: T0 });

  test('are due when they were: an answer and a reopening win no time', () => {
    expect(answered().clocks['answer']?.stopped).toBeDefined();
    expect(reopened(answered()).clocks['answer']).toMatchObject({ dueAt: T0 + 8 * HOUR, warned: false });
    expect(reopened(answered()).clocks['answer']?.stopped).toBeUndefined();
  });

  test('begin anew where their time has passed', () => {
    expect(reopened(answered(), LATE).clocks['answer']).toMatchObject({ startAt: LATE, dueAt: LATE + 8 * HOUR });
  });

  test('stay stopped where the duty was done or an officer stopped them', () => {
    const told = fold([{ type: 'clock.stopped/1', data: { clock: 'receipt', reason: 'told' } }], {
      ...answered(),
      clocks: fold([{ type: 'request.received/1', data: { ...RECEIVED, clocks: [clock('receipt', T0)] } }]).clocks,
    });
    expect(reopened(told, LATE).clocks['receipt']).toMatchObject({ stopped: { reason: 'told' }, dueAt: T0 + 8 * HOUR });
    const withdrawn = given(
      ACKED,
      { type: 'clock.stopped/1', data: { clock: 'answer', reason: 'withdrawn' } },
      ANSWERED,
    );
    expect(reopened(withdrawn.state).clocks['answer']).toMatchObject({ stopped: { reason: 'withdrawn' } });
  });

  test('take up a hold that a close had stopped, to the day on which it ends by law, and ring', () => {
    const closed = fold([
      { type: 'request.received/1', data: { ...RECEIVED, clocks: [] } },
      ACKED,
      HELD,
      ANSWERED,
      { type: 'clock.stopped/1', data: { clock: 'hold', reason: 'closed' } },
      { type: 'request.closed/1', data: { why: 'by_hand' } },
    ]);
    const open = reopened(closed, LATE);
    expect(open.clocks['hold']).toMatchObject({ startAt: T0, dueAt: T0 + 1440 * HOUR });
    expect(alarmsOf(open)).toContainEqual({ kind: 'clock', dueAt: T0 + 1000 * HOUR });
    // Even when it is over: nobody has heard it.
    const hold = reopened(closed, T0 + 2000 * HOUR).clocks['hold'];
    expect(hold).toMatchObject({ dueAt: T0 + 1440 * HOUR, rang: false });
    expect(hold?.stopped).toBeUndefined();
  });

  test('stay as they were in what an early release wrote', () => {
    const entry = { type: 'request.reopened/1', data: { why: 'by_hand', policy: 'urgent', revision: 3 } } as const;
    expect(fold([entry], answered()).clocks).toEqual(answered().clocks);
  });
});
