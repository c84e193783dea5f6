import type { DeliveryRow } from '../../ports/register.ts';
import type { Viewer } from '../viewer.ts';
import { type Html, html, type Piece } from './html.ts';
import { exactMoment } from './moment.ts';
import { codeText } from './names.ts';
import type { RequestData } from './request-data.ts';
import { pagedName } from './story-values.ts';

/** A request that rings for days has thousands of pages. */
const MOST_SHOWN = 100;

/** Who was paged how, and what came of it, the newest page first. */
export function paged(viewer: Viewer, { deliveries, desk, bundles }: RequestData): Piece {
  const { text } = viewer;
  if (deliveries.length === 0) return html`<p class="empty">${text('paged.nobody')}</p>`;
  const shown = deliveries.slice(-MOST_SHOWN).toReversed();
  const heads = ['whom', 'method', 'why', 'when', 'result'].map(
    (head) => html`<th scope="col">${text(`paged.${head}`)}</th>`,
  );
  const travelled = bundles.map((bundle) => html`<li>${text('paged.bundle', bundle)}</li>`);
  return html`<div class="wide" role="region" aria-label="${text('paged.title')}" tabindex="0"><table>
<thead><tr>${heads}</tr></thead>
<tbody>${shown.map((delivery) => line(viewer, desk.zone, delivery))}</tbody></table></div>
${travelled.length > 0 && html`<ul>${travelled}</ul>`}
${deliveries.length > MOST_SHOWN && html`<p class="empty">${text('paged.cut', { count: MOST_SHOWN, all: deliveries.length })}</p>`}`;
}

function line(viewer: Viewer, zone: string, delivery: DeliveryRow): Html {
  const { kind, address, methodType, reason, state, dueAt, claimedAt, finishedAt } = delivery;
  const whom = kind === 'notice' ? pagedName(viewer, { channel: address }) : pagedName(viewer, delivery);
  return html`<tr data-state="${state}"><td><bdi>${whom}</bdi></td><td>${codeText(viewer, 'method', methodType)}</td><td>${codeText(viewer, 'delivery_reason', reason)}</td><td>${exactMoment(viewer, zone, finishedAt ?? claimedAt ?? dueAt)}</td><td>${result(viewer, delivery)}</td></tr>`;
}

function result(viewer: Viewer, { state, code, attempts }: DeliveryRow): Piece {
  const { text } = viewer;
  const why = code !== undefined && state !== 'handed_over' && html` (${codeText(viewer, 'delivery_code', code)})`;
  const tries = attempts > 1 && html` · ${text('paged.attempts', { count: attempts })}`;
  return html`${text(`delivery.${state}`)}${why}${tries}`;
}
