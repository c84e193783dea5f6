import type { Reader } from '../viewer.ts';
import { foldPages, type PagedLine } from './fold-pages.ts';
import { type Html, html, type Piece } from './html.ts';
import { exactMoment } from './moment.ts';
import { codeText } from './names.ts';
import type { RequestData } from './request-data.ts';
import { pagedName } from './story-values.ts';

/** A request that rings for days has thousands of pages. */
const MOST_SHOWN = 100;
const COLUMNS = ['whom', 'method', 'why', 'when', 'result'] as const;

/** Who was paged how, and what came of it, the newest page first. On a narrow screen each line stands below the other. */
export function paged(viewer: Reader, { deliveries, desk, bundles }: RequestData): Piece {
  const { text } = viewer;
  if (deliveries.length === 0) return html`<p class="empty">${text('paged.nobody')}</p>`;
  const lines = foldPages(deliveries);
  const heads = COLUMNS.map((head) => html`<th scope="col">${text(`paged.${head}`)}</th>`);
  const travelled = bundles.map((bundle) => html`<li>${text('paged.bundle', bundle)}</li>`);
  return html`<table class="stacked">
<thead><tr>${heads}</tr></thead>
<tbody>${lines
    .slice(-MOST_SHOWN)
    .toReversed()
    .map((one) => line(viewer, desk.zone, one))}</tbody></table>
${travelled.length > 0 && html`<ul>${travelled}</ul>`}
${lines.length > MOST_SHOWN && html`<p class="empty">${text('paged.cut', { count: MOST_SHOWN, all: lines.length })}</p>`}`;
}

function line(viewer: Reader, zone: string, { first, last, pages, attempts, reasons }: PagedLine): Html {
  const { kind, address, methodType, state } = last;
  const cells: Readonly<Record<(typeof COLUMNS)[number], Piece>> = {
    whom: html`<bdi>${kind === 'notice' ? pagedName(viewer, { channel: address }) : pagedName(viewer, last)}</bdi>`,
    method: codeText(viewer, 'method', methodType),
    why: reasons.map((reason) => codeText(viewer, 'delivery_reason', reason)).join(', '),
    when: [pages > 1 && html`${exactMoment(viewer, zone, timeOf(first))} – `, exactMoment(viewer, zone, timeOf(last))],
    result: result(viewer, last, pages, attempts),
  };
  return html`<tr data-state="${state}">${COLUMNS.map((name) => html`<td data-label="${viewer.text(`paged.${name}`)}">${cells[name]}</td>`)}</tr>`;
}

function timeOf({ finishedAt, claimedAt, dueAt }: PagedLine['last']): number {
  return finishedAt ?? claimedAt ?? dueAt;
}

function result(viewer: Reader, { state, code }: PagedLine['last'], pages: number, attempts: number): Piece {
  const { text } = viewer;
  const why = code !== undefined && state !== 'handed_over' && html` (${codeText(viewer, 'delivery_code', code)})`;
  const times = pages > 1 && html` · ${text('paged.pages', { count: pages })}`;
  const tries = attempts > pages && html` · ${text('paged.attempts', { count: attempts })}`;
  const stands = state === 'pending' && code !== undefined ? 'again' : state;
  return html`${text(`delivery.${stands}`)}${why}${times}${tries}`;
}
