import type { DueAlarm } from '../ports/queue.ts';
import { alarmsOf } from '../request/alarms.ts';
import type { Desk } from './desk.ts';
import { SYSTEM } from './settle.ts';
import { settleRequest } from './settle-request.ts';

/** An alarm that rings although the rules see nothing to do would ring for ever; this is a fault of ours. */
export class IdleAlarm extends Error {
  constructor(alarm: DueAlarm) {
    super(`the alarm ${alarm.kind} of ${alarm.stream} is due, but its rules see nothing to do`);
    this.name = 'IdleAlarm';
  }
}

/**
 * One alarm of a request: reads again, under the lock, whether it is still due, and does what the paging rules say.
 * A step that somebody else has taken meanwhile is not taken twice. Throws `IdleAlarm`, or what the rules throw.
 */
export async function ringRequest(desk: Desk, alarm: DueAlarm): Promise<void> {
  const id = alarm.stream.slice('request/'.length);
  await desk.store.step(alarm.stream, async (step) => {
    const row = await step.request(id);
    const now = desk.clock.now();
    const armed = row && alarmsOf(row.state).find(({ kind }) => kind === alarm.kind);
    if (row === undefined || armed === undefined || armed.dueAt > now) return;
    const decided = { before: row.state, entries: [], actor: SYSTEM, now, keys: row };
    const { state, change } = await settleRequest(desk, step, decided);
    const next = alarmsOf(state).find(({ kind }) => kind === alarm.kind);
    if (next !== undefined && next.dueAt <= now) throw new IdleAlarm(alarm);
    await step.save(change);
  });
}
