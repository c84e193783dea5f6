import { MINUTE } from '../../rota/instant.ts';
import type { DueAlarm } from '../ports/queue.ts';
import type { NewDelivery } from '../ports/steps.ts';
import type { Desk } from './desk.ts';
import { SYSTEM } from './settle.ts';

const TRIED_FOR = 10 * MINUTE;

/**
 * Tocsin cannot process a request: everyone at the desk is paged by every method, at once. Uses no policy, no rota and
 * no card, since one of them may be what fails.
 */
export async function tellStuck(desk: Desk, alarm: DueAlarm): Promise<void> {
  const requestId = alarm.stream.startsWith('request/') ? alarm.stream.slice('request/'.length) : undefined;
  const setup = desk.setups.desk(alarm.desk);
  if (setup === undefined) return;
  await desk.store.step('installation', async (step) => {
    const now = desk.clock.now();
    const officers = setup.officers.map(({ id }) => id);
    const methods = await step.contactMethods(officers, setup.id);
    const row = requestId === undefined ? undefined : await step.request(requestId);
    const deliveries = methods.map(
      (method): NewDelivery => ({
        id: desk.chance.id(),
        desk: setup.id,
        requestId: row?.id ?? '',
        kind: 'page',
        reason: 'stuck',
        urgency: 'emergency',
        rank: 0,
        shortId: row?.shortId ?? '',
        ...(method.officer === undefined ? {} : { officer: method.officer }),
        methodId: method.id,
        methodType: method.type,
        address: method.address,
        bundleable: false,
        dueAt: now,
        giveUpAt: now + TRIED_FOR,
      }),
    );
    const data = { stream: alarm.stream, alarm: alarm.kind, pages: deliveries.map(({ id }) => id) };
    await step.save({
      stream: 'installation',
      at: now,
      entries: [{ type: 'alarm.failed/1', actor: SYSTEM, data }],
      deliveries,
    });
  });
}
