import { describe, expect, test } from 'vitest';
import { DAY, HOUR, instant, MINUTE } from '../../rota/instant.ts';
import { act } from '../../src/desk/act.ts';
import { changeDuty, type WantedDuty } from '../../src/desk/change-duty.ts';
import { armRota, ringRota } from '../../src/desk/rota-event.ts';
import type { DeskSetup } from '../../src/desk/setup.ts';
import { Duty, NCP, NIGHT } from '../support/duty.ts';

const EMERGENCY = { kind: 'emergency_disclosure', grounds: ['life'] as const };
const [START, END] = [NIGHT + HOUR, NIGHT + 10 * HOUR];
const FOR_DAN = { kind: 'replace', officer: 'dan', by: 'eva', start: NIGHT, end: END } as const;
const BY_EVA = { kind: 'cover', officers: ['eva'], start: NIGHT, end: END } as const;

async function begin(options: Parameters<typeof Duty.begin>[1] = {}, desks = NCP) {
  const duty = await Duty.begin(desks, options);
  await armRota(duty.desk, setupOf(duty));
  const change = async (wanted: WantedDuty, by = 'ana') => {
    const result = await changeDuty(duty.desk, 'ncp', wanted, by);
    await duty.crank.settle();
    return result;
  };
  const onDuty = async () =>
    setupOf(duty)
      .rota(await duty.desk.store.overrides('ncp'))
      .onDuty(duty.clock.now());
  const alarm = () => duty.desk.store.step('rota/ncp', (step) => step.armed('rota/ncp', 'rota'));
  const entries = async () =>
    (await duty.desk.store.entries('rota/ncp', 1, 100)).map(({ body }) => JSON.parse(body) as { data: object });
  return { duty, change, onDuty, alarm, entries };
}

function setupOf(duty: Duty): DeskSetup {
  const setup = duty.desk.setups.desk('ncp');
  if (setup === undefined) throw new Error('there is no desk');
  return setup;
}

describe('a change of who is on duty', () => {
  test('puts one in the place of another from its beginning to its end, and no longer', async () => {
    const { duty, change, onDuty } = await begin();
    expect(await change({ ...FOR_DAN, start: START })).toMatchObject({ ok: true });
    expect(await onDuty()).toEqual(['dan']);
    await duty.pass(60);
    expect(await onDuty()).toEqual(['eva']);
    await duty.pass(9 * 60);
    expect(await onDuty()).toEqual(['dan']);
    expect(await duty.types('rota/ncp')).toEqual(['override.made', 'duty.handed_over', 'duty.handed_over']);
  });

  test('is journalled with who entered it, whom it names and when it holds', async () => {
    const { change, entries } = await begin();
    await change({ ...FOR_DAN, start: START });
    expect(await entries()).toEqual([
      expect.objectContaining({
        type: 'override.made/1',
        actor: { kind: 'officer', officer: 'ana' },
        data: {
          override: expect.stringMatching(/./),
          kind: 'replace',
          officer: 'dan',
          by: 'eva',
          start: '2026-06-02T01:00:00.000Z',
          end: '2026-06-02T10:00:00.000Z',
        },
      }),
    ]);
  });

  test('lets several have the duty whatever the rota says, each once and in the order said', async () => {
    const { change, onDuty } = await begin();
    expect(await change({ ...BY_EVA, officers: ['eva', 'ana', 'eva'] })).toMatchObject({ ok: true });
    expect(await onDuty()).toEqual(['eva', 'ana']);
  });

  test('makes a gap only when it is said to be one', async () => {
    const { change, onDuty } = await begin();
    expect(await change({ ...BY_EVA, officers: [] })).toMatchObject({ refusal: { code: 'nobody' } });
    expect(await onDuty()).toEqual(['dan']);
    expect(await change({ kind: 'gap', start: NIGHT, end: END })).toMatchObject({ ok: true });
    expect(await onDuty()).toEqual([]);
  });

  test('cannot begin in the past, where who was on duty is a fact: it begins now', async () => {
    const { change } = await begin();
    const result = await change({ ...FOR_DAN, start: NIGHT - 3 * DAY });
    expect(result).toMatchObject({ ok: true, override: { start: NIGHT } });
  });

  test('is ended early by a later one until its end', async () => {
    const { duty, change, onDuty } = await begin();
    await change(BY_EVA);
    await duty.pass(60);
    expect(await change({ kind: 'cover', officers: ['dan'], start: duty.clock.now(), end: END })).toMatchObject({
      ok: true,
    });
    expect(await onDuty()).toEqual(['dan']);
    await duty.pass(10 * 60);
    expect(await onDuty()).toEqual(['dan']);
  });

  test('arms the next rota event anew, at its beginning and then at its end', async () => {
    const { duty, change, alarm } = await begin();
    await change({ ...FOR_DAN, start: START });
    expect((await alarm())?.dueAt).toBe(START);
    await duty.pass(60);
    expect((await alarm())?.dueAt).toBe(END);
  });
});

