import { describe, expect, test } from 'vitest';
import { DAY, instant, MINUTE, rfc3339 } from '../../rota/instant.ts';
import { Duty, NCP, NIGHT } from '../support/duty.ts';

const EMERGENCY = { kind: 'emergency_disclosure', grounds: ['life'] as const };
const URGENT = { kind: 'preservation', grounds: ['data_loss'] as const };

describe('an officer', () => {
  test('who acknowledges stops everything that still waits to ring', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.pass(25);
    expect(duty.rung()).toEqual(['dan pager']);
  });

  test('of another desk may not act', async () => {
    const duty = await Duty.begin(NCP, { officers: ['ana', 'dan', 'eva', 'otto'] });
    const request = await duty.request(EMERGENCY);
    expect(await duty.act(request.id, 'acknowledge', 'otto')).toEqual({ ok: false, why: 'not_your_desk' });
  });

  test('is told every field that is wrong at once', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    expect(await duty.act(request.id, 'wait', 'dan', { until: 'soon', for: '' })).toMatchObject({
      faults: [
        { field: 'until', code: 'not_a_time' },
        { field: 'for', code: 'missing' },
        { field: 'because', code: 'missing' },
      ],
    });
  });

  test('chooses a kind, and is told what it lacks by then', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request({ subject: 'please keep these logs', items: { necessity: 'they rotate' } });
    expect(await duty.act(request.id, 'choose_kind', 'dan', { kind: 'preservation' })).toMatchObject({ ok: true });
    const { kind, missing, clocks } = await duty.state(request.id);
    expect(kind).toBe('preservation');
    expect(missing).toContain('mla_intended');
    expect(missing).not.toContain('necessity');
    expect(clocks['preservation_done']).toBeDefined();
  });

  test('chooses means, recipients and reasons of short lists: free words would stand in the journal for ever', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    const secret = 'to the mother of Jane Example';
    const tries = [
      duty.act(request.id, 'answer', 'dan', { channel: secret, sent_at: '2026-06-02T03:00' }),
      duty.act(request.id, 'tell', 'dan', { duty: 'receipt', channel: secret, told_at: '2026-06-02T03:00' }),
      duty.act(request.id, 'forward', 'dan', { to: secret }),
      duty.act(request.id, 'stop_clock', 'dan', { clock: 'answer', reason: secret }),
      duty.act(request.id, 'refuse', 'dan', { ground: secret, text: 'words' }),
    ];
    for (const result of await Promise.all(tries)) expect(result.ok).toBe(false);
    const bodies = (await duty.desk.store.entries(`request/${request.id}`, 1, 100)).map(({ body }) => body).join();
    expect(bodies).not.toContain('Jane');
  });

  test('gives times in the zone of the desk', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.act(request.id, 'wait', 'dan', {
      until: '2026-06-02T06:30',
      for: 'the provider',
      because: 'it is closed',
    });
    expect((await duty.state(request.id)).waiting?.until).toBe(instant('2026-06-02T03:30:00Z'));
  });

  test('who makes no progress is reminded, then the request goes up again', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.pass(31);
    expect(duty.rung().slice(1)).toEqual(['dan pager']);
    expect(duty.pages.findLast(({ type }) => type === 'pager')?.reason).toBe('reminder');
    await duty.pass(5);
    expect((await duty.state(request.id)).status).toBe('open');
  });
});

describe('a storm', () => {
  test('the first page leaves at once, those of the next minute as one, and an emergency alone at once', async () => {
    const duty = await Duty.begin(NCP);
    for (let i = 0; i < 4; i += 1) await duty.request({ ...URGENT, subject: `request ${i}` });
    expect(duty.rung()).toEqual(['dan pager']);
    await duty.request(EMERGENCY);
    expect(duty.rung().slice(1)).toEqual(['dan pager']);
    await duty.pass(1);
    const bundle = duty.pages.at(-1);
    expect(bundle).toMatchObject({ officer: 'dan', requests: 3, urgency: 'urgent' });
    expect((await duty.desk.store.byShortId(bundle?.shortId ?? ''))?.requests).toHaveLength(3);
  });
});

describe('short windows', () => {
  const SHORT = NCP.replace(/ {4}policies:[\s\S]*$/, '');
  test('end before the storm does: a page waits for company half of its window at most', async () => {
    const urgent = 'urgent: { steps: [{ page: on_duty, window: 30s }, { page: everyone, window: 30s }] }';
    const duty = await Duty.begin(`${SHORT}    policies: { ${urgent} }\n`);
    for (const subject of ['one', 'two', 'three']) await duty.request({ ...URGENT, subject });
    expect(duty.rung()).toEqual(['dan pager']);
    await duty.pass(0.25);
    expect(duty.rung()).toEqual(['dan pager', 'dan pager']);
    expect(duty.pages.at(-1)).toMatchObject({ requests: 2 });
  });
});

