import { expect, test } from 'vitest';
import { type MakeBench, onBench } from './bench.ts';
import { alarm, request, saved, streamOf, T } from './rows.ts';

export function heldTests(make: MakeBench): void {
  test(
    'alarms that are held do not ring before then, those that are armed later do, and most urgent first they all do in the end',
    onBench(make, async (store) => {
      const [old, fresh, rota] = [request(), request(), 'rota/cp'];
      const due = async (now: number) => (await store.dueAlarms(now, 9)).map(({ stream, kind }) => `${stream} ${kind}`);
      await saved(store, old, { alarms: [alarm('clock', T), alarm('escalation', T - 50, 'emergency')] });
      await store.step(rota, (step) => step.save({ stream: rota, at: T, entries: [], alarms: [alarm('rota', T - 9)] }));
      await store.holdAlarms(T + 100);
      await saved(store, fresh, { alarms: [alarm('escalation', T + 10)] });
      expect(await due(T + 99)).toEqual([`${streamOf(fresh)} escalation`]);
      expect(await store.nextDue()).toBe(T + 10);
      expect(await due(T + 100)).toEqual([
        `${streamOf(old)} escalation`,
        `${streamOf(fresh)} escalation`,
        ...[`${streamOf(old)} clock`, `${rota} rota`].sort(),
      ]);
    }),
  );

  test(
    'alarms that are held are armed for the same time as before, and ring at once when they are freed',
    onBench(make, async (store) => {
      const of = request();
      const escalation = alarm('escalation', T);
      await saved(store, of, { alarms: [escalation, alarm('later', T + 500)] });
      await store.holdAlarms(T + 100);
      const armed = await store.step(streamOf(of), (step) => step.armed(streamOf(of), 'escalation'));
      expect(armed).toEqual(escalation);
      expect((await store.dueAlarms(T + 499, 9)).map(({ dueAt }) => dueAt)).toEqual([T]);
      await store.freeAlarms(T + 99);
      expect(await store.dueAlarms(T, 9)).toEqual([]);
      await store.freeAlarms(T + 100);
      expect(await store.dueAlarms(T, 9)).toEqual([expect.objectContaining(escalation)]);
      expect(await store.nextDue()).toBe(T);
    }),
  );

  test(
    'a step that arms a held alarm for the same time leaves it held, and one for another time does not',
    onBench(make, async (store) => {
      const of = request();
      await saved(store, of, { alarms: [alarm('escalation', T), alarm('clock', T)] });
      await store.holdAlarms(T + 100);
      await saved(store, of, { alarms: [alarm('escalation', T), alarm('clock', T + 1)] });
      expect((await store.dueAlarms(T + 50, 9)).map(({ kind }) => kind)).toEqual(['clock']);
    }),
  );
}
