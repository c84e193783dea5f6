import type { DeliveryRow } from '../../ports/register.ts';

/** One line of "who was paged": a page, or several that failed in the same way, or of which none was sent, one after the other. */
export type PagedLine = {
  readonly first: DeliveryRow;
  readonly last: DeliveryRow;
  readonly pages: number;
  readonly attempts: number;
  /** Why they were paged, each reason once. */
  readonly reasons: readonly string[];
};

/**
 * Oldest first by their last page. Rounds page the same people again and again, and a closed pager fails each time: that is
 * one line with a count, until something else comes of a page to the same address.
 */
export function foldPages(deliveries: readonly DeliveryRow[]): readonly PagedLine[] {
  const lines = new Set<PagedLine>();
  const latest = new Map<string, PagedLine>();
  for (const delivery of deliveries) {
    const to = `${delivery.methodType} ${delivery.address} ${delivery.officer ?? ''}`;
    const before = latest.get(to);
    const isSame = before !== undefined && isAlike(before.last, delivery);
    const line = isSame ? joined(before, delivery) : alone(delivery);
    if (isSame) lines.delete(before);
    lines.add(line);
    latest.set(to, line);
  }
  return [...lines];
}

function alone(delivery: DeliveryRow): PagedLine {
  return { first: delivery, last: delivery, pages: 1, attempts: delivery.attempts, reasons: [delivery.reason] };
}

function joined({ first, pages, attempts, reasons }: PagedLine, last: DeliveryRow): PagedLine {
  return {
    first,
    last,
    pages: pages + 1,
    attempts: attempts + last.attempts,
    reasons: [...new Set([...reasons, last.reason])],
  };
}

function isAlike(one: DeliveryRow, other: DeliveryRow): boolean {
  if (one.kind !== other.kind) return false;
  const failsAlike = one.state === 'failed' && hasFailed(other) && one.code === other.code;
  // A rule that rings again every few minutes has planned its calls for hours ahead.
  return failsAlike || (isUntouched(one) && one.state === other.state && isUntouched(other));
}

/** Nothing was ever sent: it waits for its time, or was no longer needed before that came. */
function isUntouched({ state, attempts }: DeliveryRow): boolean {
  return (state === 'pending' || state === 'cancelled') && attempts === 0;
}

/** For good, or so far: it waits to be tried again. */
function hasFailed({ state, code }: DeliveryRow): boolean {
  return state === 'failed' || (state === 'pending' && code !== undefined);
}
