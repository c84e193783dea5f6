import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, rfc3339 } from '../../rota/instant.ts';
import { alarmsOf } from '../../src/request/alarms.ts';
import type { Command } from '../../src/request/command.ts';
import { decide } from '../../src/request/decide.ts';
import type { RequestState } from '../../src/request/state.ts';
import { ACKED, ANSWERED, CONTEXT, fold, given, RECEIVED, T0, TEXT, types } from './story.ts';

const UNVERIFIED = {
  type: 'request.received/1',
  data: { ...RECEIVED, verification: { how: 'unverified', by: '' } },
} as const;

describe('acknowledging', () => {
  test('the first acknowledgement counts and sets when progress is due', () => {
    const state = given().after({ type: 'acknowledge', by: 'dan' });
    expect(state).toMatchObject({ status: 'acknowledged', owner: 'dan', progress: { dueAt: T0 + 120 * MINUTE } });
  });

  test('a later one is told who was first and when', () => {
    const decision = given(ACKED).when({ type: 'acknowledge', by: 'eva' });
    expect(decision).toEqual({
      ok: false,
      refusal: { code: 'already_acknowledged', names: { owner: 'dan', at: rfc3339(T0) } },
    });
  });

  test('a second click of the owner is told that it is his', () => {
    expect(types(given(ACKED).when({ type: 'acknowledge', by: 'dan' }))).toEqual(['refused: already_yours']);
  });

  test('only the owner can release', () => {
    expect(types(given(ACKED).when({ type: 'release', by: 'eva' }))).toEqual(['refused: not_yours']);
    expect(given(ACKED).after({ type: 'release', by: 'dan' })).toMatchObject({
      status: 'open',
      escalation: { passed: ['dan'], cause: 'released' },
    });
  });

  test('who was not paged cannot pass', () => {
    expect(types(given().when({ type: 'pass', by: 'eva' }))).toEqual(['refused: not_asked']);
  });
});

describe('urgency by hand', () => {
  test('anyone may raise at once, and the policy of the higher urgency begins', () => {
    const state = given().after({ type: 'raise', by: 'eva', to: 'emergency', clocks: [] });
    expect(state).toMatchObject({
      urgency: 'emergency',
      policy: 'emergency',
      escalation: { round: 0, cause: 'raised' },
    });
  });

  test('raising to the same or less is refused, and so is lowering to more', () => {
    expect(types(given().when({ type: 'raise', by: 'eva', to: 'routine', clocks: [] }))).toEqual([
      'refused: not_more_urgent',
    ]);
    expect(types(given().when({ type: 'lower', by: 'eva', to: 'emergency', text: TEXT }))).toEqual([
      'refused: not_less_urgent',
    ]);
  });

  test('who lowers leaves a review for the morning, and cannot review it himself', () => {
    const lowered = given().after({ type: 'lower', by: 'dan', to: 'routine', text: TEXT });
    expect(lowered).toMatchObject({ urgency: 'routine', review: { from: 'urgent', by: 'dan', dueAt: T0 + 5 * HOUR } });
    const review = (by: string) => decide(lowered, { type: 'review', by, agreed: true }, CONTEXT);
    expect(types(review('dan'))).toEqual(['refused: reviewed_by_the_same']);
    expect(types(review('eva'))).toEqual(['refused: not_the_reviewer']);
    expect(types(review('ana'))).toEqual(['urgency.reviewed']);
  });

  test('where it is configured a second officer must agree before the urgency goes down', () => {
    const proposed = given().when(
      { type: 'lower', by: 'dan', to: 'routine', text: TEXT },
      { loweringNeedsConsent: true },
    );
    const state = fold(proposed.ok ? proposed.entries : [], given().state);
    expect(state.urgency).toBe('urgent');
    expect(types(decide(state, { type: 'consent', by: 'dan' }, CONTEXT))).toEqual(['refused: consent_by_the_same']);
    expect(types(decide(state, { type: 'consent', by: 'eva' }, CONTEXT))).toEqual(['urgency.lowered']);
    expect(types(given().when({ type: 'consent', by: 'eva' }))).toEqual(['refused: nothing_to_consent']);
  });

  test('raising makes clocks sooner, never later, and leaves stopped ones alone', () => {
    const clock = (minutes: number) => ({
      name: 'answer',
      startAt: rfc3339(T0),
      dueAt: rfc3339(T0 + minutes * MINUTE),
      warnAt: rfc3339(T0),
    });
    const raise = (clocks: ReturnType<typeof clock>[]) =>
      given().after({ type: 'raise', by: 'eva', to: 'emergency', clocks });
    expect(raise([clock(60)]).clocks['answer']?.dueAt).toBe(T0 + HOUR);
    expect(raise([clock(600)]).clocks['answer']?.dueAt).toBe(T0 + 8 * HOUR);
  });
});

