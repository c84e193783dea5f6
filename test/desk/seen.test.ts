import { describe, expect, test } from 'vitest';
import { markSeen } from '../../src/desk/seen.ts';
import { Duty, NCP } from '../support/duty.ts';

const PRESERVATION = { kind: 'preservation', subject: 'Logs of a server' };

/** Dan has a preservation, and two hours later is reminded on his pager; an SMS is to follow. */
async function reminded() {
  const duty = await Duty.begin(NCP, { methods: ['pager', 'sms'] });
  const { id } = await duty.request(PRESERVATION);
  await duty.act(id, 'acknowledge', 'dan');
  await duty.pass(120);
  const { length: before } = duty.pages;
  expect(duty.pages.at(-1)).toMatchObject({ officer: 'dan', type: 'pager', reason: 'reminder' });
  return { duty, id, since: () => duty.pages.slice(before).map(({ officer, type }) => `${officer} ${type}`) };
}

describe('an officer who says that he knows', () => {
  test('is told of it by no further method; it is proven, and no progress', async () => {
    const { duty, id, since } = await reminded();
    await markSeen(duty.desk, id, 'dan');
    await duty.pass(10);
    expect(since()).toEqual([]);
    const [entry] = (await duty.desk.store.entries(`request/${id}`, 1, 99)).filter(
      ({ type }) => type === 'page.seen/1',
    );
    expect(JSON.parse(entry?.body ?? '')).toMatchObject({
      actor: { kind: 'officer', officer: 'dan' },
      data: { by: 'dan' },
    });
    await duty.pass(10);
    expect(await duty.types(`request/${id}`)).toContain('progress.lapsed');
  });

  test('by another method hears of it where he does not', async () => {
    const { duty, since } = await reminded();
    await duty.pass(10);
    expect(since()).toEqual(['dan sms']);
  });

  test('of nothing leaves no entry: a request that is gone, or that nobody told him anything of', async () => {
    const duty = await Duty.begin(NCP);
    const { id } = await duty.request(PRESERVATION);
    await duty.act(id, 'no_further_action', 'dan');
    await duty.act(id, 'close', 'dan');
    await markSeen(duty.desk, id, 'dan');
    await markSeen(duty.desk, 'no such request', 'dan');
    expect(await duty.types(`request/${id}`)).not.toContain('page.seen');
  });
});
