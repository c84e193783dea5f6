import { expect, test } from 'vitest';
import { openMemoryStore } from '../../src/store/memory/store.ts';
import type { RowChange } from '../../src/store/memory/table.ts';
import { Tables } from '../../src/store/memory/tables.ts';
import { request, saved, streamOf } from '../contracts/store/rows.ts';
import { birth } from '../support/birth.ts';

test('whoever listens hears what each commit changed, in its order, and nothing of what was rolled back', async () => {
  const tables = new Tables();
  const commits: RowChange[][] = [];
  const store = await openMemoryStore({ ...birth, tables, onCommit: (changes) => void commits.push([...changes]) });
  const of = request();
  const before = tables.request.get(of.id);
  await saved(store, of);
  await expect(
    store.step(streamOf(of), async (step) => {
      await step.takeShortId(['NEVER'], 'request', of.id);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  await saved(store, { ...of, owner: 'ada' });

  const requests = commits.map((changes) => changes.filter(({ table }) => table === tables.request));
  expect(requests.map((changes) => changes.length)).toEqual([1, 1]);
  expect(before).toBeUndefined();
  expect(requests[0]?.[0]).toMatchObject({ before: undefined, after: { id: of.id, owner: null } });
  expect(requests[1]?.[0]).toMatchObject({ before: { owner: null }, after: { owner: 'ada' } });
  expect(tables.request.get(of.id)).toBe(requests[1]?.[0]?.after);
  await store.close();
});