describe('raising what somebody has', () => {
  test('makes the progress due sooner, and what a release rings then is the new policy', () => {
    const slow = {
      type: 'request.acknowledged/1',
      data: { by: 'dan', progressDueAt: rfc3339(T0 + 8 * HOUR) },
    } as const;
    const raised = given(slow).after({ type: 'raise', by: 'eva', to: 'emergency', clocks: [] });
    expect(raised).toMatchObject({ status: 'acknowledged', owner: 'dan', progress: { dueAt: T0 + 30 * MINUTE } });
    const released = decide(raised, { type: 'release', by: 'dan' }, CONTEXT);
    const open = released.ok ? fold(released.entries, raised) : raised;
    expect(open).toMatchObject({ status: 'open', escalation: { policy: 'emergency' } });
  });
});

describe('progress', () => {
  test('a note is no progress', () => {
    const state = given(ACKED).after({ type: 'note', by: 'dan', text: TEXT });
    expect(state).toMatchObject({ progress: { dueAt: T0 + 120 * MINUTE } });
  });

  test('waiting for somebody moves the progress to then, and a time in the past is refused', () => {
    const until = CONTEXT.now + 3 * HOUR;
    const wait: Command = { type: 'wait', by: 'dan', until, for: TEXT, because: TEXT };
    expect(given(ACKED).after(wait)).toMatchObject({ waiting: { until }, progress: { dueAt: until } });
    expect(types(given(ACKED).when({ ...wait, until: CONTEXT.now - 1 }))).toEqual(['refused: time_in_the_past']);
    expect(types(given(ACKED).when({ ...wait, until: CONTEXT.now + 7 * DAY }))).toEqual(['request.waits']);
    expect(types(given(ACKED).when({ ...wait, until: CONTEXT.now + 7 * DAY + 1 }))).toEqual(['refused: time_too_far']);
  });

  test('nobody works on what nobody has acknowledged', () => {
    expect(types(given().when({ type: 'start', by: 'dan' }))).toEqual(['refused: acknowledge_first']);
  });

  test('an unverified sender holds the execution, and nothing else', () => {
    const held = fold([UNVERIFIED, ACKED]);
    expect(types(decide(held, { type: 'start', by: 'dan' }, CONTEXT))).toEqual(['refused: verify_sender_first']);
    const verified = decide(held, { type: 'verify_sender', by: 'dan', how: TEXT }, CONTEXT);
    const after = verified.ok ? fold(verified.entries, held) : held;
    expect(types(decide(after, { type: 'start', by: 'dan' }, CONTEXT))).toEqual(['execution.started']);
  });

  test('telling the requester of the receipt stops its clock and promises the next news', () => {
    const promised = {
      name: 'progress_promised',
      startAt: rfc3339(T0),
      dueAt: rfc3339(T0 + HOUR),
      warnAt: rfc3339(T0),
    };
    const tell: Command = { type: 'tell', by: 'dan', duty: 'receipt', channel: 'mail', toldAt: T0, promised };
    const state = given(ACKED).after(tell);
    expect(state).toMatchObject({
      duties: { receipt: { at: T0, channel: 'mail' } },
      clocks: { progress_promised: { dueAt: T0 + HOUR } },
    });
  });
});

