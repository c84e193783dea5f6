import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../rota/instant.ts';
import { BACKUP_MADE } from '../../src/desk/backups.ts';
import { examine } from '../../src/desk/doctor/checks.ts';
import { runChecks } from '../../src/desk/doctor/finding.ts';
import type { Look } from '../../src/desk/doctor/look.ts';
import { SYSTEM } from '../../src/desk/settle.ts';
import { INSTALLATION } from '../../src/journal/stream.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { type TestDesk, testDesk } from '../support/desk.ts';

let made: TestDesk;
let look: Look;
beforeEach(async () => {
  made = await testDesk();
  look = {
    reading: { register: made.store, installation: made.store.installation.id, pause: async () => undefined },
    desks: made.desk.setups.desks(),
    now: made.clock.now(),
    ownBackups: true,
    scheduled: true,
    ringing: ['pager'],
  };
});

const found = async (changed: Partial<Look> = {}) => examine({ ...look, ...changed });
const of = async (check: string, changed: Partial<Look> = {}) =>
  (await found(changed)).filter((one) => one.check === check).map(({ code }) => code);
const written = (type: string) =>
  made.store.step(INSTALLATION, (step) =>
    step.save({ stream: INSTALLATION, at: made.clock.now(), entries: [{ type, actor: SYSTEM, data: {} }] }),
  );

describe('what doctor finds in the store', () => {
  it('officers whom no page can reach are named, and types of methods that this release cannot ring', async () => {
    expect(await of('methods')).toEqual(['methods_well', 'methods_well']);
    const silent = await found({ ringing: ['sms'] });
    expect(silent).toContainEqual({
      check: 'methods',
      code: 'methods_missing',
      values: { desk: 'night', count: 2, officers: 'Dan Example, Eva Example' },
    });
    expect(silent).toContainEqual({ check: 'methods', code: 'method_untried', values: { desk: 'ncp', type: 'pager' } });
  });

  it('a desk of two is small, one of three is not', async () => {
    expect(await of('team')).toEqual(['team_well', 'team_small']);
  });

  it('gaps of the next fourteen days are counted, and the first is told in the zone of the desk', async () => {
    expect(await of('rota')).toEqual(['rota_well', 'rota_well']);
    const at = look.now;
    const gap = { kind: 'cover', officers: [], start: at + DAY, end: at + DAY + HOUR } as const;
    const [ncp] = look.desks;
    const desks = ncp === undefined ? [] : [{ ...ncp, rota: () => ncp.rota([gap]) }];
    expect((await found({ desks })).find(({ check }) => check === 'rota')).toEqual({
      check: 'rota',
      code: 'rota_gap',
      values: {
        desk: 'ncp',
        count: 1,
        from: '2026-11-25 11:00',
        until: '2026-11-25 12:00',
        zone: 'Europe/Bucharest',
      },
    });
  });

  it('a scheduled backup is old after a day and two hours, one made by hand after a week', async () => {
    expect(await of('backup')).toEqual(['backup_never']);
    await written(BACKUP_MADE);
    const aged = (age: number, scheduled: boolean) => of('backup', { now: look.now + age, scheduled });
    expect(await aged(26 * HOUR - 1, true)).toEqual(['backup_well']);
    expect(await aged(26 * HOUR, true)).toEqual(['backup_old']);
    expect(await aged(26 * HOUR, false)).toEqual(['backup_well']);
    expect(await aged(8 * DAY, false)).toEqual(['backup_old']);
    expect(await of('backup', { ownBackups: false })).toEqual(['backup_elsewhere']);
  });

  it('the first checkpoint is waited for as long as a later one', async () => {
    await written('clock.stepped/1');
    const aged = (age: number) => of('checkpoint', { now: look.now + age });
    expect(await aged(25 * HOUR)).toEqual(['checkpoint_awaited']);
    expect(await aged(26 * HOUR)).toEqual(['checkpoint_old']);
    await written('checkpoint.taken/1');
    expect(await aged(25 * HOUR)).toEqual(['checkpoint_well']);
    expect(await aged(26 * HOUR)).toEqual(['checkpoint_old']);
  });

  it('whoever is on duty and has no pager open cannot be rung, and nobody has tried while nothing runs', async () => {
    expect(await of('reach')).toEqual(['reach_untried']);
    const reach = { pager: () => false, board: (desk: string) => desk === 'ncp' };
    expect(await of('reach', { reach })).toEqual(['pager_closed', 'board_open', 'pager_closed', 'board_closed']);
    const open = { ...reach, pager: () => true };
    expect(await of('reach', { reach: open })).toEqual(['pager_open', 'board_open', 'pager_open', 'board_closed']);
  });
});

it('a check that throws hides no other, and is told by its code alone', async () => {
  const checks = {
    bad: () => {
      throw new StoreUnavailable('SQLITE_IOERR', false);
    },
    good: () => [{ code: 'node_well', values: { version: '24' } } as const],
  };
  expect(await runChecks(checks, undefined)).toEqual([
    { check: 'bad', code: 'check_failed', values: { check: 'bad', error: 'SQLITE_IOERR' } },
    { check: 'good', code: 'node_well', values: { version: '24' } },
  ]);
});
