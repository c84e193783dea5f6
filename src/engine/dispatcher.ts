import { type Duration, type Instant, SECOND } from '../../rota/instant.ts';
import type { OfficerId } from '../../rota/rota.ts';
import type { Desk } from '../desk/desk.ts';
import { type AttemptOutcome, recordBare, recordOutcome } from '../desk/outcome.ts';
import type { Method, PageMessage, SendResult } from '../ports/method.ts';
import type { BundleIds, Claim, ClaimedDelivery, NodeBoot, Queue } from '../ports/queue.ts';
import { StoreUnavailable } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';

/** Longer than this between claim and send, and the claim is checked at the store directly before the send. */
const STALE_CLAIM: Duration = SECOND;
/** After so many unknown outcomes a delivery is set aside: whatever it is, it must not be tried for ever. */
const MOST_UNKNOWNS = 3;
/** Waits after temporary failures, one after the other; the last one repeats. */
const BACK_OFF: readonly Duration[] = [2, 3, 5, 10, 20, 40, 60].map((seconds) => seconds * SECOND);

/** What was claimed before so many others has long rung out. */
const MOST_RECALLED = 500;

export type DispatcherParts = {
  readonly desk: Desk;
  readonly queue: Queue;
  readonly methods: ReadonlyMap<string, Method>;
  readonly by: NodeBoot;
  readonly ids: BundleIds;
  readonly observe: DispatchObserver;
  readonly timers: Timers;
};

/** What the metrics and the log hear; never anything of a case. */
export type DispatchObserver = {
  handedOver(methodType: string, lateness: Duration): void;
  failed(methodType: string, kind: 'temporary' | 'permanent' | 'unknown', code: string): void;
  fault(error: unknown, deliveryId: string): void;
};

/** Claims what is due and hands it to the world. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Claims up to `limit` due deliveries and starts to send them; how many claims there were. */
  async claim(now: Instant, limit: number): Promise<number> {
    const { queue, by, ids } = this.#parts;
    const claims = await queue.claimDeliveries(by, now, limit, ids);
    for (const claim of claims) {
      const sending: Promise<void> = this.#send(claim).finally(() => this.#running.delete(sending));
      this.#running.add(sending);
    }
    return claims.length;
  }

  get inFlight(): number {
    return this.#running.size;
  }

  /**
   * Takes back what rings or waits at a provider for a request that is answered: a call, a queued SMS; a page for several
   * requests once the last of them is answered. Best effort: what cannot be recalled arrives, and is recognisable by its
   * short id.
   */
  async recall(requestId: string): Promise<void> {
    const { desk, methods, observe } = this.#parts;
    const ringing = await this.#wantedBundles(requestId);
    for (const { id, kind, state, bundleId, officer, address, methodType } of await desk.store.deliveries(
      requestId,
      MOST_RECALLED,
    )) {
      const method = methods.get(methodType);
      const isOut = kind === 'page' && (state === 'handed_over' || state === 'claimed');
      if (!isOut || method?.recall === undefined || ringing.has(bundleId ?? '')) continue;
      const page = { id: bundleId ?? id, address, ...(officer === undefined ? {} : { officer }) };
      await method.recall(page).catch((error: unknown) => observe.fault(error, id));
    }
  }

  /** Bundles of the request that stand for another one which nobody has yet. */
  async #wantedBundles(requestId: string): Promise<ReadonlySet<string>> {
    const { store } = this.#parts.desk;
    const wanted = new Set<string>();
    for (const { id, requests } of await store.bundlesOf(requestId)) {
      const rows = await Promise.all(requests.map((request) => store.request(request)));
      if (rows.some((row) => row?.wantsPages === true)) wanted.add(id);
    }
    return wanted;
  }

  /** Waits for what is in flight, at most until `signal`; what is not done by then stays claimed and is freed at the next start. */
  async drain(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Gives up what is in flight. */
  abort(): void {
    this.#stop.abort();
  }

  async #send(claim: Claim): Promise<void> {
    const { desk, observe } = this.#parts;
    const [first] = claim.deliveries;
    try {
      const result = await this.#attempt(claim);
      if (result === undefined) return;
      const now = desk.clock.now();
      if (result.result === 'handed_over') observe.handedOver(first.methodType, now - first.dueAt);
      else observe.failed(first.methodType, result.result, result.code);
      for (const delivery of claim.deliveries) await this.#record(delivery, outcomeOf(delivery, result, now));
    } catch (error) {
      observe.fault(error, first.id);
    }
  }

  /**
   * An outcome that the store cannot take now is kept and offered again: lost, the page would be sent twice. One that
   * the rules choke on is written without them, so that it neither repeats nor holds up others; its alarm tells.
   */
  async #record(delivery: ClaimedDelivery, outcome: AttemptOutcome): Promise<void> {
    const { desk, observe, timers } = this.#parts;
    while (!this.#stop.signal.aborted) {
      try {
        await recordOutcome(desk, delivery, outcome);
        return;
      } catch (error) {
        observe.fault(error, delivery.id);
        if (!(error instanceof StoreUnavailable)) return recordBare(desk, delivery, outcome);
        await timers.wait(SECOND, this.#stop.signal);
      }
    }
  }

  /** Undefined: the claim is no longer ours. */
  async #attempt(claim: Claim): Promise<SendResult | undefined> {
    const { desk, queue, methods, timers } = this.#parts;
    const [first] = claim.deliveries;
    const method = methods.get(first.methodType);
    if (method === undefined) return { result: 'permanent', code: 'no_such_method' };
    if (desk.clock.now() - claim.claimedAt > STALE_CLAIM && !(await queue.stillClaimed(claim))) return undefined;
    const page = messageOf(claim, first, desk.clock.now(), first.kind === 'notice' ? await this.#toldDesks(first) : {});
    if (first.unknowns > 0 && method.lookUp !== undefined && (await method.lookUp(page)) === 'taken') {
      return { result: 'handed_over' };
    }
    return sendWithin(method, page, timers, this.#stop.signal);
  }

  /**
   * Whose people may see what a channel is told: the desk whose channel it is, and those on whose board the request stands
   * because they were paged for it. A store that cannot answer holds nothing up: then it is told to the desk alone.
   */
  async #toldDesks({ id, desk: own, requestId }: ClaimedDelivery): Promise<Pick<PageMessage, 'desks'>> {
    const { desk, observe } = this.#parts;
    const row = await desk.store.request(requestId).catch((error: unknown) => observe.fault(error, id));
    return { desks: [...new Set([own, ...(row?.state.pagedDesks ?? [])])] };
  }
}

