import type { Instant } from './instant.ts';
import type { OfficerId, Override } from './rota.ts';

/**
 * Who is on duty at `at` when the rota itself says `base`. `overrides` are in the order in which they were made.
 *
 * - A cover sets everything else aside; of two covers the later made wins; a cover of nobody is a declared gap.
 * - Every replacement looks at `base` alone: A by B and B by C does not bring C in for A, and two officers who replace
 *   each other swap. When several replace the same officer all of them are on duty: one too many rather than none.
 * - What was made before a `rota` does not count: the rota itself holds again.
 * - A person is listed once, at the first place; who replaces takes the place of the replaced in the paging order.
 */
export function withOverrides(
  base: readonly OfficerId[],
  overrides: readonly Override[],
  at: Instant,
): readonly OfficerId[] {
  const running = overrides.filter(({ start, end }) => start <= at && at < end);
  const active = running.slice(running.findLastIndex(({ kind }) => kind === 'rota') + 1);
  const cover = active.findLast((override) => override.kind === 'cover');
  if (cover) return unique(cover.officers);
  const replacements = active.filter((override) => override.kind === 'replace');
  return unique(
    base.flatMap((officer) => {
      const by = replacements.filter((override) => override.officer === officer).map((override) => override.by);
      return by.length > 0 ? by : [officer];
    }),
  );
}

/** An override until then or later (or until Infinity) has no end that anybody waits for. */
const FOR_EVER: Instant = Date.UTC(10_000, 0, 1);

/** The instants at which some override begins or ends, in time order, each once. */
export function overrideEdges(overrides: readonly Override[]): readonly Instant[] {
  const edges = overrides.flatMap(({ start, end }) => [start, end]).filter((edge) => edge < FOR_EVER);
  return [...new Set(edges)].sort((a, b) => a - b);
}

function unique(officers: readonly OfficerId[]): readonly OfficerId[] {
  return [...new Set(officers)];
}
