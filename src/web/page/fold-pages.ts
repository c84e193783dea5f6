import type { DeliveryRow } from '../../ports/register.ts';

/** One line of "who was paged": a page, or several that failed in the same way, one after the other. */
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
    const isSame = before !== undefined && failsAlike(before.last, delivery);
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

function failsAlike(one: DeliveryRow, other: DeliveryRow): boolean {
  return one.state === 'failed' && hasFailed(other) && one.code === other.code && one.kind === other.kind;
}

/** For good, or so far: it waits to be tried again. */
function hasFailed({ state, code }: DeliveryRow): boolean {
  return state === 'failed' || (state === 'pending' && code !== undefined);
}