/** One attempt with an end: no answer in time is an unknown outcome, and so is a fault of the adapter. */
async function sendWithin(method: Method, page: PageMessage, timers: Timers, stop: AbortSignal): Promise<SendResult> {
  const over = new AbortController();
  const late = timers
    .wait(method.timeout, AbortSignal.any([over.signal, stop]))
    .then((): SendResult => ({ result: 'unknown', code: 'no_answer' }));
  try {
    return await Promise.race([method.send(page, AbortSignal.any([over.signal, stop])), late]);
  } catch {
    return { result: 'unknown', code: 'adapter_fault' };
  } finally {
    over.abort();
  }
}

function messageOf(claim: Claim, first: ClaimedDelivery, at: Instant, told: Pick<PageMessage, 'desks'>): PageMessage {
  const officer: { officer?: OfficerId } = first.officer === undefined ? {} : { officer: first.officer };
  return {
    id: claim.bundle?.id ?? first.id,
    attempt: first.attempt,
    ...officer,
    address: first.address,
    shortId: claim.bundle?.shortId ?? first.shortId,
    urgency: first.urgency,
    reason: first.reason,
    requests: new Set(claim.deliveries.map(({ requestId }) => requestId)).size,
    ...told,
    at,
  };
}

/** What an attempt's result makes of the delivery: done, given up, or again after a back-off until its window ends. */
export function outcomeOf(delivery: ClaimedDelivery, result: SendResult, now: Instant): AttemptOutcome {
  if (result.result === 'handed_over') {
    const ref = result.ref === undefined ? {} : { ref: result.ref };
    return { result: { state: 'handed_over', at: now, ...ref }, told: 'handed_over' };
  }
  const { code } = result;
  const told = { class: result.result, code };
  if (result.result === 'permanent') return { result: { state: 'failed', at: now, code }, told };
  const unknown = result.result === 'unknown';
  if (unknown && delivery.unknowns + 1 >= MOST_UNKNOWNS) return { result: { state: 'failed', at: now, code }, told };
  const dueAt = nextTry(delivery, result, now);
  if (dueAt > delivery.giveUpAt) return { result: { state: 'failed', at: now, code }, told };
  return { result: { state: 'pending', at: now, dueAt, code, unknown }, told };
}

/**
 * After a back-off, or when the far side wants it if that is later. The last try is at the end of the window rather than
 * before it: until then the page waits, and goes at once where the far side comes back.
 */
function nextTry({ attempt, giveUpAt }: ClaimedDelivery, result: SendResult, now: Instant): Instant {
  const own = BACK_OFF[Math.min(attempt, BACK_OFF.length) - 1] ?? SECOND;
  if (result.result === 'temporary' && result.retryAfter !== undefined) return now + Math.max(own, result.retryAfter);
  return now < giveUpAt ? Math.min(now + own, giveUpAt) : now + own;
}
