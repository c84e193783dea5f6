import { afterEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../rota/instant.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import type { HealthParts } from '../../src/web/health.ts';
import { BODY, get, type House, openHouse, send } from './open-house.ts';

let house: House;
afterEach(() => house.close());

const ready = async (health: Partial<HealthParts> = {}) => {
  house = await openHouse({ health });
  const answer = await get(house, '/readyz');
  return { status: answer.statusCode, ...answer.json() };
};
const codes = (remarks: readonly { code: string }[]) => remarks.map(({ code }) => code);

describe('readiness', () => {
  it('is given when the store takes writes, the engine beats and nothing is late', async () => {
    expect(await ready()).toEqual({ status: 200, ready: true, reasons: [], warnings: [], revision: 1, latenessMs: 0 });
  });

  it('is not given when the store takes no writes', async () => {
    const full = { probe: async () => Promise.reject(new StoreUnavailable('SQLITE_FULL', false)) };
    const found = await ready({ nodes: full });
    expect([found.status, codes(found.reasons)]).toEqual([503, ['store_unavailable']]);
    expect(found.reasons[0].message).toContain('SQLITE_FULL');
  });

  it('tells nothing of an unexpected fault of the store', async () => {
    const found = await ready({ nodes: { probe: async () => Promise.reject(new Error('row with a name')) } });
    expect(found.status).toBe(503);
    expect(JSON.stringify(found)).not.toContain('name');
  });

  it('is not given when the store does not answer', async () => {
    const found = await ready({ nodes: { probe: () => new Promise(() => undefined) }, patience: 1 });
    expect([found.status, codes(found.reasons)]).toEqual([503, ['store_unavailable']]);
  });

  it('is not given before the first beat of the engine, nor five seconds after the last', async () => {
    expect(codes((await ready({ lastBeat: () => undefined })).reasons)).toEqual(['engine_not_started']);
    const start = house.clock.now();
    await house.close();
    expect(codes((await ready({ lastBeat: () => start - 5 * SECOND })).reasons)).toEqual(['engine_silent']);
    await house.close();
    expect((await ready({ lastBeat: () => start - 5 * SECOND + 1 })).ready).toBe(true);
  });

  it('is not given when work is five seconds late', async () => {
    house = await openHouse();
    await send(house, { ...BODY, grounds: ['life'] });
    house.clock.set(house.clock.now() + 4 * SECOND);
    expect((await get(house, '/readyz')).json()).toMatchObject({ ready: true, latenessMs: 4000 });
    house.clock.set(house.clock.now() + MINUTE);
    const late = await get(house, '/readyz');
    expect([late.statusCode, codes(late.json().reasons)]).toEqual([503, ['late']]);
  });

  it('is given with a warning when the file has faults and an earlier revision runs', async () => {
    const found = await ready({ configuration: () => ({ revision: 4, unapplied: 'faulty' }) });
    expect([found.status, found.revision, codes(found.warnings)]).toEqual([200, 4, ['configuration_faulty']]);
    await house.close();
    for (const unapplied of ['refused', 'missing'] as const) {
      const { warnings } = await ready({ configuration: () => ({ revision: 4, unapplied }) });
      expect(warnings).toEqual([
        { code: `configuration_${unapplied}`, message: expect.stringMatching(/tocsin\.yaml .* revision 4/) },
      ]);
      await house.close();
    }
    house = await openHouse();
  });
});

describe('life', () => {
  it('is told by a process whose store is away', async () => {
    house = await openHouse({ health: { nodes: { probe: () => new Promise(() => undefined) } } });
    expect((await get(house, '/healthz')).json()).toEqual({ alive: true });
  });
});

describe('figures', () => {
  it('count what came in, went out, was late and was answered', async () => {
    house = await openHouse();
    await send(house, BODY);
    await send(house, BODY);
    await send(house, '{}');
    const { deliveries, alarms } = house.metrics;
    deliveries.handedOver('sms', 300);
    deliveries.failed('sms', 'temporary', 'busy');
    deliveries.fault(new Error('x'));
    deliveries.fault(new StoreUnavailable('SQLITE_BUSY', false));
    alarms.rang('escalation@night', 20);
    const answer = await get(house, '/metrics');
    expect(answer.headers['content-type']).toContain('text/plain');
    for (const line of [
      'tocsin_requests_total{result="received",source="ncb",urgency="urgent"} 1',
      'tocsin_requests_total{result="replayed",source="ncb",urgency="urgent"} 1',
      'tocsin_deliveries_total{method="sms",result="handed_over"} 1',
      'tocsin_deliveries_total{method="sms",result="temporary"} 1',
      'tocsin_page_lateness_seconds_bucket{le="0.5",method="sms"} 1',
      'tocsin_alarm_lateness_seconds_count{kind="escalation"} 1',
      'tocsin_faults_total{work="delivery"} 1',
      'tocsin_store_faults_total 1',
      'tocsin_open_requests 1',
      'tocsin_http_seconds_count{method="POST",route="/api/v1/requests",status="400"} 1',
    ]) {
      expect(answer.body).toContain(line);
    }
  });

  it('have one line for all addresses that do not exist', async () => {
    house = await openHouse();
    for (const url of ['/a', '/b', '/c?d=e']) await get(house, url);
    const routes = [...(await house.metrics.text()).matchAll(/http_seconds_count\{[^}]*status="404"\}/g)];
    expect(routes).toHaveLength(1);
  });
});
