import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, instant, MINUTE } from '../../rota/instant.ts';
import { type BackupPlan, Backups } from '../../src/desk/backups.ts';
import { INSTALLATION } from '../../src/journal/stream.ts';
import { BackupRefused, type CopyOrder, RESTORED } from '../../src/ports/backup.ts';
import type { HouseNotice } from '../../src/ports/channel.ts';
import { type TestDesk, testDesk } from '../support/desk.ts';

/** 05:00 in Bucharest, where 03:30 was at 01:30 in UTC. */
const NOW = instant('2026-11-24T03:00:00Z');
const PLAN: BackupPlan = { folder: '/backups', at: '03:30', keep: { daily: 1, weekly: 0 } };

let made: TestDesk;
let orders: CopyOrder[];
let names: string[];
let removed: string[];
let told: HouseNotice[];
let faults: unknown[];
let plan: BackupPlan | undefined;
let disk: 'well' | 'full';

beforeEach(async () => {
  made = await testDesk(NOW);
  [orders, names, removed, told, faults, plan, disk] = [[], [], [], [], [], PLAN, 'well'];
});

const backups = () =>
  new Backups({
    desk: made.desk,
    reading: { register: made.store, installation: made.store.installation.id, pause: async () => undefined },
    copier: {
      copy: async (order) => {
        if (disk === 'full') throw new BackupRefused('no_space');
        orders.push(order);
        names.push(order.file.slice('/backups/'.length));
        return { bytes: 7, sha256: 'f00d', entries: 1, streams: 1, checkpoint: await order.checkpoint() };
      },
    },
    folder: {
      names: async () => names,
      remove: async (_folder, name) => void removed.push(name),
    },
    checkpoint: async () => 'the line',
    plan: () => plan,
    tell: (notice) => void told.push(notice('page')),
    onFault: (error) => void faults.push(error),
  });

const wait = (time: number) => made.clock.set(made.clock.now() + time);
const entries = async () => (await made.store.entries(INSTALLATION, 1, 100)).map(({ type, body }) => ({ type, body }));

describe('a scheduled backup', () => {
  it('is made once for each time that is past, also the one that was missed while nothing ran', async () => {
    const some = backups();
    await some.makeDue();
    await some.makeDue();
    expect(orders.map(({ file }) => file)).toEqual([
      expect.stringMatching(/^\/backups\/tocsin-\w+-20261124T030000Z\.db$/),
    ]);
    made.clock.set(instant('2026-11-25T01:29:00Z'));
    await some.makeDue();
    expect(orders).toHaveLength(1);
    made.clock.set(instant('2026-11-25T01:30:00Z'));
    await some.makeDue();
    expect(orders).toHaveLength(2);
    expect(removed).toEqual([names[0]]);
    expect(faults).toEqual([]);
  });

  it('is known to the next process by the journal, which names the file by its hash', async () => {
    await backups().makeDue();
    await backups().makeDue();
    expect(orders).toHaveLength(1);
    expect((await entries()).at(-1)).toEqual({
      type: 'backup.made/1',
      body: expect.stringContaining(
        '"actor":{"kind":"system"},"data":{"bytes":7,"sha256":"f00d","entries":1,"sealed":false,"scheduled":true}',
      ),
    });
  });

  it('is made beside one that somebody made elsewhere', async () => {
    const some = backups();
    await some.make({ file: '/elsewhere/x.db' }, { kind: 'shell', user: 'root' });
    await some.makeDue();
    expect(orders).toHaveLength(2);
  });

  it('follows a restore at once, since what is to be kept has another end', async () => {
    const some = backups();
    await some.makeDue();
    const entry = { type: RESTORED, actor: { kind: 'system' }, data: {} } as const;
    await made.store.step(INSTALLATION, (step) => step.save({ stream: INSTALLATION, at: NOW, entries: [entry] }));
    wait(MINUTE);
    await some.makeDue();
    expect(orders).toHaveLength(2);
  });

  it('is encrypted to whom the configuration says, and so is one by hand unless it says otherwise', async () => {
    plan = { ...PLAN, recipient: 'age1house' };
    const some = backups();
    await some.makeDue();
    await some.make({ file: '/elsewhere/x.db' }, { kind: 'shell', user: 'root' });
    await some.make({ file: '/elsewhere/y.db', recipient: 'age1other' }, { kind: 'shell', user: 'root' });
    expect(orders.map(({ recipient }) => recipient)).toEqual(['age1house', 'age1house', 'age1other']);
    expect(orders[0]?.file).toMatch(/\.db\.age$/);
  });

  it('that fails is told to the head once, and tried again each hour until it succeeds', async () => {
    disk = 'full';
    const some = backups();
    for (let minute = 0; minute < 90; minute++) {
      await some.makeDue();
      wait(MINUTE);
    }
    expect(faults).toHaveLength(2);
    expect(told).toEqual([expect.objectContaining({ code: 'backup_failed', officers: ['ana', 'eva'] })]);
    expect(await some.trouble()).toBe('failed');
    disk = 'well';
    wait(HOUR);
    await some.makeDue();
    expect(await some.trouble()).toBeUndefined();
    expect(removed).toEqual([]);
  });

  it('that does not succeed for more than a day is overdue', async () => {
    disk = 'full';
    const some = backups();
    await some.makeDue();
    wait(DAY + 2 * HOUR);
    await some.makeDue();
    await some.makeDue();
    expect(await some.trouble()).toBe('overdue');
    expect(told.map(({ code }) => code)).toEqual(['backup_failed', 'backup_overdue']);
  });

  it('is none where no folder is named, and nobody is told', async () => {
    plan = undefined;
    const some = backups();
    await some.makeDue();
    wait(9 * DAY);
    expect(await some.trouble()).toBeUndefined();
    expect(await some.age()).toBeUndefined();
    await some.make({ file: '/elsewhere/x.db' }, { kind: 'shell', user: 'root' });
    wait(HOUR);
    expect(await some.age()).toBe(HOUR);
    expect(orders).toHaveLength(1);
  });
});