describe('a bell that nobody hears', () => {
  test('goes up at once from a dead step in later rounds too, whatever the rooms beside it took', async () => {
    const duty = await Duty.begin(NCP);
    let isDown = false;
    duty.answer = (_page, type) =>
      type === 'channel' || !isDown ? { result: 'handed_over' } : { result: 'permanent', code: 'gone' };
    const request = await duty.request(EMERGENCY);
    isDown = true;
    await duty.pass(60);
    const entries = await duty.desk.store.entries(`request/${request.id}`, 1, 1000);
    const steps = entries.filter(({ type }) => type === 'step.rang/1').map(({ body }) => JSON.parse(body).data);
    const later = steps.filter(({ round }) => round === 2);
    expect(later.length).toBeGreaterThan(1);
    expect(later.slice(1).every(({ cause }) => cause === 'failed')).toBe(true);
  });

  test('goes up at once when every way to the officer on duty fails', async () => {
    const duty = await Duty.begin(NCP, { methods: ['pager', 'sms'] });
    duty.answer = ({ officer }) =>
      officer === 'dan' ? { result: 'permanent', code: 'gone' } : { result: 'handed_over' };
    await duty.request(EMERGENCY);
    expect(duty.rung().toSorted()).toEqual(['ana pager', 'ana sms', 'dan pager', 'dan sms']);
  });

  test('a temporary failure is tried again while the next method rings already', async () => {
    const duty = await Duty.begin(NCP, { methods: ['pager', 'sms'] });
    let down = true;
    duty.answer = (_page, type) =>
      type === 'pager' && down ? { result: 'temporary', code: 'busy' } : { result: 'handed_over' };
    const request = await duty.request(URGENT);
    expect(duty.rung()).toEqual(['dan pager', 'dan sms']);
    down = false;
    await duty.pass(0.1);
    expect(duty.rung()).toEqual(['dan pager', 'dan sms', 'dan pager']);
    const deliveries = await duty.desk.store.deliveries(request.id, 100);
    expect(deliveries.map(({ state }) => state)).toEqual(['handed_over', 'handed_over']);
  });

  test('an unknown outcome is tried again at most three times, and the next method goes at once', async () => {
    const duty = await Duty.begin(NCP, { methods: ['pager', 'sms'] });
    duty.answer = (_page, type) =>
      type === 'pager' ? { result: 'unknown', code: 'no_answer' } : { result: 'handed_over' };
    await duty.request(URGENT);
    expect(duty.rung()).toEqual(['dan pager', 'dan sms']);
    await duty.pass(10);
    expect(duty.rung().filter((line) => line === 'dan pager')).toHaveLength(3);
  });

  test('when nothing reaches anybody the channel is told, again and again', async () => {
    const duty = await Duty.begin(NCP);
    duty.answer = (_page, type) =>
      type === 'channel' ? { result: 'handed_over' } : { result: 'permanent', code: 'gone' };
    const request = await duty.request(EMERGENCY);
    await duty.pass(10);
    expect(duty.rung().filter((line) => line === '#page').length).toBeGreaterThanOrEqual(3);
    const types = await duty.types(`request/${request.id}`);
    expect(types.filter((type) => type === 'round.rang').length).toBeGreaterThanOrEqual(2);
  });
});

describe('another desk', () => {
  const DESKS = `${NCP}    policies:
      emergency: { steps: [{ page: [on_duty, { desk: police }], window: 10m }] }
  - id: police
    name: Police desk
    letters: P
    time_zone: Europe/Bucharest
    officers: [otto, { id: petra, role: head }]
    rota: { type: weekly, start: 2026-06-01, handover: { weekday: MO, time: "08:00" }, order: [otto, petra] }
`;
  const begin = () => Duty.begin(DESKS, { officers: ['ana', 'dan', 'eva', 'otto', 'petra'] });

  test('is paged under its own policy, while the first keeps its own alarm', async () => {
    const duty = await begin();
    const request = await duty.request(EMERGENCY);
    expect(duty.rung().toSorted()).toEqual(['dan pager', 'otto pager']);
    await duty.pass(5);
    expect(duty.rung().slice(2)).toEqual(['petra pager']);
    const alarms = await duty.desk.store.step('installation', (step) =>
      step.armed(`request/${request.id}`, 'escalation@police'),
    );
    expect(alarms).toBeDefined();
  });

  test('one officer of either acknowledges for both: one owner, and silence', async () => {
    const duty = await begin();
    const request = await duty.request(EMERGENCY);
    expect(await duty.act(request.id, 'acknowledge', 'otto')).toMatchObject({ ok: true });
    await duty.pass(20);
    expect(duty.rung()).toHaveLength(2);
    expect(await duty.state(request.id)).toMatchObject({ status: 'acknowledged', owner: 'otto' });
  });
});

