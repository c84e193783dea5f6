import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../rota/instant.ts';
import { Dispatcher, outcomeOf } from '../../src/engine/dispatcher.ts';
import { requestStream } from '../../src/journal/stream.ts';
import type { Method, PageMessage, SendResult } from '../../src/ports/method.ts';
import type { ClaimedDelivery } from '../../src/ports/queue.ts';
import { StoreUnavailable } from '../../src/ports/store.ts';
import type { Timers } from '../../src/ports/timers.ts';
import { drawShortIds } from '../../src/request/short-id.ts';
import { Duty, NCP, NIGHT } from '../support/duty.ts';

const EMERGENCY = { kind: 'emergency_disclosure', grounds: ['life'] as const };

const DELIVERY: ClaimedDelivery = {
  id: 'd',
  desk: 'ncp',
  requestId: 'r',
  kind: 'page',
  reason: 'step',
  urgency: 'urgent',
  rank: 1,
  shortId: 'K7Q2',
  officer: 'dan',
  methodId: 'dan/pager',
  methodType: 'pager',
  address: 'dan',
  bundleable: true,
  dueAt: NIGHT,
  giveUpAt: NIGHT + 5 * MINUTE,
  fence: 1,
  attempt: 1,
  unknowns: 0,
};

describe('what an attempt makes of a delivery', () => {
  const ends = (result: SendResult, delivery: Partial<ClaimedDelivery> = {}) =>
    outcomeOf({ ...DELIVERY, ...delivery }, result, NIGHT).result;

  test('a permanent failure is the end of it', () => {
    expect(ends({ result: 'permanent', code: 'gone' })).toEqual({ state: 'failed', at: NIGHT, code: 'gone' });
  });

  test('a temporary one is tried again, later each time, and not before the far side wants it', () => {
    const busy = { result: 'temporary', code: 'busy' } as const;
    expect(ends(busy)).toMatchObject({ state: 'pending', dueAt: NIGHT + 2 * SECOND, unknown: false });
    expect(ends(busy, { attempt: 3 })).toMatchObject({ dueAt: NIGHT + 5 * SECOND });
    expect(ends({ ...busy, retryAfter: 90 * SECOND })).toMatchObject({ dueAt: NIGHT + 90 * SECOND });
  });

  test('the last try is at the end of its window, and none comes after it', () => {
    const busy = { result: 'temporary', code: 'busy' } as const;
    expect(ends(busy, { giveUpAt: NIGHT + SECOND })).toMatchObject({ state: 'pending', dueAt: NIGHT + SECOND });
    expect(ends(busy, { giveUpAt: NIGHT })).toMatchObject({ state: 'failed' });
    const later = { ...busy, retryAfter: 3 * SECOND };
    expect(ends(later, { giveUpAt: NIGHT + 2 * SECOND })).toMatchObject({ state: 'failed' });
  });

  test('after three unknown outcomes it is set aside', () => {
    const unknown = { result: 'unknown', code: 'no_answer' } as const;
    expect(ends(unknown, { unknowns: 1 })).toMatchObject({ state: 'pending', unknown: true });
    expect(ends(unknown, { unknowns: 2 })).toMatchObject({ state: 'failed' });
  });
});

/** Waits end when the test lets them. */
class HandTimers implements Timers {
  readonly #waits: { readonly duration: number; readonly end: () => void }[] = [];
  wait(duration: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#waits.push({ duration, end: resolve });
      signal?.addEventListener('abort', () => resolve());
    });
  }
  pass(duration: number): void {
    for (const wait of this.#waits) if (wait.duration <= duration) wait.end();
  }
}

