import { describe, expect, test } from 'vitest';
import { MINUTE, rfc3339 } from '../../rota/instant.ts';
import type { PolicyStep, Target } from '../../src/paging/policy.ts';
import { ackBy, MINUTES, Night, SECONDS, T0 } from './night.ts';

const ON_DUTY: Target = { kind: 'on_duty' };
const EVERYONE: Target = { kind: 'everyone' };
const HEAD: Target = { kind: 'role', role: 'head' };
const officer = (id: string): Target => ({ kind: 'officer', officer: id });
const step = (minutes: number, ...targets: Target[]): PolicyStep => ({ targets, window: MINUTES(minutes) });
const LADDER = [step(5, ON_DUTY), step(5, HEAD), step(10, officer('eva'))];
const TEAM = { onDuty: ['dan'], everyone: ['ana', 'dan', 'eva'], head: ['ana'] };

describe('going up', () => {
  test('the officer on duty is paged at once, then the head, then the third, each when the window before has passed', () => {
    expect(new Night(LADDER, TEAM).at(10).rung).toEqual(['0 dan/pager', '5 ana/pager', '10 eva/pager']);
  });

  test('a new round begins after the last window, with the channel and everyone beside its first step', () => {
    const night = new Night(LADDER, TEAM).page('dan', 'pager', 'handed_over').at(20);
    expect(night.rung.slice(3)).toEqual(['20 dan/pager', '20 ana/pager', '20 eva/pager', '20 #page']);
    expect(night.at(25).rung.at(-1)).toBe('25 ana/pager');
  });

  test('it never ends: ten hours later somebody is still being rung', () => {
    const night = new Night(LADDER, TEAM);
    night.page('dan', 'pager', 'handed_over');
    const lastHour = night.at(600).rung.filter((line) => Number.parseFloat(line) > 540);
    expect(lastHour.length).toBeGreaterThan(3);
    expect(night.state.status).toBe('open');
  });

  test('people are looked up when the step rings, not when the request came', () => {
    const night = new Night([step(5, ON_DUTY), step(5, ON_DUTY)], TEAM).at(4);
    night.people = { ...TEAM, onDuty: ['eva'] };
    expect(night.at(5).rung).toEqual(['0 dan/pager', '5 eva/pager']);
  });

  test('a person who is named and on duty is paged once', () => {
    expect(new Night([step(5, officer('dan'), ON_DUTY)], TEAM).rung).toEqual(['0 dan/pager']);
  });
});

describe('nobody there', () => {
  test('a step that nobody is on duty for is over as soon as it began, and the entry says why', () => {
    const night = new Night(LADDER, { ...TEAM, onDuty: [] });
    expect(night.rung).toEqual(['0 ana/pager']);
    const rang = night.entries.find((entry) => entry.type === 'step.rang/1');
    expect(rang?.data).toMatchObject({ step: 0, skipped: [{ whom: 'on_duty', why: 'nobody' }], until: rfc3339(T0) });
  });

  test('an officer without a usable method is skipped by name', () => {
    const night = new Night(LADDER, { ...TEAM, methods: { dan: [] } });
    expect(night.rung).toEqual(['0 ana/pager']);
  });

  test('a round that reaches nobody rings everyone and the channel at once, then waits longer each time, up to 5 minutes', () => {
    const night = new Night([step(5, ON_DUTY)], { everyone: [], onDuty: [] }).at(30);
    const lastResort = night.rung.filter((line) => line.endsWith('#page')).map((line) => Number.parseFloat(line));
    expect(lastResort).toEqual([0, 1, 3, 7, 12, 17, 22, 27]);
  });

  test('a round after an empty one is a single entry of the journal', () => {
    const night = new Night([step(5, ON_DUTY), step(5, HEAD)], { everyone: ['dan'], methods: { dan: [] } }).at(2);
    expect(night.types().filter((type) => type.startsWith('round.'))).toEqual(['round.began', 'round.rang']);
  });
});