describe('a step whose rules throw', () => {
  test('is put off without holding up others, and at the second failure everyone is told', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(URGENT);
    duty.pages.length = 0;
    const setup = duty.desk.setups.desk('ncp');
    if (setup === undefined) throw new Error('there is no desk ncp');
    const broken = { ...setup, policies: {} };
    const whole = duty.desk.setups.desk;
    duty.desk.setups.desk = () => broken;
    duty.clock.set(NIGHT + 16 * MINUTE);
    await duty.pass(0.5);
    duty.desk.setups.desk = whole;
    expect(duty.faults.length).toBeGreaterThan(0);
    await duty.crank.settle();
    const stuck = duty.pages.filter(({ reason }) => reason === 'stuck');
    expect(new Set(stuck.map(({ officer }) => officer))).toEqual(new Set(['ana', 'dan', 'eva']));
    expect(stuck.every(({ shortId }) => shortId === request.shortId)).toBe(true);
    expect(await duty.types('installation')).toContain('alarm.failed');
    await duty.pass(2);
    expect(duty.rung().at(-1)).toContain('ana');
  });
});

describe('a clock', () => {
  test('of an acknowledged request is told to the channel and rings nobody', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.pass(20);
    const clocks = duty.pages.filter(({ reason }) => reason === 'clock');
    expect(clocks.length).toBeGreaterThan(0);
    expect(clocks.every(({ type }) => type === 'channel')).toBe(true);
    expect((await duty.state(request.id)).clocks['receipt']).toMatchObject({ warned: true, rang: true });
  });

  test('that is over ends a wait, whose end was put too far away: the owner is reminded, then it goes up', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    const until = rfc3339(duty.clock.now() + 6 * DAY);
    const waits = { until, for: 'the provider', because: 'a slip of the finger' };
    expect((await duty.act(request.id, 'wait', 'dan', waits)).ok).toBe(true);
    duty.pages.length = 0;
    const { clocks } = await duty.state(request.id);
    await duty.pass(((clocks['answer']?.dueAt ?? 0) - duty.clock.now()) / MINUTE);
    const [first] = duty.pages.filter(({ type }) => type === 'pager');
    expect(first).toMatchObject({ officer: 'dan', reason: 'reminder' });
    await duty.pass(10);
    expect((await duty.state(request.id)).status).toBe('open');
  });

  test('of a preservation that is held warns whoever is on duty before it lapses', async () => {
    const duty = await Duty.begin(NCP, { now: instant('2026-06-02T06:00:00Z') });
    const request = await duty.request({ kind: 'preservation', subject: 'keep these logs' });
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.act(request.id, 'hold', 'dan', { effective_at: '2026-06-02T09:00' });
    await duty.act(request.id, 'answer', 'dan', { channel: 'mail', sent_at: '2026-06-02T09:10' });
    duty.pages.length = 0;
    await duty.pass(55 * 24 * 60);
    const [first] = duty.pages;
    expect(first).toMatchObject({ reason: 'clock', type: 'pager' });
    expect((await duty.state(request.id)).clocks['hold']?.dueAt).toBe(instant('2026-08-02T00:00:00Z'));
  });
});

describe('an urgency that was lowered at night', () => {
  test('is put before the head the next morning, who alone may review it', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(URGENT);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.act(request.id, 'lower', 'dan', { to: 'routine', text: 'the data are safe until the summer' });
    await duty.act(request.id, 'wait', 'dan', {
      until: '2026-06-02T18:00',
      for: 'the provider',
      because: 'it asked for time',
    });
    await duty.pass(299);
    expect(duty.pages.filter(({ officer }) => officer === 'ana')).toEqual([]);
    await duty.pass(2);
    expect(duty.pages.filter(({ officer }) => officer === 'ana')).toHaveLength(1);
    expect(await duty.act(request.id, 'review', 'eva', { agreed: 'yes' })).toMatchObject({ ok: false });
    expect(await duty.act(request.id, 'review', 'ana', { agreed: 'yes' })).toMatchObject({ ok: true });
  });
});
