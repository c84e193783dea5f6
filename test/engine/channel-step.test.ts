import { describe, expect, it } from 'vitest';
import { channelMethod } from '../../src/engine/channel-method.ts';
import type { Channel } from '../../src/ports/channel.ts';
import { Hub } from '../../src/web/page/hub.ts';
import { keepChannels } from '../../src/web/page/keep-channels.ts';
import { Duty } from '../support/duty.ts';

const EMERGENCY = { kind: 'emergency_disclosure', grounds: ['life'] as const };

/** Two desks without a word about channels: the page of both is called `page`. */
function twoDesks(ncp: string, night: string): string {
  const desk = (id: string, letters: string, officers: string, steps: string) =>
    `  - { id: ${id}, name: ${id}, letters: ${letters}, time_zone: UTC, duty_hours: [], officers: [${officers}],
      policies: { emergency: { steps: [${steps}] } } }\n`;
  return desk('ncp', '"T"', 'ana, dan', ncp) + desk('night', '"N"', 'eva', night);
}

/** The two desks, with somebody of these desks before the board. */
async function watchedBy(watching: readonly string[], file: string): Promise<Duty> {
  const duty = await Duty.begin(file);
  const hub = new Hub();
  const channels = new Map<string, Channel>();
  keepChannels(channels, duty.desk.setups, hub);
  for (const desk of watching)
    hub.listen(
      () => undefined,
      () => [desk],
    );
  const method = channelMethod(channels);
  duty.answer = (page, type) =>
    type === 'channel' ? method.send(page, new AbortController().signal) : { result: 'handed_over' };
  return duty;
}

const PAGE = '{ page: { channel: page }, window: 10m }';
const ON_DUTY = '{ page: on_duty, window: 10m }';

describe('a step that calls the page of a desk', () => {
  it('has not reached anybody when only an officer of another desk has a board open', async () => {
    const file = twoDesks(`${PAGE}, ${ON_DUTY}`, ON_DUTY);
    const unseen = await watchedBy(['night'], file);
    await unseen.request(EMERGENCY);
    expect(unseen.rung()).toEqual(['#page', 'dan pager']);
    const seen = await watchedBy(['night', 'ncp'], file);
    await seen.request(EMERGENCY);
    expect(seen.rung()).toEqual(['#page']);
  });

  it('has when the officer is of a desk that was paged for the request, which stands on that board', async () => {
    const file = twoDesks(`{ page: [{ desk: night }], window: 5m }, ${PAGE}, ${ON_DUTY}`, ON_DUTY);
    const duty = await watchedBy(['night'], file);
    await duty.request(EMERGENCY);
    await duty.pass(5);
    expect(duty.rung()).toEqual(['eva pager', '#page']);
  });

  it('is that of the desk whose step it is, when one desk pages another', async () => {
    const file = twoDesks(`{ page: [{ desk: night }], window: 10m }`, `${PAGE}, ${ON_DUTY}`);
    const unseen = await watchedBy(['ncp'], file);
    await unseen.request(EMERGENCY);
    expect(unseen.rung()).toEqual(['#page', 'eva pager']);
    const seen = await watchedBy(['night'], file);
    const { id } = await seen.request(EMERGENCY);
    expect(seen.rung()).toEqual(['#page']);
    expect((await seen.desk.store.deliveries(id, 10)).map(({ desk, address }) => `${desk} ${address}`)).toEqual([
      'night page',
    ]);
  });
});
