import { beforeEach, expect, test } from 'vitest';
import { Checkpoints } from '../../src/desk/checkpoints.ts';
import type { JournalReading } from '../../src/desk/journal-source.ts';
import { wholeJournal } from '../../src/desk/journal-source.ts';
import { SYSTEM } from '../../src/desk/settle.ts';
import { readCheckpointText } from '../../src/journal/checkpoint.ts';
import { journalItems } from '../../src/journal/item.ts';
import { verifyJournal } from '../../src/journal/verify.ts';
import type { HouseNotice } from '../../src/ports/channel.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import { type TestDesk, testDesk } from '../support/desk.ts';

let made: TestDesk;
let reading: JournalReading;
let told: HouseNotice[];
let checkpoints: Checkpoints;

beforeEach(async () => {
  made = await testDesk();
  reading = { register: made.store, installation: made.store.installation.id, pause: async () => undefined };
  told = [];
  checkpoints = new Checkpoints(made.desk, reading, (notice) => told.push(notice('page')));
});

const taken = async () =>
  (await made.store.entries('installation', 1, 100)).filter(({ type }) => type === 'checkpoint.taken/1').length;

test('the line that is answered goes to the channels too, is the last one in the journal, and is good proof', async () => {
  expect(await checkpoints.last()).toBeUndefined();
  await checkpoints.take(SYSTEM);
  const line = await checkpoints.take({ kind: 'shell', user: 'root' });
  expect(told.map((notice) => ('line' in notice ? notice.line : notice.code))).toEqual([expect.anything(), line]);
  const after = new Checkpoints(made.desk, reading, () => undefined);
  for (const one of [checkpoints, after]) expect(await one.last()).toEqual({ line, at: made.clock.now() });
  const report = await verifyJournal(journalItems(wholeJournal(reading)), readCheckpointText(line));
  expect(report).toMatchObject({ outcome: 'ok' });
});

test('what stands in the journal after a checkpoint does not hide it', async () => {
  const line = await checkpoints.take(SYSTEM);
  const stream = 'installation';
  const entries = [{ type: 'clock.stepped/1', actor: SYSTEM, data: {} }];
  await made.store.step(stream, (step) => step.save({ stream, at: made.clock.now(), entries }));
  expect((await checkpoints.last())?.line).toBe(line);
  expect((await checkpoints.last())?.line).toBe(line);
});

test('one checkpoint follows all that was closed, and none when nothing was', async () => {
  await checkpoints.takeDue();
  expect(await taken()).toBe(0);
  checkpoints.closed();
  checkpoints.closed();
  await checkpoints.takeDue();
  await checkpoints.takeDue();
  expect(await taken()).toBe(1);
});

test('one that cannot be taken stays due', async () => {
  const { desk } = made;
  let isAway = true;
  const heads = async () => {
    if (isAway) throw new StoreUnavailable('SQLITE_BUSY', false);
    return desk.store.heads();
  };
  const through = new Checkpoints({ ...desk, store: { ...desk.store, heads } }, reading, () => undefined);
  through.closed();
  await expect(through.takeDue()).rejects.toThrow(StoreUnavailable);
  isAway = false;
  await through.takeDue();
  expect(await taken()).toBe(1);
});
