import { expect, test } from 'vitest';
import type { DueAlarm } from '../../../src/ports/queue.ts';
import { type MakeBench, onBench } from './bench.ts';
import { alarm, NODE, OTHER, request, saved, streamOf, T, withDeliveries } from './rows.ts';

const names = (alarms: readonly DueAlarm[]) => alarms.map(({ stream, kind }) => `${stream} ${kind}`);

export function queueTests(make: MakeBench): void {
  test(
    'due alarms come most urgent first, then oldest, and no more than the limit',
    onBench(make, async (store) => {
      const arm = (stream: string, ...alarms: ReturnType<typeof alarm>[]) =>
        store.step(stream, (step) => step.save({ stream, at: T, entries: [], alarms }));
      await arm('rota/a', alarm('routine', T - 100, 'routine'), alarm('later', T + 1, 'emergency'));
      await arm('rota/b', alarm('urgent', T - 10), alarm('emergency', T, 'emergency'));
      await arm('rota/c', alarm('urgent', T - 20), alarm('test', T - 50, 'test'));
      expect(names(await store.dueAlarms(T, 10))).toEqual([
        'rota/b emergency',
        'rota/c urgent',
        'rota/b urgent',
        'rota/c test',
        'rota/a routine',
      ]);
      expect(names(await store.dueAlarms(T, 2))).toEqual(['rota/b emergency', 'rota/c urgent']);
      const [first] = await store.dueAlarms(T, 1);
      expect(first).toEqual({ stream: 'rota/b', kind: 'emergency', desk: 'cp', rank: 0, dueAt: T, failures: 0 });
    }),
  );

  test(
    'a step arms the alarms that it names, disarms the others, and leaves them alone when it names none',
    onBench(make, async (store) => {
      const of = request();
      const stream = streamOf(of);
      await saved(store, of, { alarms: [alarm('escalation', T), alarm('clock', T + 5)] });
      await saved(store, of);
      expect(names(await store.dueAlarms(T + 9, 9))).toEqual([`${stream} escalation`, `${stream} clock`]);
      await saved(store, of, { alarms: [alarm('progress', T + 7), alarm('clock', T + 6)] });
      expect(await store.step(stream, (step) => step.armed(stream, 'clock'))).toEqual(alarm('clock', T + 6));
      expect(await store.step(stream, (step) => step.armed(stream, 'escalation'))).toBeUndefined();
      expect(await store.nextDue()).toBe(T + 6);
      await saved(store, of, { alarms: [] });
      expect(await store.nextDue()).toBeUndefined();
    }),
  );

  test(
    'an alarm whose step failed is left alone for a while and keeps count until it is armed for another time',
    onBench(make, async (store) => {
      const of = request();
      const [escalation, clock] = [alarm('escalation', T), alarm('clock', T + 1)];
      await saved(store, of, { alarms: [escalation, clock] });
      const [due] = await store.dueAlarms(T, 1);
      if (due === undefined) throw new Error('no alarm is due');
      await store.alarmFailed(due, T + 1000);
      expect(await store.dueAlarms(T, 9)).toEqual([]);
      expect(await store.nextDue()).toBe(T + 1);
      expect(await store.dueAlarms(T + 1000, 9)).toEqual([expect.objectContaining(clock), { ...due, failures: 1 }]);
      await saved(store, of, { alarms: [escalation, clock] });
      expect(names(await store.dueAlarms(T + 1, 9))).toEqual([`${streamOf(of)} clock`]);
      await saved(store, of, { alarms: [{ ...escalation, dueAt: T + 2 }, clock] });
      expect((await store.dueAlarms(T + 2, 9)).map(({ kind, failures }) => `${kind} ${failures}`)).toEqual([
        'clock 0',
        'escalation 0',
      ]);
      await store.alarmFailed(due, T + 5000);
      expect(await store.nextDue()).toBe(T + 1);
    }),
  );

  test(
    'an alarm of a rank that no urgency has is refused, since it would never ring',
    onBench(make, async (store) => {
      await expect(saved(store, request(), { alarms: [{ ...alarm('x', T), rank: 7 }] })).rejects.toThrow('rank');
    }),
  );

  test(
    'the next due time is that of the first alarm, page or card that is wanted',
    onBench(make, async (store) => {
      expect(await store.nextDue()).toBeUndefined();
      const of = await withDeliveries(store, {}, { id: 'd', dueAt: T + 30 });
      await saved(store, of, { alarms: [alarm('escalation', T + 40)] });
      expect(await store.nextDue()).toBe(T + 30);
      await saved(store, { ...of, wantsPages: false });
      expect(await store.nextDue()).toBe(T + 40);
      await saved(store, of, { at: T + 10, views: ['room'] });
      expect(await store.nextDue()).toBe(T + 10);
    }),
  );

  test(
    'a card is claimed once, and shows the newest version however many there were',
    onBench(make, async (store, bench) => {
      const other = await bench.another();
      const of = request();
      await saved(store, of, { views: ['room', 'page'] });
      await saved(store, of, { at: T + 1, views: ['room'] });
      const both = await Promise.all([store.claimViews(NODE, T + 1, 9), other.claimViews(OTHER, T + 1, 9)]);
      const claims = both.flat().sort((a, b) => (a.channel < b.channel ? -1 : 1));
      expect(claims.map(({ channel, wanted, failures }) => ({ channel, wanted, failures }))).toEqual([
        { channel: 'page', wanted: 1, failures: 0 },
        { channel: 'room', wanted: 2, failures: 0 },
      ]);
      expect(claims[0]).toMatchObject({ requestId: of.id });
      expect(await store.claimViews(NODE, T + 1, 9)).toEqual([]);
      await store.finishViews(
        claims.map((claim) => ({
          claim,
          result: { state: 'shown', version: claim.wanted, ref: `m-${claim.channel}` },
        })),
      );
      expect(await store.claimViews(NODE, T + 9, 9)).toEqual([]);
      await saved(store, of, { at: T + 2, views: ['room', 'page'] });
      expect((await store.claimViews(NODE, T + 1, 9)).length).toBe(0);
      const again = await store.claimViews(NODE, T + 2, 9);
      expect(again.map(({ ref, wanted }) => `${ref} ${wanted}`).sort()).toEqual(['m-page 3', 'm-room 3']);
    }),
  );

  test(
    'a card that is wanted newer while it is being shown stays due',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of, { views: ['room'] });
      const [first] = await store.claimViews(NODE, T, 9);
      if (first === undefined) throw new Error('no card is due');
      await saved(store, of, { at: T + 1, views: ['room'] });
      expect(await store.claimViews(NODE, T + 1, 9)).toEqual([]);
      await store.finishViews([{ claim: first, result: { state: 'shown', version: 1, ref: 'm' } }]);
      const [second] = await store.claimViews(NODE, T + 1, 9);
      expect(second).toMatchObject({ wanted: 2, ref: 'm', fence: 2 });
    }),
  );

  test(
    'a channel that failed is left alone until it said so, also when more is wanted, and whoever comes late is ignored',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of, { views: ['room'] });
      const [first] = await store.claimViews(NODE, T, 9);
      if (first === undefined) throw new Error('no card is due');
      await store.finishViews([{ claim: first, result: { state: 'failed', notBefore: T + 1000 } }]);
      await saved(store, of, { at: T + 1, views: ['room'] });
      expect(await store.claimViews(NODE, T + 999, 9)).toEqual([]);
      const [second] = await store.claimViews(NODE, T + 1000, 9);
      expect(second).toMatchObject({ wanted: 2, failures: 1 });
      await store.finishViews([{ claim: first, result: { state: 'shown', version: 2 } }]);
      expect(await store.releaseStale({ node: NODE.node, boot: 'a2' }, T)).toBe(1);
      expect(await store.claimViews(NODE, T + 1000, 9)).toMatchObject([{ failures: 1, fence: 3 }]);
    }),
  );

  test(
    'cards of the most urgent come first',
    onBench(make, async (store) => {
      for (const urgency of ['routine', 'emergency', 'urgent'] as const) {
        await saved(store, request({ urgency }), { views: [urgency] });
      }
      expect((await store.claimViews(NODE, T, 2)).map(({ channel }) => channel)).toEqual(['emergency', 'urgent']);
    }),
  );
}
