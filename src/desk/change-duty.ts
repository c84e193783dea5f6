import { DAY, type Duration, type Instant, rfc3339, type Span } from '../../rota/instant.ts';
import type { OfficerId, Override, Shift } from '../../rota/rota.ts';
import { sameOfficers } from '../../rota/shifts.ts';
import type { Actor } from '../journal/actor.ts';
import type { EntryDraft } from '../journal/entry.ts';
import { rotaStream } from '../journal/stream.ts';
import type { Step } from '../ports/steps.ts';
import type { Desk } from './desk.ts';
import { isOverdue, nextRotaAlarm } from './rota-event.ts';
import { type DeskSetup, memberOf } from './setup.ts';

/** Of a change that ends later, the year was mistyped. */
const FURTHEST: Duration = 366 * DAY;

/**
 * Who is to be on duty for a while: one in another's place; some whatever the rota says; nobody, which has to be said so
 * that no list left empty becomes a gap; or again whom the rota says, which takes back what was entered before.
 */
export type WantedDuty = Span &
  (
    | { readonly kind: 'replace'; readonly officer: OfficerId; readonly by: OfficerId }
    | { readonly kind: 'cover'; readonly officers: readonly OfficerId[] }
    | { readonly kind: 'gap' }
    | { readonly kind: 'rota' }
  );

/** `code` has a text in the catalogues (`duty_refusal.<code>`). */
export type DutyRefusal =
  | { readonly code: 'unknown_officer'; readonly officer: OfficerId }
  | {
      readonly code: 'ends_before_start' | 'over' | 'too_far' | 'replaces_oneself' | 'nobody' | 'changes_nothing';
    };

export type DutyResult =
  | { readonly ok: true; readonly override: Override }
  | { readonly ok: false; readonly why: 'unknown_desk' | 'not_your_desk' }
  | { readonly ok: false; readonly why: 'refused'; readonly refusal: DutyRefusal };

/**
 * An officer of the desk changes who is on duty there for a while: one step. A change cannot begin in the past, where who
 * was on duty is a fact: such a one begins now. One that begins now rings the rota's alarm at once, and with it whoever
 * leaves hands over, as at the end of a shift.
 *
 * A change is ended early, or taken back, by a later one. A replacement that would do nothing, because a cover sets it aside
 * or its officer is not in the rota then, is refused. Expected refusals are values; only a store that cannot answer throws.
 */
export async function changeDuty(desk: Desk, deskId: string, wanted: WantedDuty, by: OfficerId): Promise<DutyResult> {
  const setup = desk.setups.desk(deskId);
  if (setup === undefined) return { ok: false, why: 'unknown_desk' };
  if (memberOf(setup, by) === undefined) return { ok: false, why: 'not_your_desk' };
  const id = desk.chance.id();
  return desk.store.step(rotaStream(setup.id), async (step): Promise<DutyResult> => {
    const now = desk.clock.now();
    const override = overrideOf(wanted, now);
    const overrides = await step.overrides(setup.id);
    const refusal =
      wrongWith(setup, wanted, now) ??
      (changesDuty(setup, overrides, [...overrides, override], override)
        ? undefined
        : ({ code: 'changes_nothing' } as const));
    if (refusal !== undefined) return { ok: false, why: 'refused', refusal };
    await saveOverride(setup, step, { id, override, overrides, actor: { kind: 'officer', officer: by }, now });
    return { ok: true, override };
  });
}

/** Whether at some time in `span` others are on duty, or in another order, by the one list of overrides than by the other. */
export function changesDuty(
  setup: DeskSetup,
  some: readonly Override[],
  others: readonly Override[],
  { start, end }: Span,
): boolean {
  const before = setup.rota(some).shifts({ start, end });
  const after = setup.rota(others).shifts({ start, end });
  return before.length !== after.length || before.some((shift, index) => !isSame(shift, after[index]));
}

function isSame(shift: Shift, other: Shift | undefined): boolean {
  return shift.start === other?.start && shift.end === other.end && sameOfficers(shift.officers, other.officers);
}

function overrideOf(wanted: WantedDuty, now: Instant): Override {
  const span = { start: Math.max(wanted.start, now), end: wanted.end };
  if (wanted.kind === 'replace') return { kind: 'replace', officer: wanted.officer, by: wanted.by, ...span };
  if (wanted.kind === 'rota') return { kind: 'rota', ...span };
  return { kind: 'cover', officers: wanted.kind === 'gap' ? [] : [...new Set(wanted.officers)], ...span };
}

function wrongWith(setup: DeskSetup, wanted: WantedDuty, now: Instant): DutyRefusal | undefined {
  const { start, end } = wanted;
  const stranger = namedIn(wanted).find((officer) => memberOf(setup, officer) === undefined);
  if (stranger !== undefined) return { code: 'unknown_officer', officer: stranger };
  if (wanted.kind === 'cover' && wanted.officers.length === 0) return { code: 'nobody' };
  if (wanted.kind === 'replace' && wanted.officer === wanted.by) return { code: 'replaces_oneself' };
  if (!(end > start)) return { code: 'ends_before_start' };
  if (end <= now) return { code: 'over' };
  return end - now > FURTHEST ? { code: 'too_far' } : undefined;
}

function namedIn(wanted: WantedDuty): readonly OfficerId[] {
  if (wanted.kind === 'replace') return [wanted.officer, wanted.by];
  return wanted.kind === 'cover' ? wanted.officers : [];
}

type Made = {
  readonly id: string;
  readonly override: Override;
  /** Those that were made before it. */
  readonly overrides: readonly Override[];
  readonly actor: Actor;
  readonly now: Instant;
};

/** The change, and the rota's next alarm with it. One that is overdue stays: it rings for the change as well. */
export async function saveOverride(
  setup: DeskSetup,
  step: Step,
  { id, override, overrides, actor, now }: Made,
): Promise<void> {
  const stream = rotaStream(setup.id);
  const { start, end, ...who } = override;
  const data = { override: id, ...who, start: rfc3339(start), end: rfc3339(end) };
  const entry: EntryDraft = { type: 'override.made/1', actor, data };
  const change = { stream, at: now, entries: [entry], override: { id, desk: setup.id, override } };
  if (isOverdue(await step.armed(stream, 'rota'), now)) return step.save(change);
  const rota = setup.rota([...overrides, override]);
  // From the moment before: a change that begins now is still to be rung.
  await step.save({ ...change, alarms: [nextRotaAlarm(setup, rota, now - 1)] });
}