describe('by outcome', () => {
  test('when every page of a step fails the next step rings at once', () => {
    const night = new Night(LADDER, TEAM).at(1).page('dan', 'pager', 'failed');
    expect(night.rung).toEqual(['0 dan/pager', '1 ana/pager']);
    expect(night.at(6).rung.at(-1)).toBe('6 eva/pager');
  });

  test('while one of two was reached the window stands', () => {
    const both = [step(5, officer('dan'), officer('eva')), step(5, HEAD)];
    const night = new Night(both, TEAM).page('dan', 'pager', 'handed_over').at(1).page('eva', 'pager', 'failed');
    expect(night.at(4).rung).toHaveLength(2);
    expect(night.at(5).rung.at(-1)).toBe('5 ana/pager');
  });

  test('a page that fails brings the next rule of the officer forward', () => {
    const rules = {
      dan: {
        emergency: [
          { method: 'pager', after: 0 },
          { method: 'sms', after: MINUTES(3) },
        ],
      },
    };
    const night = new Night(LADDER, { ...TEAM, methods: { dan: ['pager', 'sms'] }, rules });
    expect(night.rung).toEqual(['0 dan/pager', '3 dan/sms']);
    expect(night.at(0.5).page('dan', 'pager', 'failed').rung).toEqual(['0 dan/pager', '0.5 dan/sms']);
  });

  test('a method that no rule names is tried before the officer is given up', () => {
    const rules = { dan: { emergency: [{ method: 'pager', after: 0 }] } };
    const night = new Night(LADDER, { ...TEAM, methods: { dan: ['pager', 'voice'] }, rules });
    expect(night.page('dan', 'pager', 'failed').rung).toEqual(['0 dan/pager', '0 dan/voice']);
    expect(night.page('dan', 'voice', 'failed').rung.at(-1)).toBe('0 ana/pager');
  });

  test('rules repeat until the window ends and no longer', () => {
    const rules = { dan: { emergency: [{ method: 'pager', after: 0, every: MINUTES(2) }] } };
    expect(new Night(LADDER, { ...TEAM, rules }).rung).toEqual(['0 dan/pager', '2 dan/pager', '4 dan/pager']);
  });

  test('the duty handset rings for whoever is on duty, after his own methods', () => {
    const night = new Night(LADDER, { ...TEAM, dutyMethods: ['sms'] });
    expect(night.rung).toEqual(['0 dan/pager', '0 duty/sms']);
    expect(night.at(5).rung.at(-1)).toBe('5 ana/pager');
  });
});

describe('passing', () => {
  const pass = (by: string) => ({ type: 'request.passed/1', data: { by } }) as const;

  test('the next one is paged at once', () => {
    expect(new Night(LADDER, TEAM).at(1).tell(pass('dan')).rung).toEqual(['0 dan/pager', '1 ana/pager']);
  });

  test('who passed is not paged again in that round, and is in the next', () => {
    const night = new Night([step(5, ON_DUTY), step(5, EVERYONE)], TEAM).page('dan', 'pager', 'handed_over');
    night.at(1).tell(pass('dan'));
    expect(night.rung).toEqual(['0 dan/pager', '1 ana/pager', '1 eva/pager']);
    expect(night.at(6).rung.slice(3)).toContain('6 dan/pager');
  });

  test('when all have passed the head is paged', () => {
    const night = new Night([step(5, officer('dan')), step(5, officer('eva'))], TEAM);
    night.at(1).tell(pass('dan')).at(2).tell(pass('eva'));
    expect(night.rung).toEqual(['0 dan/pager', '1 eva/pager', '2 ana/pager']);
  });

  test('when all have passed at a desk without a head everyone is paged, those who passed included', () => {
    const night = new Night([step(5, officer('dan'))], { onDuty: ['dan'], everyone: ['dan', 'eva'] });
    expect(night.at(1).tell(pass('dan')).rung).toEqual(['0 dan/pager', '1 dan/pager', '1 eva/pager']);
  });
});

describe('after the acknowledgement', () => {
  test('nobody is rung by the rules any more, and one progress alarm is armed', () => {
    const night = new Night(LADDER, TEAM).at(2).tell(ackBy('dan')).at(59);
    expect(night.rung).toEqual(['0 dan/pager']);
  });

  test('without progress the owner is paged first, then a new round begins', () => {
    const night = new Night(LADDER, TEAM).at(2).tell(ackBy('dan')).at(66);
    expect(night.rung.slice(1)).toEqual(['60 dan/pager', '65 dan/pager']);
    expect(night.types()).toContain('progress.lapsed');
    expect(night.state.status).toBe('open');
  });

  test('an owner who can be reached by nothing is not waited for', () => {
    const night = new Night(LADDER, TEAM).tell(ackBy('dan'));
    night.people = { ...TEAM, methods: { dan: [] } };
    expect(night.at(60).rung.at(-1)).toBe('60 ana/pager');
  });

  test('a release rings the same step again without the one who released it', () => {
    const night = new Night([step(5, EVERYONE), step(5, HEAD)], TEAM).at(1).tell(ackBy('dan'));
    night.at(2).tell({ type: 'request.released/1', data: { by: 'dan' } });
    expect(night.rung.slice(3)).toEqual(['2 ana/pager', '2 eva/pager']);
    expect(night.at(7).rung.at(-1)).toBe('7 ana/pager');
  });

  test('a reassignment pages the named officer at once; when he does not answer the ladder begins', () => {
    const night = new Night(LADDER, TEAM).at(1).tell(ackBy('dan'));
    const to = { type: 'request.reassigned/1', data: { by: 'dan', to: 'eva', policy: 'p', revision: 1 } } as const;
    expect(night.at(2).tell(to).rung.at(-1)).toBe('2 eva/pager');
    expect(night.at(7).rung.at(-1)).toBe('7 dan/pager');
  });
});

