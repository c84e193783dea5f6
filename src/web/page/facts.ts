import type { Duty } from '../../request/entries.ts';
import type { Clock } from '../../request/state.ts';
import { reasonText } from '../../request/triage-reason.ts';
import type { Reader } from '../viewer.ts';
import { type Html, html, type Piece } from './html.ts';
import { deadline, moment } from './moment.ts';
import { nameOfThing } from './names.ts';
import type { Attached, RequestData } from './request-data.ts';
import { clockState } from './row.ts';
import { likenessText, outcomeText, sizeText } from './story-values.ts';

const OWED: readonly Duty[] = ['receipt', 'start', 'progress'];

/** Every clock with its state. */
export function clocks(viewer: Reader, { state, desk }: RequestData): Piece {
  const list = Object.values(state.clocks).sort((a, b) => a.dueAt - b.dueAt);
  if (list.length === 0) return false;
  const lines = list.map((clock) => clockLine(viewer, desk.zone, clock));
  return html`<h2>${viewer.text('clocks.title')}</h2><ul class="clocks">${lines}</ul>`;
}

/** What the requester is owed along the way and was given, each by itself. */
export function owed(viewer: Reader, { state, desk }: RequestData): Html {
  const { text } = viewer;
  const given = OWED.map((duty) => {
    const told = state.duties[duty];
    const when =
      told === undefined
        ? text('owed.not_yet')
        : html`${moment(viewer, desk.zone, told.at)}, ${nameOfThing(viewer, 'means', told.channel)}`;
    return html`<div><dt>${text(`told.${duty}`)}</dt><dd>${when}</dd></div>`;
  });
  return html`<h2>${text('owed.title')}</h2><dl class="facts">${given}<div><dt>${text('owed.result')}</dt><dd>${result(viewer, { state, desk })}</dd></div></dl>
<p class="hint">${text('owed.not_sent')}</p>`;
}

function clockLine(viewer: Reader, zone: string, clock: Clock): Html {
  const { text } = viewer;
  const state = clockState(clock);
  const time = state === 'stopped' ? moment(viewer, zone, clock.dueAt) : deadline(viewer, zone, clock.dueAt);
  const why =
    clock.stopped !== undefined &&
    html` (${nameOfThing(viewer, 'clock_stopped', clock.stopped.reason)}, ${moment(viewer, zone, clock.stopped.at)})`;
  return html`<li data-clock="${state}"><strong>${nameOfThing(viewer, 'clock', clock.name)}</strong> ${time} <span class="mark">${text(`clock_state.${state}`)}</span>${why}</li>`;
}

function result(viewer: Reader, { state, desk }: Pick<RequestData, 'state' | 'desk'>): Piece {
  if (!('outcome' in state) || state.outcome === undefined) return viewer.text('owed.not_yet');
  return html`<bdi>${outcomeText({ viewer, zone: desk.zone, kind: state.kind }, state.outcome)}</bdi>`;
}

/** How urgent and why, by which table row, and how sure it is who sent it. */
export function triage(viewer: Reader, { state, desk }: RequestData): Html {
  const { text } = viewer;
  const { nature } = state;
  return html`<dl class="facts">
${nature !== undefined && html`<div><dt>${text('nature.title')}</dt><dd>${text('nature.as_labelled', { nature: text(`nature.${nature}`) })}</dd></div>`}
<div><dt>${text('triage.why')}</dt><dd>${why(viewer, { state, desk })}</dd></div>
<div><dt>${text('triage.kind_chosen')}</dt><dd>${text(`kind_chosen.${state.kindChosenBy}`)}</dd></div>
${state.review !== undefined && html`<div><dt>${text('mark.review')}</dt><dd>${viewer.nameOf(state.review.by)} · ${text(`urgency.${state.review.from}`)} → ${text(`urgency.${state.review.to}`)}</dd></div>`}
</dl>`;
}

/** The reason and the row of the table that gave it; what an officer decided is no row. */
function why(viewer: Reader, { state, desk }: Pick<RequestData, 'state' | 'desk'>): Piece {
  const { text } = viewer;
  if (state.reason === 'by_hand') return text('triage.by_hand');
  const { key, values } = reasonText(state.reason);
  const name = desk.rowReasons[state.row] ?? nameOfThing(viewer, 'triage.row', state.row);
  return html`${text(key, values)} <small>${text('triage.by_row', { row: state.row, name })}</small>`;
}

/** An unverified sender holds the execution, never the page. */
export function verification(viewer: Reader, { state, entries }: RequestData): Html {
  const { text, nameOf, nameOfSource } = viewer;
  const { how } = state.verification;
  const actor = entries.findLast(({ type }) => type === 'sender.verified/1')?.actor;
  const officer = actor?.kind === 'officer' ? nameOf(actor.officer) : text('verification.an_officer');
  const by = nameOfSource(state.verification.by);
  const name = nameOfSource(state.source);
  const source = state.network === undefined ? name : `${name}, ${state.network}`;
  return html`<h2>${text('verification.title')}</h2>
<p data-verified="${how}"><strong>${text(`verification.${how}`, { by, officer })}</strong> <small>${text('verification.source', { source })}</small></p>
${how === 'unverified' && html`<p class="warning">${text('verification.holds')}</p>`}`;
}

export function links(viewer: Reader, data: RequestData): Piece {
  if (data.links.length === 0) return false;
  const rows = data.links.map(
    ({ id, shortId, reason }) =>
      html`<li><a href="/requests/${id}" class="short-id">${shortId}</a> ${likenessText(viewer, reason)}</li>`,
  );
  return html`<h2>${viewer.text('links.title')}</h2><ul>${rows}</ul><p class="hint">${viewer.text('links.hint')}</p>`;
}

/** Attachments are hostile: they can be fetched, never looked at here. */
export function attachments(viewer: Reader, { row, attachments: list, entries }: RequestData): Piece {
  const { text } = viewer;
  const originals = entries.filter(({ data }) => 'original' in data).map(({ n }) => original(viewer, row.id, n));
  if (list.length === 0 && originals.length === 0) return false;
  return html`<h2>${text('attachments.title')}</h2>
<ul class="attachments">${list.map((one) => attachment(viewer, row.id, one))}${originals}</ul>
<p class="hint">${text('attachments.hint')}</p>`;
}

function attachment(viewer: Reader, request: string, { id, name, size, sha256 }: Attached): Html {
  const shown = name ?? viewer.text('attachments.erased');
  return html`<li><a href="/requests/${request}/attachments/${id}" download><bdi>${shown}</bdi></a> <small>${sizeText(viewer, size)}</small><br><code class="hash">SHA-256 ${sha256}</code></li>`;
}

function original(viewer: Reader, request: string, n: number): Html {
  return html`<li><a href="/requests/${request}/originals/${n}" download>${viewer.text('attachments.original', { n })}</a></li>`;
}
