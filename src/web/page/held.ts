import { headsOf } from '../../desk/setup.ts';
import { maySee, type Viewer } from '../viewer.ts';
import { csrfField } from './csrf-field.ts';
import { type Html, html, type Piece } from './html.ts';
import { deadline } from './moment.ts';
import { urgencyTag } from './row.ts';

/** After a restore: that paging waits, until when, for which requests, and for whoever may, the button that ends it. */
export function heldPart(viewer: Viewer): Piece {
  const { held, text, desks } = viewer;
  if (held === undefined) return false;
  const zone = desks[0]?.zone ?? 'UTC';
  const rows = held.rows.filter((row) => maySee(viewer, row));
  return html`<div class="warning" role="alert">
<p><strong>${text('held.what')}</strong> ${text('held.until')} ${deadline(viewer, zone, held.until)}. ${text('held.why')}</p>
${rows.length === 0 ? html`<p>${text('held.none')}</p>` : html`<ul>${rows.map((row) => html`<li>${urgencyTag(viewer, row.state)} <a class="short-id" href="/requests/${row.id}">${row.shortId}</a> ${text(`status.${row.status}`)}</li>`)}</ul>`}
${mayResume(viewer) ? resumeForm(viewer) : html`<p>${text('held.heads')}</p>`}
</div>`;
}

function resumeForm(viewer: Viewer): Html {
  return html`<form method="post" action="/resume">${csrfField(viewer)}<button>${viewer.text('held.resume')}</button></form>`;
}

/** The head of one of the officer's desks, or anybody of a desk that has none. */
export function mayResume({ desks, officer }: Viewer): boolean {
  return desks.some((desk) => headsOf(desk).length === 0 || headsOf(desk).includes(officer));
}
