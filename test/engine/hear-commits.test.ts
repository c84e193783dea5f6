import { expect, test } from 'vitest';
import { act } from '../../src/desk/act.ts';
import { heard, Listeners } from '../../src/engine/hear-commits.ts';
import { Duty, NCP } from '../support/duty.ts';

async function listening() {
  const duty = await Duty.begin(NCP);
  const listeners = new Listeners();
  const told: string[] = [];
  listeners.committed = () => told.push('committed');
  listeners.closed = () => told.push('closed');
  const store = heard(duty.desk.store, listeners);
  return { duty, told, store, desk: { ...duty.desk, store } };
}

test('each commit is heard, and the one that closes a request as that too', async () => {
  const { duty, told, desk } = await listening();
  const { id } = await duty.request({ kind: 'other' });
  for (const step of ['acknowledge', 'no_further_action'] as const) await act(desk, id, step, {}, 'dan');
  expect(told).toEqual(['committed', 'committed']);
  expect(await act(desk, id, 'close', {}, 'dan')).toMatchObject({ ok: true });
  expect(told.slice(2)).toEqual(['committed', 'closed']);
});

test('a step that fails is not heard', async () => {
  const { told, store } = await listening();
  const failing = store.step('installation', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(told).toEqual([]);
});
