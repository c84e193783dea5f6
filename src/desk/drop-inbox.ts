import type { Desk } from './desk.ts';

/** Forgets bytes of the inbox that became no request of their own: they were a repetition, or refused. */
export async function dropInbox(desk: Desk, deskId: string, id: string): Promise<void> {
  const stream = `register/${deskId}`;
  await desk.store.step(stream, (step) => step.save({ stream, at: desk.clock.now(), entries: [], inboxDone: id }));
}
