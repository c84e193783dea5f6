import { expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/read.ts';
import { handOverFrom, leaversWithoutSuccessor, leaverText } from '../../src/desk/leavers.ts';
import { refusedChanges } from '../../src/desk/refused-changes.ts';
import { Duty, NCP } from '../support/duty.ts';

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

test('nobody leaves a rota without a successor', async () => {
  const duty = await Duty.begin(NCP);
  const before = config(['ana', 'dan', 'eva']);
  const leavers = await leaversWithoutSuccessor(duty.desk.store, before, config(['ana', 'eva']));
  expect(leavers).toEqual([{ officer: 'dan', desk: 'ncp', why: 'has_shifts' }]);
  expect(leaverText(leavers[0] ?? { officer: '', desk: '', why: 'has_shifts' })).toContain(
    'left: [{ officer: dan, to: … }]',
  );
});

test('nobody leaves with a request in hand', async () => {
  const duty = await Duty.begin(NCP);
  const request = await duty.request(EMERGENCY);
  await duty.act(request.id, 'acknowledge', 'eva');
  const before = config(['ana', 'dan', 'eva']);
  expect(await leaversWithoutSuccessor(duty.desk.store, before, config(['ana', 'dan']))).toEqual([
    { officer: 'eva', desk: 'ncp', why: 'holds_requests' },
  ]);
  const named = config(['ana', 'dan'], 'left: [{ officer: eva, to: ana }]');
  expect(await leaversWithoutSuccessor(duty.desk.store, before, named)).toEqual([]);
});

test('who has neither may leave', async () => {
  const duty = await Duty.begin(NCP);
  expect(await leaversWithoutSuccessor(duty.desk.store, config(['ana', 'dan', 'eva']), config(['ana', 'dan']))).toEqual(
    [],
  );
});

test('a desk keeps the letters it was born with, and stays', async () => {
  const duty = await Duty.begin(NCP);
  const before = config(['ana', 'dan']);
  const [desk] = before.desks;
  if (desk === undefined) throw new Error('no desk');
  const other = { ...before, desks: [{ ...desk, letters: 'X' }] };
  expect(await refusedChanges(duty.desk.store, before, before)).toEqual([]);
  expect((await refusedChanges(duty.desk.store, before, other)).join()).toContain('letters');
  const renamed = { ...before, desks: [{ ...desk, id: 'new' }] };
  expect((await refusedChanges(duty.desk.store, before, renamed)).join()).toContain('the desk ncp is no longer there');
});

test('what a leaver holds goes by name to the successor, who is paged for it', async () => {
  const duty = await Duty.begin(NCP);
  const request = await duty.request(EMERGENCY);
  await duty.act(request.id, 'acknowledge', 'dan');
  await handOverFrom(duty.desk, [{ officer: 'dan', to: 'eva' }]);
  await duty.crank.settle();
  expect(duty.rung().at(-1)).toBe('eva pager');
  expect((await duty.state(request.id)).status).toBe('open');
  await duty.act(request.id, 'acknowledge', 'eva');
  expect(await duty.state(request.id)).toMatchObject({ owner: 'eva' });
});
