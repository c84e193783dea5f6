import type { Viewer } from '../viewer.ts';
import { actionList } from './action-list.ts';
import { asked, flags, missing } from './asked.ts';
import { attachments, clocks, links, owed, triage, verification } from './facts.ts';
import { holder } from './holder.ts';
import { type Html, html, type Piece } from './html.ts';
import { since } from './moment.ts';
import { nameOfThing } from './names.ts';
import { paged } from './paged.ts';
import type { RequestData } from './request-data.ts';
import { marks, urgencyTag } from './row.ts';
import { story } from './story.ts';

/**
 * One request: what it is, who has it, what to do next; then what is asked and what is missing; then who was paged and
 * the story. `panel` is the place for the form of an action and its result: it is left alone when the rest is brought up
 * to date, so that nothing that is being typed is lost.
 */
export function requestPage(viewer: Viewer, data: RequestData, panel: Piece): Html {
  const now = `/requests/${data.row.id}/now${data.whole ? '?story=all' : ''}`;
  return html`<div id="request" hx-get="${now}" hx-trigger="changed from:#live throttle:300ms" hx-swap="innerMorph">${requestParts(viewer, data, panel)}</div>`;
}

/** Everything inside: what a window fetches anew when the request has changed. */
export function requestParts(viewer: Viewer, data: RequestData, panel: Piece): Html {
  const { text } = viewer;
  const { row, state, desk } = data;
  return html`<article data-now="${viewer.now}" data-status="${state.status}">
<header>
<p>${urgencyTag(viewer, state)}</p>
<h1><span class="short-id">${row.shortId}</span> ${nameOfThing(viewer, 'kind', state.kind)}</h1>
<p>${row.reference} · ${text('board.received')} ${since(viewer, desk.zone, state.receivedAt)} · ${desk.name} <small>(${text('request.zone', { zone: desk.zone })})</small> ${marks(viewer, state)}</p>
<p class="holder"><span class="status">${text(`status.${state.status}`)}</span> · ${holder(viewer, desk, state)}</p>
</header>
${actionList(viewer, data)}
<div id="panel" hx-morph-skip>${panel}</div>
<div class="columns">
<section>${missing(viewer, data)}${flags(viewer, data)}</section>
<section>${clocks(viewer, data)}</section>
</div>
<div class="columns">
<section><h2>${text('asked.title')}</h2>${asked(viewer, data)}${attachments(viewer, data)}</section>
<section>${verification(viewer, data)}<h2>${text('triage.title')}</h2>${triage(viewer, data)}${owed(viewer, data)}${links(viewer, data)}</section>
</div>
<section><h2>${text('paged.title')}</h2>${paged(viewer, data)}</section>
<section><h2>${text('story.title')}</h2>${story(viewer, data)}</section>
</article>`;
}

/** What came of an action, for the panel. The focus goes there: the button that was pressed may be gone. */
export function doneNote({ text }: Viewer, action: string): Html {
  return html`<p class="done" tabindex="-1" autofocus>${text('actions.done', { action: text(`action.${action}`) })}</p>`;
}

export function refusedNote(reason: string): Html {
  return html`<p class="warning" role="alert">${reason}</p>`;
}
