import { describe, expect, test } from 'vitest';
import { DAY, HOUR, instant, MINUTE } from '../../rota/instant.ts';
import { armRota } from '../../src/desk/rota-event.ts';
import type { DeskSetup } from '../../src/desk/setup.ts';
import { Duty, NCP } from '../support/duty.ts';

const EMERGENCY = { kind: 'emergency_disclosure', grounds: ['life'] as const };

function setupOf(duty: Duty, id: string): DeskSetup {
  const setup = duty.desk.setups.desk(id);
  if (setup === undefined) throw new Error(id);
  return setup;
}

describe('the handover of the week', () => {
  const MONDAY = instant('2026-06-08T05:00:00Z');

  test('hands what the leaving officer holds to the one who comes, by name, and rings him', async () => {
    const duty = await Duty.begin(NCP, { now: MONDAY - HOUR });
    await armRota(duty.desk, setupOf(duty, 'ncp'));
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.act(request.id, 'wait', 'dan', { until: '2026-06-08T12:00', for: 'the judge', because: 'of the order' });
    await duty.pass(60);
    expect(await duty.state(request.id)).toMatchObject({ status: 'acknowledged', owner: 'eva' });
    const last = duty.pages.findLast(({ type }) => type === 'pager');
    expect(last).toMatchObject({ officer: 'eva', reason: 'handover' });
    expect(duty.rung()).toEqual(['dan pager', 'eva pager']);
    expect(await duty.types('rota/ncp')).toEqual(['duty.handed_over']);
  });

  test('arms the next one', async () => {
    const duty = await Duty.begin(NCP, { now: MONDAY - MINUTE });
    await armRota(duty.desk, setupOf(duty, 'ncp'));
    await duty.pass(1);
    const alarm = await duty.desk.store.step('rota/ncp', (step) => step.armed('rota/ncp', 'rota'));
    expect(alarm?.dueAt).toBe(MONDAY + 7 * DAY);
  });
});

describe('a handover that the process slept through', () => {
  const MONDAY = instant('2026-06-08T05:00:00Z');

  test('is made up for at the next start', async () => {
    const duty = await Duty.begin(NCP, { now: MONDAY - HOUR });
    await armRota(duty.desk, setupOf(duty, 'ncp'));
    const request = await duty.request(EMERGENCY);
    await duty.act(request.id, 'acknowledge', 'dan');
    await duty.act(request.id, 'wait', 'dan', { until: '2026-06-08T20:00', for: 'the judge', because: 'of the order' });
    duty.clock.set(MONDAY + 3 * HOUR);
    await armRota(duty.desk, setupOf(duty, 'ncp'));
    await duty.crank.settle();
    expect(await duty.state(request.id)).toMatchObject({ owner: 'eva' });
    expect(await duty.types('rota/ncp')).toEqual(['duty.handed_over']);
  });
});
