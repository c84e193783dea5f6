import { DAY } from '../../../rota/instant.ts';
import type { OfficerId, Override, Shift } from '../../../rota/rota.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import type { Viewer } from '../viewer.ts';
import { dutyChanges, officerNames } from './duty-changes.ts';
import { type Html, html, type Piece } from './html.ts';
import { moment } from './moment.ts';

/** Gaps in the rota are told this far ahead. */
const LOOK_AHEAD = 14 * DAY;
/** A desk of so few has nobody behind those who are there. */
const FEW = 2;

/** What was changed in the rota, and who of those on duty has no pager that would be noticed. */
export type DutyNow = { readonly overrides: readonly Override[]; readonly unheard: readonly OfficerId[] };

/** Who is on duty, whether they can be reached, and the way to change it. */
export function duty(viewer: Viewer, desk: DeskSetup, { overrides, unheard }: DutyNow = NOTHING_KNOWN): Html {
  const { text, nameOf } = viewer;
  return html`${dutyFacts(viewer, desk, overrides)}
${unheard.map((officer) => html`<p class="warning">${text('duty.no_pager', { officer: nameOf(officer) })}</p>`)}
<p><a href="/desks/${desk.id}/duty">${text('duty.change')}</a></p>
${desk.officers.length <= FEW && html`<p class="warning">${text('duty.few', { count: desk.officers.length })}</p>`}`;
}

const NOTHING_KNOWN: DutyNow = { overrides: [], unheard: [] };

/** Who is on duty now and next, in the desk's time and in UTC, where nobody will be, and what was changed in the rota. */
export function dutyFacts(viewer: Viewer, desk: DeskSetup, overrides: readonly Override[]): Html {
  const { text, now } = viewer;
  const rota = desk.rota(overrides);
  const onDuty = rota.onDuty(now);
  const ahead = { start: now, end: now + LOOK_AHEAD };
  const next = rota.shifts(ahead).find(({ start }) => start > now);
  const gaps = rota.gaps(ahead).filter(({ start }) => start > now);
  return html`<dl class="duty">
<div><dt>${text('duty.now')}</dt><dd>${onDuty.length === 0 ? html`<strong class="warning">${text('duty.nobody')}</strong>` : html`<strong>${officerNames(viewer, onDuty)}</strong>`} ${until(viewer, desk, rota.nextChange(now))}</dd></div>
${next && html`<div><dt>${text('duty.next')}</dt><dd>${shiftText(viewer, desk, next)}</dd></div>`}
${gaps.map((gap) => html`<div><dt class="warning">${text('duty.gap')}</dt><dd>${both(viewer, desk, gap.start)} – ${both(viewer, desk, gap.end)}</dd></div>`)}
${dutyChanges(viewer, desk, overrides)}
<div><dt>${text('duty.time')}</dt><dd>${viewer.timesIn(desk.zone).short(now, now)} ${desk.zone} · ${viewer.timesIn('UTC').short(now, now)} UTC</dd></div>
</dl>`;
}

function shiftText(viewer: Viewer, desk: DeskSetup, { officers, start }: Shift): Html {
  return html`${officerNames(viewer, officers)} ${viewer.text('duty.from')} ${both(viewer, desk, start)}`;
}

function until(viewer: Viewer, desk: DeskSetup, at: number | undefined): Piece {
  return at !== undefined && html`${viewer.text('duty.until')} ${both(viewer, desk, at)}`;
}

function both(viewer: Viewer, { zone }: DeskSetup, at: number): Html {
  return html`${moment(viewer, zone, at)} <small>(${viewer.timesIn(zone).utc(at)})</small>`;
}