describe('outcomes', () => {
  test('an answer ends progress and the answer clock, and records how and when it was sent', () => {
    const state = given(ACKED).after({ type: 'answer', by: 'dan', channel: 'mail', sentAt: T0 });
    expect(state).toMatchObject({
      status: 'concluded',
      owner: 'dan',
      outcome: { result: 'answered', channel: 'mail' },
    });
    expect(alarmsOf(state)).toEqual([]);
  });

  test('an answer without an acknowledgement is one', () => {
    expect(types(given().when({ type: 'answer', by: 'dan', channel: 'mail', sentAt: T0 }))).toEqual([
      'request.acknowledged',
      'clock.stopped',
      'request.concluded',
    ]);
  });

  test('a refusal names a ground of the closed list', () => {
    expect(types(given(ACKED).when({ type: 'refuse', by: 'dan', ground: 'too_busy', text: TEXT }))).toEqual([
      'refused: unknown_ground',
    ]);
    expect(types(given(ACKED).when({ type: 'refuse', by: 'dan', ground: 'political_offence' }))).toContain(
      'request.concluded',
    );
  });

  test('where the list is open a refusal needs words', () => {
    const open = { groundsClosed: false, refusalGrounds: [] };
    expect(types(given(ACKED).when({ type: 'refuse', by: 'dan', ground: 'own_words' }, open))).toEqual([
      'refused: words_missing',
    ]);
    expect(types(given(ACKED).when({ type: 'refuse', by: 'dan', ground: 'own_words', text: TEXT }, open))).toContain(
      'request.concluded',
    );
  });

  test('not possible has a reason, and "other" needs words', () => {
    const command = (reason: string): Command => ({ type: 'not_possible', by: 'dan', reason });
    expect(types(given(ACKED).when(command('data_not_retained')))).toContain('request.concluded');
    expect(types(given(ACKED).when(command('other')))).toEqual(['refused: words_missing']);
    expect(types(given(ACKED).when(command('weather')))).toEqual(['refused: unknown_reason']);
  });

  test('nothing is closed without an outcome, but a test', () => {
    expect(types(given(ACKED).when({ type: 'close', by: 'dan' }))).toEqual(['refused: outcome_first']);
    const test = fold([{ type: 'request.received/1', data: { ...RECEIVED, urgency: 'test' } }, ACKED]);
    expect(types(decide(test, { type: 'close', by: 'dan' }, CONTEXT))).toContain('request.closed');
  });

  test('what was closed can be opened again and rings from the first step', () => {
    const closed = given(ACKED, ANSWERED, { type: 'request.closed/1', data: { why: 'by_hand' } });
    expect(closed.after({ type: 'reopen', by: 'ana', clocks: [] })).toMatchObject({
      status: 'open',
      escalation: { round: 0, cause: 'reopened' },
    });
  });
});

describe('whatever officers do', () => {
  const by = fc.constantFrom('ana', 'dan', 'eva');
  const command = by.chain((officer) =>
    fc.constantFrom<Command>(
      { type: 'acknowledge', by: officer },
      { type: 'release', by: officer },
      { type: 'pass', by: officer },
      { type: 'escalate', by: officer },
      { type: 'reassign', by: officer, to: 'eva' },
      { type: 'raise', by: officer, to: 'emergency', clocks: [] },
      { type: 'lower', by: officer, to: 'routine', text: TEXT },
      { type: 'wait', by: officer, until: CONTEXT.now + HOUR, for: TEXT, because: TEXT },
      { type: 'start', by: officer },
      { type: 'note', by: officer, text: TEXT },
      { type: 'change_policy', by: officer, policy: 'special' },
      { type: 'answer', by: officer, channel: 'mail', sentAt: T0 },
      { type: 'no_further_action', by: officer },
      { type: 'close', by: officer },
      { type: 'reopen', by: officer, clocks: [] },
    ),
  );

  test('an open request has one escalation alarm, an acknowledged one one progress alarm, others neither', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        let state: RequestState = given().state;
        for (const one of commands) {
          const decision = decide(state, one, CONTEXT);
          if (decision.ok) state = fold(decision.entries, state, CONTEXT.now);
          const kinds = alarmsOf(state).map(({ kind }) => kind);
          expect(kinds.filter((kind) => kind === 'escalation')).toHaveLength(state.status === 'open' ? 1 : 0);
          expect(kinds.filter((kind) => kind === 'progress')).toHaveLength(state.status === 'acknowledged' ? 1 : 0);
        }
      }),
    );
  });

  test('what a state does not have does not linger in it', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        let state: RequestState = given().state;
        for (const one of commands) {
          const decision = decide(state, one, CONTEXT);
          if (decision.ok) state = fold(decision.entries, state, CONTEXT.now);
        }
        expect('escalation' in state).toBe(state.status === 'open' || state.status === 'acknowledged');
        expect('progress' in state).toBe(state.status === 'acknowledged');
        expect('closedAt' in state).toBe(state.status === 'closed');
        if (state.status === 'open') expect('owner' in state).toBe(false);
      }),
    );
  });
});