async function dispatching(send: Method['send'], more: Partial<Method> = {}) {
  const duty = await Duty.begin(NCP);
  const timers = new HandTimers();
  const faults: unknown[] = [];
  const { desk } = duty;
  const { store } = desk;
  if (!('claimDeliveries' in store)) throw new Error('expected a whole store');
  const queue = store as typeof store & ConstructorParameters<typeof Dispatcher>[0]['queue'];
  const dispatcher = new Dispatcher({
    desk,
    queue,
    methods: new Map([['pager', { type: 'pager', timeout: 6 * SECOND, send, ...more }]]),
    by: { node: 'n', boot: 'another' },
    ids: { id: desk.chance.id, shortIds: () => drawShortIds(desk.chance.bytes, 0) },
    observe: { handedOver: () => undefined, failed: () => undefined, fault: (error) => faults.push(error) },
    timers,
  });
  duty.crank.settle = async () => undefined;
  const request = await duty.request(EMERGENCY);
  /** Of the pages to the officer on duty; those who come after him are paged too when he cannot be. */
  const states = async () =>
    (await store.deliveries(request.id, 100))
      .filter(({ officer }) => officer === 'dan')
      .map(({ state, code }) => code ?? state);
  return { duty, dispatcher, timers, faults, request, states, queue };
}

