import { expect, it } from 'vitest';
import { findRequests } from '../../src/desk/search.ts';
import { searchJob } from '../../src/engine/search-job.ts';
import { pageDesk } from '../support/page-desk.ts';

const fault = (error: unknown) => {
  throw error;
};

it('the search takes in all that is due, and nothing twice', async () => {
  const house = await pageDesk();
  for (let i = 0; i < 25; i++) await house.receive({ subject: `Pebble ${i}` });
  const job = searchJob(house.desk, fault);
  await job.run();
  expect(await house.store.searchDue(1)).toEqual([]);
  await job.run();
  const { rows, indexing } = await findRequests(house.desk, 'pebble', 'ana');
  expect([rows.length, indexing]).toEqual([25, false]);
  await house.close();
});

it('a turn ends when its time is over; the next one goes on from there', async () => {
  const house = await pageDesk();
  for (let i = 0; i < 35; i++) await house.receive({ subject: `Pebble ${i}` });
  // Each look at the clock takes 20 ms: of 40 ms that leaves two of them.
  let now = 0;
  const clock = { now: () => (now += 20) };
  const job = searchJob({ store: house.store, clock }, fault);
  const left = async () => (await house.store.searchDue(100)).length;
  await job.run();
  expect(await left()).toBe(15);
  await job.run();
  expect(await left()).toBe(0);
  await house.close();
});
