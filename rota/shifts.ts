import type { Instant, Span } from './instant.ts';
import type { OfficerId, Rota, Shift } from './rota.ts';

/** The two questions about one instant from which shifts and gaps follow. */
type Changes = Pick<Rota, 'onDuty' | 'nextChange'>;

/** Completes a rota that knows who is on duty and when that changes. Throws when asked about a span without an end. */
export function rotaOf(changes: Changes): Rota {
  return {
    ...changes,
    shifts: (span) => stretches(changes, span).filter(({ officers }) => officers.length > 0),
    gaps: (span) =>
      stretches(changes, span)
        .filter(({ officers }) => officers.length === 0)
        .map(({ start, end }) => ({ start, end })),
  };
}

/** The same people in the same order: the order says who is paged first, so turning it round is a change. */
export function sameOfficers(a: readonly OfficerId[], b: readonly OfficerId[]): boolean {
  return a.length === b.length && a.every((officer, index) => officer === b[index]);
}

/** The span cut wherever the people change; a stretch without officers is a gap. */
function stretches(changes: Changes, { start, end }: Span): readonly Shift[] {
  if (!Number.isFinite(start) || !Number.isFinite(end)) {
    throw new RangeError(`expected a span with a start and an end, got ${start} to ${end}; ask for a limited time`);
  }
  const found: Shift[] = [];
  let at: Instant = start;
  while (at < end) {
    const next = Math.min(changes.nextChange(at) ?? end, end);
    found.push({ start: at, end: next, officers: changes.onDuty(at) });
    at = next;
  }
  return found;
}