describe('by hand', () => {
  const escalate = { type: 'request.escalated/1', data: { by: 'dan' } } as const;

  test('escalating rings the next step now and its window counts from now', () => {
    const night = new Night(LADDER, TEAM).at(2).tell(escalate);
    expect(night.rung).toEqual(['0 dan/pager', '2 ana/pager']);
    expect(night.at(7).rung.at(-1)).toBe('7 eva/pager');
  });

  test('escalating what one has acknowledged gives it up and rings the next step', () => {
    const night = new Night(LADDER, TEAM).at(1).tell(ackBy('dan')).at(2).tell(escalate);
    expect(night.rung).toEqual(['0 dan/pager', '2 ana/pager']);
    expect(night.state.status).toBe('open');
  });

  test('a round never begins sooner than a minute after the one before', () => {
    const night = new Night([step(5, ON_DUTY)], TEAM).page('dan', 'pager', 'handed_over').at(0.25).tell(escalate);
    expect(night.rung).toEqual(['0 dan/pager']);
    expect(night.at(1).rung.slice(1)).toContain('1 dan/pager');
  });

  test('raising rings the first step of the other policy at once', () => {
    const raised = {
      from: 'urgent',
      to: 'emergency',
      reason: 'by_hand',
      policy: 'other',
      revision: 1,
      clocks: [],
      progressDueAt: rfc3339(T0),
    } as const;
    const night = new Night(LADDER, TEAM, 'urgent').at(2).tell({ type: 'urgency.raised/1', data: raised });
    expect(night.rung).toEqual(['0 dan/pager', '2 dan/pager']);
    expect(night.state.urgency).toBe('emergency');
  });
});

describe('after an outage', () => {
  test('windows that passed meanwhile are not waited for again, and nobody is paged twice at that moment', () => {
    const steps = [step(10, officer('dan')), step(10, officer('eva')), step(10, officer('dan')), step(30, HEAD)];
    expect(new Night(steps, TEAM).page('dan', 'pager', 'handed_over').awayUntil(35).rung).toEqual([
      '0 dan/pager',
      '35 eva/pager',
      '35 dan/pager',
      '35 ana/pager',
    ]);
  });

  test('windows that had not passed keep their planned times', () => {
    const steps = [step(10, officer('dan')), step(10, officer('eva')), step(10, HEAD)];
    const night = new Night(steps, TEAM).page('dan', 'pager', 'handed_over').awayUntil(11);
    expect(night.at(20).rung).toEqual(['0 dan/pager', '11 eva/pager', '20 ana/pager']);
  });

  test('however long it was away at most one new round begins', () => {
    const night = new Night(LADDER, TEAM).page('dan', 'pager', 'handed_over').awayUntil(600);
    expect(night.types().filter((type) => type === 'round.began')).toHaveLength(2);
    expect(alarm(night)).toBe(605);
  });
});

describe('a storm', () => {
  test('the first page leaves at once, those of other requests within a minute join one bundle', () => {
    const night = new Night(LADDER, TEAM, 'routine');
    expect(night.rung).toEqual(['0 dan/pager']);
    const second = new NightWith([past(-20, false)]);
    expect(second.rung).toEqual([`${40 / 60} dan/pager`]);
    expect(new NightWith([past(-20, false), past(40, true)]).rung).toEqual([`${40 / 60} dan/pager`]);
  });

  test('an emergency always leaves at once and alone', () => {
    expect(new NightWith([past(-20, false)], 'emergency').rung).toEqual(['0 dan/pager']);
  });

  test('a page over the limit of its method joins the next bundle inside the window', () => {
    const limits = { pager: [{ max: 2, within: MINUTES(4) }] };
    const night = new NightWith([past(-150, false), past(-120, false)], 'urgent', limits);
    expect(night.rung).toEqual(['1.5 dan/pager']);
  });

  test('it takes the next method when its limit would hold it back beyond the window', () => {
    const limits = { pager: [{ max: 1, within: MINUTES(30) }] };
    const night = new NightWith([past(-90, false)], 'urgent', limits, ['pager', 'sms']);
    expect(night.rung[0]).toBe('0 dan/sms');
  });

  test('with no other method it is late rather than dropped', () => {
    const limits = { pager: [{ max: 1, within: MINUTES(30) }] };
    expect(new NightWith([past(-90, false)], 'urgent', limits).rung[0]).toBe('28.5 dan/pager');
  });
});

function past(seconds: number, waiting: boolean) {
  const at = T0 + SECONDS(seconds);
  return { requestId: 'another', officer: 'dan', methodId: 'dan/pager', methodType: 'pager', at, waiting };
}

/** Dan was paged before, for another request. */
class NightWith extends Night {
  constructor(
    history: ReturnType<typeof past>[],
    urgency: 'urgent' | 'emergency' = 'urgent',
    limits = {},
    methods: readonly string[] = ['pager'],
  ) {
    super([step(5, officer('nobody'))], { everyone: [] }, urgency);
    this.entries.length = 0;
    this.history = history;
    this.limits = limits;
    this.people = { ...TEAM, methods: { dan: methods } };
    this.tell({ type: 'request.reassigned/1', data: { by: 'ana', to: 'dan', policy: 'p', revision: 1 } });
  }
}

function alarm(night: Night): number {
  if (night.state.status !== 'open') throw new Error('not open');
  return (night.state.escalation.until - T0) / MINUTE;
}
