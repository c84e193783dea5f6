import { ACTIONS, actionsOn } from '../../desk/actions.ts';
import type { CommandType } from '../../request/command.ts';
import type { Viewer } from '../viewer.ts';
import { csrfField } from './csrf-field.ts';
import { type Html, html, type Piece } from './html.ts';
import type { RequestData } from './request-data.ts';

/**
 * Every action that the request offers now: those that ask for nothing are a button, the others open their form. Each has
 * an id: a button never turns into another one under a finger when the list is brought up to date.
 */
export function actionList(viewer: Viewer, { row, state }: RequestData): Html {
  const offered = actionsOn(state);
  const buttons = offered.filter(asksNothing).map((action) => button(viewer, row.id, action));
  const forms = offered.filter((action) => !asksNothing(action)).map((action) => opener(viewer, row.id, action));
  return html`<section class="actions" aria-label="${viewer.text('actions.title')}">
<ul class="now">${buttons}</ul>
<ul class="more">${forms}</ul>
</section>`;
}

export function asksNothing(action: CommandType): boolean {
  return ACTIONS[action].fields.length === 0;
}

function button(viewer: Viewer, id: string, action: CommandType): Html {
  const path = `/requests/${id}/actions/${action}`;
  return html`<li id="do-${action}"><form method="post" action="${path}" hx-post="${path}" hx-target="#panel" hx-swap="innerHTML">${csrfField(viewer)}<button data-action="${action}" title="${viewer.text(`about.${action}`)}">${viewer.text(`action.${action}`)}</button></form></li>`;
}

function opener({ text }: Viewer, id: string, action: CommandType): Piece {
  return html`<li id="do-${action}"><a href="/requests/${id}?do=${action}" data-action="${action}" hx-get="/requests/${id}/actions/${action}" hx-target="#panel" hx-swap="innerHTML">${text(`action.${action}`)}</a></li>`;
}
