import type { Instant, Span } from '../../rota/instant.ts';
import type { OfficerId, Override } from '../../rota/rota.ts';
import { rotaStream } from '../journal/stream.ts';
import { saveOverride } from './change-duty.ts';
import type { Desk } from './desk.ts';
import { SYSTEM } from './settle.ts';
import { type DeskSetup, memberOf } from './setup.ts';

/**
 * The changes of a rota whose end is to come, in the order in which they were made, but for those that a later one takes
 * back for as long as they would run.
 */
export function comingChanges(overrides: readonly Override[], now: Instant): readonly Override[] {
  return overrides.filter(({ start, end }, index) => {
    const isTakenBack = (later: Override) =>
      later.kind === 'rota' && later.start <= Math.max(start, now) && later.end >= end;
    return end > now && !overrides.slice(index + 1).some(isTakenBack);
  });
}

/** Whoever is on duty by a change, and whoever is not because of it. */
export function namedIn(override: Override): readonly OfficerId[] {
  if (override.kind === 'replace') return [override.officer, override.by];
  return override.kind === 'cover' ? override.officers : [];
}

/**
 * What is to come of the changes that name somebody who is not in the desk any more goes to his successor: one step. Made
 * changes stay as they are, so they are taken back from now on and made anew in their order, with the successor in his
 * place. Nothing is written where nobody has anything to hand over. `heirOf` knows only members of the desk.
 */
export async function handOverDuty(
  desk: Desk,
  setup: DeskSetup,
  heirOf: (officer: OfficerId) => OfficerId | undefined,
): Promise<void> {
  const placeOf = (officer: OfficerId) =>
    memberOf(setup, officer) === undefined ? (heirOf(officer) ?? officer) : officer;
  await desk.store.step(rotaStream(setup.id), async (step) => {
    const now = desk.clock.now();
    const made = await step.overrides(setup.id);
    const coming = comingChanges(made, now);
    const touched = coming.filter((override) => namedIn(override).some((officer) => placeOf(officer) !== officer));
    if (touched.length === 0) return;
    const span = {
      start: Math.max(now, Math.min(...touched.map(({ start }) => start))),
      end: Math.max(...touched.map(({ end }) => end)),
    };
    const anew = coming.flatMap((override) => within(span, withHeirs(override, placeOf)));
    let overrides = made;
    for (const override of [{ kind: 'rota', ...span } as const, ...anew]) {
      await saveOverride(setup, step, { id: desk.chance.id(), override, overrides, actor: SYSTEM, now });
      overrides = [...overrides, override];
    }
  });
}

function withHeirs(override: Override, placeOf: (officer: OfficerId) => OfficerId): Override {
  if (override.kind === 'replace') return { ...override, officer: placeOf(override.officer), by: placeOf(override.by) };
  return override.kind === 'cover' ? { ...override, officers: [...new Set(override.officers.map(placeOf))] } : override;
}

/** The part of a change in the span. Who would replace himself changes nothing. */
function within(span: Span, override: Override): readonly Override[] {
  if (override.kind === 'replace' && override.officer === override.by) return [];
  const start = Math.max(span.start, override.start);
  const end = Math.min(span.end, override.end);
  return start < end ? [{ ...override, start, end }] : [];
}
