import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, rfc3339 } from '../../rota/instant.ts';
import { ACKED, fold, given, T0, TEXT } from './story.ts';

describe('more from the requester', () => {
  const more = (at: number) =>
    ({
      type: 'request.appended/1',
      data: { message: TEXT, missing: [], flags: [], notes: [], progressDueAt: rfc3339(at) },
    }) as const;

  test('is due to be looked at by whoever has it, no later than progress was', () => {
    expect(given(ACKED, more(T0)).state).toMatchObject({ news: true, progress: { dueAt: T0 } });
    expect(given(ACKED, more(T0 + 9 * HOUR)).state).toMatchObject({ progress: { dueAt: T0 + 120 * MINUTE } });
  });

  test('ends a wait', () => {
    const waiting = given(ACKED, {
      type: 'request.waits/1',
      data: { until: rfc3339(T0 + 5 * HOUR), for: TEXT, because: TEXT },
    });
    const after = fold([more(T0)], waiting.state);
    expect(after).toMatchObject({ progress: { dueAt: T0 } });
    expect('waiting' in after).toBe(false);
  });

  test('leaves who is being reminded the rest of the time', () => {
    const reminded = {
      type: 'owner.reminded/1',
      data: { officer: 'dan', pages: [], until: rfc3339(T0 + HOUR) },
    } as const;
    expect(given(ACKED, reminded, more(T0)).state).toMatchObject({ progress: { reminded: true, dueAt: T0 + HOUR } });
  });

  test('is news until an officer does something, whatever happens by itself', () => {
    const rang = { type: 'clock.rang/1', data: { clock: 'answer', pages: [] } } as const;
    expect(given(ACKED, more(T0), rang).state.news).toBe(true);
    for (const state of [
      given(ACKED, more(T0)).after({ type: 'note', by: 'dan', text: TEXT }),
      given(more(T0)).after({ type: 'acknowledge', by: 'dan' }),
    ])
      expect('news' in state).toBe(false);
  });

  test('changed nothing else in what an early release wrote', () => {
    const data = { message: TEXT, missing: [], flags: [], notes: [] };
    const { messages: _longer, ...before } = given(ACKED).state;
    expect(given(ACKED, { type: 'request.appended/1', data }).state).toMatchObject(before);
    expect('news' in given(ACKED, { type: 'request.appended/1', data }).state).toBe(false);
  });
});
