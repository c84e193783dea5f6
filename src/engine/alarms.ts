import { type Duration, type Instant, SECOND } from '../../rota/instant.ts';
import type { Desk } from '../desk/desk.ts';
import { ringRequest } from '../desk/ring.ts';
import { ringRota } from '../desk/rota-event.ts';
import { tellStuck } from '../desk/stuck.ts';
import type { DueAlarm, Queue } from '../ports/queue.ts';
import { StoreUnavailable } from '../ports/store.ts';

/** Waits after a step that threw; the last one repeats. */
const RETRY_AFTER: readonly Duration[] = [1, 5, 30].map((seconds) => seconds * SECOND);

export type AlarmObserver = {
  rang(kind: string, lateness: Duration): void;
  fault(error: unknown, alarm: DueAlarm): void;
};

/**
 * Rings up to `limit` due alarms, one step each; how many there were. One that throws is put off without holding up the
 * others; at its second failure everyone is told, by a way that uses none of the rules.
 */
export async function ringDue(
  desk: Desk,
  queue: Queue,
  now: Instant,
  limit: number,
  observe: AlarmObserver,
  afterEach: () => void,
): Promise<number> {
  const due = await queue.dueAlarms(now, limit);
  for (const alarm of due) {
    try {
      await ring(desk, alarm);
      observe.rang(alarm.kind, desk.clock.now() - alarm.dueAt);
    } catch (error) {
      observe.fault(error, alarm);
      if (error instanceof StoreUnavailable) throw error;
      await putOff(desk, queue, alarm);
    }
    afterEach();
  }
  return due.length;
}

function ring(desk: Desk, alarm: DueAlarm): Promise<void> {
  return alarm.kind === 'rota' ? ringRota(desk, alarm) : ringRequest(desk, alarm);
}

async function putOff(desk: Desk, queue: Queue, alarm: DueAlarm): Promise<void> {
  const wait = RETRY_AFTER[Math.min(alarm.failures, RETRY_AFTER.length - 1)] ?? SECOND;
  await queue.alarmFailed(alarm, desk.clock.now() + wait);
  if (alarm.failures === 1) await tellStuck(desk, alarm);
}
