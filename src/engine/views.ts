import { type Duration, type Instant, SECOND } from '../../rota/instant.ts';
import { cardOf } from '../desk/card.ts';
import type { Desk } from '../desk/desk.ts';
import type { Channel } from '../ports/channel.ts';
import type { NodeBoot, Queue, ViewClaim } from '../ports/queue.ts';

const RETRY_AFTER: readonly Duration[] = [1, 2, 5, 15, 60].map((seconds) => seconds * SECOND);

/**
 * Brings up to `limit` cards to the version they should show; how many there were. What changed in between is shown by
 * one call, so that an outage costs one call a card.
 */
export async function showDue(
  desk: Desk,
  queue: Queue,
  channels: ReadonlyMap<string, Channel>,
  by: NodeBoot,
  now: Instant,
  limit: number,
  fault: (error: unknown, channel: string) => void,
): Promise<number> {
  const claims = await queue.claimViews(by, now, limit);
  for (const claim of claims) await show(desk, queue, channels, claim, fault);
  return claims.length;
}

async function show(
  desk: Desk,
  queue: Queue,
  channels: ReadonlyMap<string, Channel>,
  claim: ViewClaim,
  fault: (error: unknown, channel: string) => void,
): Promise<void> {
  const channel = channels.get(claim.channel);
  const row = await desk.store.request(claim.requestId);
  // A channel that is no longer configured, or a request that is gone, wants nothing more.
  if (channel === undefined || row === undefined) {
    await queue.finishView(claim, { state: 'shown', version: claim.wanted });
    return;
  }
  try {
    const card = await cardOf(desk.store, row, desk.setups.desk(row.desk), channel.disclosure);
    const { ref } = await channel.show(card, claim.ref);
    await queue.finishView(claim, { state: 'shown', version: card.version, ...(ref === undefined ? {} : { ref }) });
  } catch (error) {
    fault(error, claim.channel);
    const wait = RETRY_AFTER[Math.min(claim.failures, RETRY_AFTER.length - 1)] ?? SECOND;
    await queue.finishView(claim, { state: 'failed', notBefore: desk.clock.now() + wait });
  }
}
