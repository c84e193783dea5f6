import type { Instant, Span } from './instant.ts';

export type OfficerId = string;

/** One uninterrupted turn of duty of the same people. */
export type Shift = Span & { readonly officers: readonly OfficerId[] };

/**
 * Who is on duty when. The weekly rota fills this interface now, the complete rota (layers, swaps, restrictions) later.
 * Everything is an instant: civil time was resolved when the rota was made.
 */
export interface Rota {
  /** Officers on duty at `at`, in the order in which they are paged; empty in a gap. */
  onDuty(at: Instant): readonly OfficerId[];
  /** Shifts that overlap `span`, clipped to it, touching shifts of the same people merged, in time order. */
  shifts(span: Span): readonly Shift[];
  /** Times inside `span` with nobody on duty, merged, clipped, in time order. */
  gaps(span: Span): readonly Span[];
  /** The first instant strictly after `after` at which the people on duty change; undefined when they never do again. */
  nextChange(after: Instant): Instant | undefined;
}

/**
 * A change to the rota for a while, with instants (who is on duty is a fact about an instant, not about a wall clock).
 * `replace` puts `by` in the place of `officer` where `officer` would have been on duty; `cover` sets the rota aside:
 * exactly these officers (none: a declared gap). A cover wins over replacements; of two covers the later made wins.
 * `rota` takes back what was made before it: the rota holds again, until something is made after it.
 */
export type Override = Span &
  (
    | { readonly kind: 'replace'; readonly officer: OfficerId; readonly by: OfficerId }
    | { readonly kind: 'cover'; readonly officers: readonly OfficerId[] }
    | { readonly kind: 'rota' }
  );
