import type { OfficerId, Override } from '../../../rota/rota.ts';
import { changesDuty } from '../../desk/change-duty.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import type { Viewer } from '../viewer.ts';
import { type Html, html, type Piece } from './html.ts';
import { moment } from './moment.ts';

/** The changes of the rota that run or are to come. One that a later one has set aside altogether is not told. */
export function dutyChanges(viewer: Viewer, desk: DeskSetup, overrides: readonly Override[]): Piece {
  const { text, now } = viewer;
  const shown = overrides
    .filter(({ end }) => end > now)
    .filter((override) => changesSomething(desk, overrides, override, now))
    .sort((a, b) => a.start - b.start);
  if (shown.length === 0) return false;
  const lines = shown.map((override) => html`<li>${who(viewer, override)} ${when(viewer, desk, override)}</li>`);
  return html`<div><dt>${text('duty.changes')}</dt><dd><ul>${lines}</ul></dd></div>`;
}

/** Officers by their names, in the order in which they are paged. */
export function officerNames({ nameOf }: Viewer, officers: readonly OfficerId[]): Piece {
  return officers.map((officer, index) => [index > 0 && ', ', html`<bdi>${nameOf(officer)}</bdi>`]);
}

/** Whether the rest of it still makes a difference beside all the others. */
function changesSomething(desk: DeskSetup, overrides: readonly Override[], override: Override, now: number): boolean {
  const before = overrides.filter((other) => other !== override);
  return changesDuty(desk, before, overrides, { start: Math.max(override.start, now), end: override.end });
}

function when(viewer: Viewer, { zone }: DeskSetup, { start, end }: Override): Html {
  const { text, now } = viewer;
  const until = html`${text('duty.until')} ${moment(viewer, zone, end)}`;
  return start > now ? html`${text('duty.from')} ${moment(viewer, zone, start)} ${until}` : until;
}

function who(viewer: Viewer, override: Override): Html {
  const { text, nameOf } = viewer;
  if (override.kind === 'replace')
    return html`<bdi>${nameOf(override.by)}</bdi> ${text('duty.for')} <bdi>${nameOf(override.officer)}</bdi>`;
  if (override.kind === 'rota') return html`${text('duty.as_the_rota')}`;
  return override.officers.length === 0
    ? html`<span class="warning">${text('duty.declared_gap')}</span>`
    : html`${officerNames(viewer, override.officers)} (${text('duty.cover')})`;
}