describe('sending', () => {
  test('an answer that does not come in time is an unknown outcome', async () => {
    const { dispatcher, timers, states, duty } = await dispatching(() => new Promise(() => undefined));
    expect(await dispatcher.claim(duty.clock.now(), 10)).toBe(1);
    timers.pass(6 * SECOND);
    await dispatcher.drain();
    expect(await states()).toEqual(['no_answer']);
  });

  test('an adapter that throws is an unknown outcome', async () => {
    const { dispatcher, states, duty } = await dispatching(async () => {
      throw new Error('a fault of the adapter');
    });
    await dispatcher.claim(duty.clock.now(), 10);
    await dispatcher.drain();
    expect(await states()).toEqual(['adapter_fault']);
  });

  test('an outcome that the store cannot take now is offered again, and the page is not sent twice', async () => {
    let sent = 0;
    const { dispatcher, timers, states, duty, faults } = await dispatching(async () => {
      sent += 1;
      return { result: 'handed_over' };
    });
    const { store } = duty.desk;
    const step = store.step;
    let away = true;
    store.step = (owner, work) =>
      away ? Promise.reject(new StoreUnavailable('SQLITE_FULL', false)) : step(owner, work);
    await dispatcher.claim(duty.clock.now(), 10);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(faults).toHaveLength(1);
    away = false;
    timers.pass(SECOND);
    await dispatcher.drain();
    expect(await states()).toEqual(['handed_over']);
    expect(sent).toBe(1);
  });

  test('a claim that was lost meanwhile is not sent', async () => {
    const sent: PageMessage[] = [];
    const { dispatcher, duty, queue } = await dispatching(async (page) => {
      sent.push(page);
      return { result: 'handed_over' };
    });
    const asked = queue.claimDeliveries;
    queue.claimDeliveries = async (...args) => {
      const claims = await asked(...args);
      await queue.releaseStale({ node: 'other', boot: 'x' }, duty.clock.now() + MINUTE);
      duty.clock.set(duty.clock.now() + 2 * SECOND);
      return claims;
    };
    await dispatcher.claim(duty.clock.now(), 10);
    await dispatcher.drain();
    expect(sent).toEqual([]);
  });

  test('after an unknown outcome the provider is asked before it is sent again', async () => {
    let sent = 0;
    const lookUp = async () => 'taken' as const;
    const send: Method['send'] = async ({ officer }) => {
      if (officer === 'dan') sent += 1;
      return { result: 'unknown', code: 'no_answer' };
    };
    const { dispatcher, duty, states } = await dispatching(send, { lookUp });
    await dispatcher.claim(duty.clock.now(), 10);
    await dispatcher.drain();
    await dispatcher.claim(duty.clock.now() + 10 * SECOND, 10);
    await dispatcher.drain();
    expect(sent).toBe(1);
    expect(await states()).toContain('handed_over');
  });

  test('a method of which no adapter is there is a permanent failure', async () => {
    const { dispatcher, duty, states } = await dispatching(async () => ({ result: 'handed_over' }), { type: 'pager' });
    const other = new Dispatcher({ ...partsOf(duty), methods: new Map() });
    await other.claim(duty.clock.now(), 10);
    await other.drain();
    await dispatcher.drain();
    expect(await states()).toEqual(['no_such_method']);
  });

  test('a page for several requests says how many they are, also where one of them is paged twice', async () => {
    const sent: number[] = [];
    const { dispatcher, duty } = await dispatching(async ({ requests }) => {
      sent.push(requests);
      return { result: 'handed_over' };
    });
    const dispatch = async () => {
      await dispatcher.claim(duty.clock.now(), 10);
      await dispatcher.drain();
    };
    await dispatch();
    const urgent = (subject: string) => duty.request({ kind: 'preservation', grounds: ['data_loss'], subject });
    const [first] = [await urgent('one'), await urgent('two')];
    const stream = requestStream(first.id);
    const dueAt = duty.clock.now() + MINUTE;
    const again = { ...DELIVERY, id: 'again', requestId: first.id, shortId: first.shortId, dueAt, giveUpAt: dueAt };
    const own = (await duty.desk.store.deliveries(first.id, 100)).find(({ officer }) => officer === 'dan');
    const { methodId = '' } = own ?? {};
    await duty.desk.store.step(stream, (step) =>
      step.save({ stream, at: duty.clock.now(), entries: [], deliveries: [{ ...again, methodId }] }),
    );
    duty.clock.set(dueAt);
    sent.length = 0;
    await dispatch();
    expect(sent).toContain(2);
    expect(sent).not.toContain(3);
  });

  test('what rings for an answered request is recalled', async () => {
    const recalled: string[] = [];
    const recall: NonNullable<Method['recall']> = async ({ id }) => void recalled.push(id);
    const { dispatcher, duty, request } = await dispatching(async () => ({ result: 'handed_over' }), { recall });
    await dispatcher.claim(duty.clock.now(), 10);
    await dispatcher.drain();
    const [page] = await duty.desk.store.deliveries(request.id, 100);
    await dispatcher.recall(request.id);
    expect(recalled).toEqual([page?.id]);
  });

  test('a page for several requests is recalled once the last of them is answered', async () => {
    const recalled: string[] = [];
    const bundles: string[] = [];
    const recall: NonNullable<Method['recall']> = async ({ id }) => void recalled.push(id);
    const send: Method['send'] = async ({ id, requests }) => {
      if (requests > 1) bundles.push(id);
      return { result: 'handed_over' };
    };
    const { dispatcher, duty } = await dispatching(send, { recall });
    const dispatch = async () => {
      await dispatcher.claim(duty.clock.now(), 10);
      await dispatcher.drain();
    };
    await dispatch();
    const urgent = (subject: string) => duty.request({ kind: 'preservation', grounds: ['data_loss'], subject });
    const [first, last] = [await urgent('one'), await urgent('two')];
    duty.clock.set(duty.clock.now() + MINUTE);
    await dispatch();
    expect(bundles).toHaveLength(1);
    await duty.act(first.id, 'acknowledge', 'dan');
    await dispatcher.recall(first.id);
    expect(recalled).toEqual([]);
    await duty.act(last.id, 'acknowledge', 'dan');
    await dispatcher.recall(last.id);
    expect(recalled).toEqual(bundles);
  });
});

function partsOf(duty: Duty): Omit<ConstructorParameters<typeof Dispatcher>[0], 'methods'> {
  const { desk } = duty;
  const queue = desk.store as ConstructorParameters<typeof Dispatcher>[0]['queue'] & typeof desk.store;
  return {
    desk,
    queue,
    by: { node: 'n', boot: 'third' },
    ids: { id: desk.chance.id, shortIds: () => drawShortIds(desk.chance.bytes, 0) },
    observe: { handedOver: () => undefined, failed: () => undefined, fault: () => undefined },
    timers: new HandTimers(),
  };
}
