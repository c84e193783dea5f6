import type { DeskSetup } from '../../desk/setup.ts';
import type { RequestRow } from '../../ports/steps.ts';
import type { Clock, RequestState } from '../../request/state.ts';
import type { Viewer } from '../viewer.ts';
import { holder } from './holder.ts';
import { type Html, html, type Piece } from './html.ts';
import { deadline, since } from './moment.ts';
import { nameOfThing } from './names.ts';

/**
 * One request on the board of a desk: what it is, since when, who has it, what is due next. Nothing of what was asked;
 * that is what a list that shows it adds by `more`.
 */
export function boardRow(viewer: Viewer, desk: DeskSetup, row: RequestRow, more: Piece = false): Html {
  const { text } = viewer;
  const { id, shortId, state } = row;
  return html`<li id="row-${id}" data-status="${state.status}" data-announce="${announcement(viewer, row)}">
${urgencyTag(viewer, state)}
<a class="short-id" href="/requests/${id}">${shortId}</a>
<span class="what">${nameOfThing(viewer, 'kind', state.kind)} <small>${state.reference}</small> ${state.desk !== desk.id && html`<small>${text('board.of_desk', { desk: state.desk })}</small> `}${marks(viewer, state)}</span>
<span class="since"><span class="unseen">${text('board.received')}</span> ${since(viewer, desk.zone, state.receivedAt)}</span>
<span class="holder">${holder(viewer, desk, state)}</span>
<span class="clock">${nextClock(viewer, desk, state)}</span>${more}
</li>`;
}

/** A request that a filter leaves out: when it is new it is announced all the same. */
export function announced(viewer: Viewer, row: RequestRow): Html {
  return html`<span id="row-${row.id}" data-announce="${announcement(viewer, row)}" hidden></span>`;
}

function announcement({ text }: Viewer, { shortId, state }: RequestRow): string {
  return text('board.new', { urgency: text(`urgency.${state.urgency}`), shortId });
}

/** Loud only while somebody still has to do something. */
export function urgencyTag({ text }: Viewer, { urgency, status }: RequestState): Html {
  const isOver = status === 'concluded' || status === 'closed';
  return html`<span class="urgency"${!isOver && html` data-urgency="${urgency}"`}>${text(`urgency.${urgency}`)}</span>`;
}

/** What an officer must not overlook. */
export function marks({ text }: Viewer, state: RequestState): Piece {
  const unverified = state.verification.how === 'unverified';
  return [
    state.news !== undefined &&
      html`<span class="mark" title="${text('mark.news_why')}">${text(state.news === 'file' ? 'mark.news_file' : 'mark.news')}</span> `,
    state.nature !== undefined && html`<span class="mark">${text(`nature.${state.nature}`)}</span> `,
    state.provisional &&
      html`<span class="mark" title="${text('mark.provisional_why')}">${text('mark.provisional')}</span> `,
    unverified && html`<span class="mark" title="${text('mark.unverified_why')}">${text('mark.unverified')}</span> `,
    state.proposal !== undefined && html`<span class="mark">${text('mark.proposal')}</span> `,
    state.review !== undefined && html`<span class="mark">${text('mark.review')}</span> `,
  ];
}

function nextClock(viewer: Viewer, desk: DeskSetup, state: RequestState): Piece {
  const [next] = runningClocks(state);
  if (next === undefined) return false;
  return html`<span data-clock="${clockState(next)}">${nameOfThing(viewer, 'clock', next.name)} ${deadline(viewer, desk.zone, next.dueAt)}</span>`;
}

/** The clocks that still run, the next one first. */
export function runningClocks(state: RequestState): readonly Clock[] {
  const running = Object.values(state.clocks).filter(({ stopped }) => stopped === undefined);
  return running.sort((a, b) => a.dueAt - b.dueAt);
}

export function clockState({ stopped, rang, warned }: Clock): 'stopped' | 'over' | 'warned' | 'running' {
  if (stopped !== undefined) return 'stopped';
  if (rang) return 'over';
  return warned ? 'warned' : 'running';
}
