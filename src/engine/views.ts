import { type Duration, type Instant, SECOND } from '../../rota/instant.ts';
import { cardOf } from '../desk/card.ts';
import type { Desk } from '../desk/desk.ts';
import type { Channel } from '../ports/channel.ts';
import type { NodeBoot, Queue, ShownView, ViewClaim, ViewResult } from '../ports/queue.ts';

const RETRY_AFTER: readonly Duration[] = [1, 2, 5, 15, 60].map((seconds) => seconds * SECOND);

/** What was shown is written down together, since each commit waits for the disk; but none waits longer than this. */
const TOGETHER: Duration = 100;

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
  let shown: ShownView[] = [];
  let since = desk.clock.now();
  for (const claim of claims) {
    shown.push({ claim, result: await show(desk, channels, claim, fault) });
    if (desk.clock.now() - since < TOGETHER) continue;
    await queue.finishViews(shown);
    shown = [];
    since = desk.clock.now();
  }
  await queue.finishViews(shown);
  return claims.length;
}

async function show(
  desk: Desk,
  channels: ReadonlyMap<string, Channel>,
  claim: ViewClaim,
  fault: (error: unknown, channel: string) => void,
): Promise<ViewResult> {
  const channel = channels.get(claim.channel);
  const row = await desk.store.request(claim.requestId);
  // A channel that is no longer configured, or a request that is gone, wants nothing more.
  if (channel === undefined || row === undefined) return { state: 'shown', version: claim.wanted };
  try {
    const card = await cardOf(desk.store, row, desk.setups.desk(row.desk), channel.disclosure);
    const { ref } = await channel.show(card, claim.ref);
    return { state: 'shown', version: card.version, ...(ref === undefined ? {} : { ref }) };
  } catch (error) {
    fault(error, claim.channel);
    const wait = RETRY_AFTER[Math.min(claim.failures, RETRY_AFTER.length - 1)] ?? SECOND;
    return { state: 'failed', notBefore: desk.clock.now() + wait };
  }
}
