import { describe, expect, test } from 'vitest';
import { HOUR } from '../../rota/instant.ts';
import type { Config } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/read.ts';
import { changeDuty, type WantedDuty } from '../../src/desk/change-duty.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { desksOf } from '../../src/desk/from-config.ts';
import { handOverFrom, leaversWithoutSuccessor, takeFromNobody } from '../../src/desk/leavers.ts';
import { handOverDuty } from '../../src/desk/leavers-duty.ts';
import { refusedChanges } from '../../src/desk/refused-changes.ts';
import { Duty, NCP, NIGHT } from '../support/duty.ts';
import { fixedSetups } from '../support/setups.ts';

const EMERGENCY = { kind: 'emergency_disclosure', grounds: ['life'] as const };

function config(officers: readonly string[], more = ''): Config {
  const text = `officers: [${officers.map((id) => `{ id: ${id}, name: ${id} }`).join(', ')}]
desks: [{ id: ncp, name: NCP, time_zone: Europe/Bucharest, officers: [${officers.join(', ')}],
  rota: { type: weekly, start: 2026-06-01, handover: { weekday: MO, time: "08:00" }, order: [${officers.slice(0, 2).join(', ')}] } }]
${more}`;
  const read = parseConfig(text, 'tocsin.yaml', { tokens: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

const ALL = config(['ana', 'dan', 'eva']);
const leavers = (duty: Duty, before: Config, after: Config) =>
  leaversWithoutSuccessor(duty.desk.store, before, after, duty.clock.now());
const refused = (duty: Duty, before: Config, after: Config) =>
  refusedChanges(duty.desk.store, before, after, duty.clock.now());
/** The desk once a configuration is in force. */
const inForce = (duty: Duty, { desks, ...rest }: Config): Desk => ({
  ...duty.desk,
  setups: fixedSetups(desksOf({ desks, ...rest })),
});

describe('an officer who is no longer in the file', () => {
  test('does not leave a rota without a successor', async () => {
    const duty = await Duty.begin(NCP);
    expect(await leavers(duty, ALL, config(['ana', 'eva']))).toEqual([
      { officer: 'dan', desk: 'ncp', hasShifts: true, changes: 0, holds: [] },
    ]);
    expect((await refused(duty, ALL, config(['ana', 'eva']))).join()).toContain(
      'dan is no longer in ncp but has shifts in the rota; expected somebody of ncp who takes over. Add to the file: left: [{ officer: dan, to: … }]',
    );
  });

  test('does not leave with requests in hand, which are named', async () => {
    const duty = await Duty.begin(NCP);
    const requests = [await duty.request(EMERGENCY), await duty.request(EMERGENCY)];
    for (const { id } of requests) await duty.act(id, 'acknowledge', 'eva');
    const [refusal = ''] = await refused(duty, ALL, config(['ana', 'dan']));
    for (const { shortId } of requests) expect(refusal).toMatch(new RegExp(`eva .* but holds .*${shortId}`));
    const named = config(['ana', 'dan'], 'left: [{ officer: eva, to: ana }]');
    expect(await leavers(duty, ALL, named)).toEqual([]);
  });

  test('may leave when nothing hangs on him', async () => {
    expect(await leavers(await Duty.begin(NCP), ALL, config(['ana', 'dan']))).toEqual([]);
  });

  test('does not leave a request of another desk either that was paged for it', async () => {
    const text = (
      members: string,
    ) => `officers: [{ id: ana, name: Ana }, { id: dan, name: Dan }, { id: eva, name: Eva }]
desks:
  - { id: ncp, name: NCP, letters: "T", time_zone: UTC, officers: [ana],
      policies: { emergency: { steps: [{ page: [{ desk: night }], window: 5m }] } } }
  - { id: night, name: Night, letters: "N", time_zone: UTC, officers: [${members}], rota: { type: weekly, order: [dan] } }`;
    const read = (members: string) => {
      const parsed = parseConfig(text(members), 'tocsin.yaml', { tokens: {} });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
      return parsed.config;
    };
    const duty = await Duty.begin(text('dan, eva').split('desks:\n')[1] ?? '');
    const { id, shortId } = await duty.request(EMERGENCY);
    await duty.act(id, 'acknowledge', 'eva');
    expect(await leavers(duty, read('dan, eva'), read('dan'))).toMatchObject([{ desk: 'night', holds: [shortId] }]);
  });

  test('is not succeeded by somebody of another desk', async () => {
    const duty = await Duty.begin(NCP);
    const after = { ...config(['ana', 'dan']), left: [{ officer: 'dan', to: 'filip' }] };
    const gone = { ...after, desks: after.desks.map((desk) => ({ ...desk, officers: [{ id: 'ana', role: 'head' }] })) };
    expect(await leavers(duty, ALL, gone)).toMatchObject([{ officer: 'dan' }]);
  });
});

describe('an officer who is on duty by a change', () => {
  const MORNING = NIGHT + 6 * HOUR;
  const COVER: WantedDuty = { kind: 'cover', officers: ['eva'], start: NIGHT, end: MORNING };
  const AFTER = config(['dan', 'ana']);
  const NAMED = config(['dan', 'ana'], 'left: [{ officer: eva, to: ana }]');

  async function changed(...wanted: readonly WantedDuty[]) {
    const duty = await Duty.begin(NCP);
    for (const one of wanted) expect(await changeDuty(duty.desk, 'ncp', one, 'ana')).toMatchObject({ ok: true });
    const desk = inForce(duty, NAMED);
    const setup = desk.setups.desk('ncp');
    if (setup === undefined) throw new Error('no desk');
    const onDuty = async (at: number) => setup.rota(await duty.desk.store.overrides('ncp')).onDuty(at);
    const handOver = (to = 'ana') => handOverDuty(desk, setup, (officer) => (officer === 'eva' ? to : undefined));
    return { duty, onDuty, handOver };
  }

  test.each<[string, WantedDuty]>([
    ['covers', COVER],
    ['replaces another', { kind: 'replace', officer: 'dan', by: 'eva', start: NIGHT + HOUR, end: MORNING }],
  ])('that %s does not leave without a successor until it is over', async (_name, wanted) => {
    const { duty } = await changed(wanted);
    const [refusal] = await refused(duty, ALL, AFTER);
    expect(refusal).toContain('eva is no longer in ncp but is named in a change of who is on duty');
    expect(await leavers(duty, ALL, NAMED)).toEqual([]);
    await duty.pass(6 * 60);
    expect(await leavers(duty, ALL, AFTER)).toEqual([]);
  });

  test('that was taken back may leave', async () => {
    const { duty } = await changed(COVER, { kind: 'rota', start: NIGHT, end: MORNING });
    expect(await leavers(duty, ALL, AFTER)).toEqual([]);
  });

  test('or was let go by an earlier release is still missed', async () => {
    const { duty } = await changed(COVER);
    expect(await leavers(duty, AFTER, AFTER)).toMatchObject([{ officer: 'eva', changes: 1 }]);
  });

  test('hands it over to the successor, from now on and in the order in which the changes were made', async () => {
    const { duty, onDuty, handOver } = await changed(
      { kind: 'replace', officer: 'dan', by: 'eva', start: NIGHT, end: NIGHT + 9 * HOUR },
      { kind: 'cover', officers: ['eva', 'dan'], start: NIGHT + HOUR, end: NIGHT + 5 * HOUR },
      { kind: 'cover', officers: ['dan'], start: NIGHT + 2 * HOUR, end: NIGHT + 3 * HOUR },
    );
    await duty.pass(30);
    await handOver();
    const at = (hours: number) => onDuty(NIGHT + hours * HOUR);
    expect(await at(0)).toEqual(['eva']);
    expect([await at(0.5), await at(1), await at(2), await at(3), await at(5), await at(9)]).toEqual([
      ['ana'],
      ['ana', 'dan'],
      ['dan'],
      ['ana', 'dan'],
      ['ana'],
      ['dan'],
    ]);
    const made = (await duty.types('rota/ncp')).length;
    await handOver();
    expect(await duty.types('rota/ncp')).toHaveLength(made);
  });

  test('in the place of the very successor leaves the rota as it is', async () => {
    const { onDuty, handOver } = await changed({
      kind: 'replace',
      officer: 'dan',
      by: 'eva',
      start: NIGHT,
      end: MORNING,
    });
    await handOver('dan');
    expect(await onDuty(NIGHT)).toEqual(['dan']);
  });

  test('hands over at once, and the rota rings for it', async () => {
    const { duty, handOver } = await changed(COVER);
    await duty.pass(1);
    await handOver();
    await duty.crank.settle();
    expect((await duty.types('rota/ncp')).at(-1)).toBe('duty.handed_over');
  });
});

test('a desk keeps the letters it was born with, and stays', async () => {
  const duty = await Duty.begin(NCP);
  const before = config(['ana', 'dan']);
  const [desk] = before.desks;
  if (desk === undefined) throw new Error('no desk');
  const other = { ...before, desks: [{ ...desk, letters: 'X' }] };
  expect(await refused(duty, before, before)).toEqual([]);
  expect((await refused(duty, before, other)).join()).toContain('letters');
  const renamed = { ...before, desks: [{ ...desk, id: 'new' }] };
  expect((await refused(duty, before, renamed)).join()).toContain('the desk ncp is no longer there');
});

describe('what a leaver holds', () => {
  test('goes by name to the successor, who is paged for it', async () => {
    const duty = await Duty.begin(NCP);
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    const left = [{ officer: 'dan', to: 'eva' }];
    await handOverFrom(duty.desk, left);
    expect(await duty.state(request.id)).toMatchObject({ owner: 'dan' });
    await handOverFrom(inForce(duty, config(['ana', 'eva'])), left);
    await duty.crank.settle();
    expect(duty.rung().at(-1)).toBe('eva pager');
    expect((await duty.state(request.id)).status).toBe('open');
    await duty.act(request.id, 'acknowledge', 'eva');
    expect(await duty.state(request.id)).toMatchObject({ owner: 'eva' });
  });

  test('goes up to a new round at once when nobody was named: he took it while the file was applied', async () => {
    const duty = await Duty.begin(NCP);
    const [his, hers] = [await duty.request(EMERGENCY), await duty.request(EMERGENCY)];
    await duty.act(his.id, 'acknowledge', 'dan');
    await duty.act(hers.id, 'acknowledge', 'eva');
    const before = duty.rung().length;
    await takeFromNobody(inForce(duty, config(['ana', 'eva'])));
    await duty.crank.settle();
    expect(await duty.state(his.id)).toMatchObject({ status: 'open', escalation: { round: 1 } });
    expect(duty.rung().length).toBeGreaterThan(before);
    expect(await duty.state(hers.id)).toMatchObject({ owner: 'eva' });
  });
});