describe('a change is refused', () => {
  const refused = async (wanted: WantedDuty, by?: string) => {
    const { duty, change } = await begin({ officers: ['ana', 'dan', 'eva', 'otto'] });
    const result = await change(wanted, by);
    expect(await duty.desk.store.overrides('ncp')).toEqual([]);
    expect(await duty.types('rota/ncp')).toEqual([]);
    return result;
  };

  test.each<[string, WantedDuty, object]>([
    ['that ends before it begins', { ...FOR_DAN, start: END, end: START }, { code: 'ends_before_start' }],
    ['that ends when it begins', { ...FOR_DAN, start: START, end: START }, { code: 'ends_before_start' }],
    ['whose times are none', { ...FOR_DAN, start: Number.NaN }, { code: 'ends_before_start' }],
    ['that is over', { ...FOR_DAN, start: NIGHT - HOUR, end: NIGHT }, { code: 'over' }],
    ['that ends more than a year from now', { ...FOR_DAN, end: NIGHT + 367 * DAY }, { code: 'too_far' }],
    ['that never ends', { ...FOR_DAN, end: Number.POSITIVE_INFINITY }, { code: 'too_far' }],
    ['of somebody for himself', { ...FOR_DAN, by: 'dan' }, { code: 'replaces_oneself' }],
    ['by an officer of no desk', { ...FOR_DAN, by: 'otto' }, { code: 'unknown_officer', officer: 'otto' }],
    ['for an officer of no desk', { ...FOR_DAN, officer: 'otto' }, { code: 'unknown_officer', officer: 'otto' }],
    ['with an officer of no desk', { ...BY_EVA, officers: ['eva', 'x'] }, { code: 'unknown_officer', officer: 'x' }],
    ['for somebody who is not in the rota then', { ...FOR_DAN, officer: 'ana' }, { code: 'changes_nothing' }],
    ['by whom the rota names anyway', { ...BY_EVA, officers: ['dan'] }, { code: 'changes_nothing' }],
  ])('%s', async (_what, wanted, refusal) => {
    expect(await refused(wanted)).toEqual({ ok: false, why: 'refused', refusal });
  });

  test('that somebody enters who is not of the desk', async () => {
    expect(await refused(FOR_DAN, 'otto')).toEqual({ ok: false, why: 'not_your_desk' });
  });

  test('of a desk that there is not', async () => {
    const { duty } = await begin();
    expect(await changeDuty(duty.desk, 'none', FOR_DAN, 'ana')).toEqual({ ok: false, why: 'unknown_desk' });
  });

  test('as a replacement that a running cover sets aside: it would seem to be made and do nothing', async () => {
    const { duty, change } = await begin();
    await change({ ...BY_EVA, officers: ['ana'] });
    expect(await change(FOR_DAN)).toMatchObject({ refusal: { code: 'changes_nothing' } });
    expect(await change({ ...FOR_DAN, end: END + HOUR })).toMatchObject({ ok: true });
    expect(await duty.desk.store.overrides('ncp')).toHaveLength(2);
  });

  test('where there is nothing to take back; a change that was made is taken back whole, and is handed back at once', async () => {
    const { duty, change } = await begin();
    const back = { kind: 'rota', start: duty.clock.now(), end: END } as const;
    expect(await change(back)).toMatchObject({ refusal: { code: 'changes_nothing' } });
    await change({ ...BY_EVA, officers: ['ana'] });
    expect(await change(back)).toMatchObject({ ok: true, override: { kind: 'rota' } });
    const overrides = await duty.desk.store.overrides('ncp');
    expect(duty.desk.setups.desk('ncp')?.rota(overrides).onDuty(duty.clock.now())).toEqual(['dan']);
  });

  test('when it was made already, so a form that is sent twice changes the duty once', async () => {
    const { duty, change } = await begin();
    const both = await Promise.all([change(FOR_DAN), change(FOR_DAN)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await duty.desk.store.overrides('ncp')).toHaveLength(1);
  });
});

describe('a change that begins now', () => {
  const held = async (desks = NCP) => {
    const house = await begin({}, desks);
    const request = await house.duty.request(EMERGENCY);
    await house.duty.act(request.id, 'acknowledge', 'dan');
    return { ...house, request };
  };

  test('hands over by name what the officer holds who leaves, and rings who comes', async () => {
    const { duty, change, request, entries } = await held();
    await duty.pass(5);
    await change({ ...FOR_DAN, start: NIGHT });
    expect(await duty.state(request.id)).toMatchObject({ status: 'acknowledged', owner: 'eva' });
    expect(duty.rung()).toEqual(['dan pager', 'eva pager']);
    expect(duty.pages.at(-1)).toMatchObject({ officer: 'eva', reason: 'handover' });
    expect((await entries()).at(-1)).toMatchObject({
      type: 'duty.handed_over/1',
      data: { from: ['dan'], to: ['eva'], gaps: [] },
    });
  });

  test('rings the new officer for the next request', async () => {
    const { duty, change } = await held();
    await change(FOR_DAN);
    duty.pages.length = 0;
    await duty.request({ ...EMERGENCY, subject: 'another' });
    expect(duty.rung()).toEqual(['eva pager']);
  });

  test('leaves what is held with who holds it when nobody comes', async () => {
    const { duty, change, request } = await held();
    await change({ kind: 'gap', start: NIGHT, end: END });
    expect(await duty.state(request.id)).toMatchObject({ status: 'acknowledged', owner: 'dan' });
  });

  test('takes nothing from who stays: of two on duty only the ill one hands over, to who comes for him', async () => {
    const pair = NCP.replace('order: [dan, eva, ana]', 'order: [[ana, dan]]');
    const { duty, change, request } = await held(pair);
    await change(FOR_DAN);
    expect(await duty.state(request.id)).toMatchObject({ owner: 'eva' });
  });

  test('is handed over by the next process when this one dies right after the commit', async () => {
    const { duty, request } = await held();
    await changeDuty(duty.desk, 'ncp', FOR_DAN, 'ana');
    duty.clock.set(NIGHT + 20 * MINUTE);
    await armRota(duty.desk, setupOf(duty));
    expect(await duty.state(request.id)).toMatchObject({ owner: 'dan' });
    await duty.crank.settle();
    expect(await duty.state(request.id)).toMatchObject({ owner: 'eva' });
  });

  test('hands over too what somebody took who came and left again before anything was rung', async () => {
    const { duty, request } = await held();
    const other = await duty.request({ ...EMERGENCY, subject: 'another' });
    await changeDuty(duty.desk, 'ncp', FOR_DAN, 'ana');
    await act(duty.desk, other.id, 'acknowledge', {}, 'eva');
    duty.clock.set(NIGHT + 3 * MINUTE);
    await changeDuty(duty.desk, 'ncp', { ...BY_EVA, officers: ['ana'] }, 'ana');
    await duty.crank.settle();
    expect(await duty.state(request.id)).toMatchObject({ owner: 'ana' });
    expect(await duty.state(other.id)).toMatchObject({ owner: 'ana' });
  });
});

describe('a rota event that is being rung', () => {
  const MONDAY = instant('2026-06-08T05:00:00Z');
  const BY_ANA = { kind: 'cover', officers: ['ana'], end: MONDAY + DAY } as const;

  /** Rings the one of Monday; `meanwhile` happens after it looked and before its last step. */
  const rung = async (duty: Duty, meanwhile: () => Promise<unknown>): Promise<void> => {
    const { store } = duty.desk;
    let waits = true;
    const step: typeof store.step = async (owner, work) => {
      if (waits && owner === 'rota/ncp') {
        waits = false;
        await meanwhile();
      }
      return store.step(owner, work);
    };
    const due = { kind: 'rota', desk: 'ncp', rank: 1, dueAt: MONDAY, stream: 'rota/ncp', failures: 0 };
    duty.clock.set(MONDAY);
    await ringRota({ ...duty.desk, store: { ...store, step } }, due);
    await duty.crank.settle();
  };
  const heldByDan = async (desks: string, now: number) => {
    const house = await begin({ now }, desks);
    const request = await house.duty.request(EMERGENCY);
    await house.duty.act(request.id, 'acknowledge', 'dan');
    await house.duty.act(request.id, 'wait', 'dan', {
      until: '2026-06-08T12:00',
      for: 'the judge',
      because: 'he said',
    });
    return { ...house, owner: async () => await house.duty.state(request.id) };
  };

  test('rings once more for a change that is entered in the same moment', async () => {
    const alwaysDan = NCP.replace('order: [dan, eva, ana]', 'order: [dan]');
    const { duty, owner, alarm } = await heldByDan(alwaysDan, MONDAY - DAY);
    await rung(duty, () => changeDuty(duty.desk, 'ncp', { ...BY_ANA, start: MONDAY }, 'ana'));
    expect(await owner()).toMatchObject({ owner: 'ana' });
    expect((await alarm())?.dueAt).toBe(MONDAY + DAY);
  });

  test.each([
    ['entered', false, MONDAY],
    ['begun', true, MONDAY + MINUTE / 2],
  ])('overlooks no change that is %s meanwhile', async (_how, isKnown, start) => {
    const { duty, owner, alarm } = await heldByDan(NCP, MONDAY - HOUR);
    const enter = () => changeDuty(duty.desk, 'ncp', { ...BY_ANA, start }, 'ana');
    if (isKnown) await enter();
    await rung(duty, async () => {
      duty.clock.set(MONDAY + MINUTE);
      if (!isKnown) await enter();
    });
    expect(await owner()).toMatchObject({ owner: 'ana' });
    expect((await alarm())?.dueAt).toBe(MONDAY + DAY);
  });
});
