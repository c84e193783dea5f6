import { ACTIONS, type Field, type FieldKind } from '../../desk/actions.ts';
import type { FieldFault, Said } from '../../desk/command-of.ts';
import { groundsFor } from '../../desk/grounds.ts';
import type { CommandType } from '../../request/command.ts';
import { KINDS, kindOf } from '../../request/kinds.ts';
import { NOT_POSSIBLE_REASONS } from '../../request/not-possible.ts';
import { MEANS, OWN_WORDS, RECIPIENTS, STOP_REASONS } from '../../request/said-codes.ts';
import { isMoreUrgent, URGENCIES } from '../../request/urgency.ts';
import type { Viewer } from '../viewer.ts';
import { csrfField } from './csrf-field.ts';
import { type Html, html } from './html.ts';
import { localTime } from './local-time.ts';
import { nameOfThing } from './names.ts';
import type { RequestData } from './request-data.ts';
import { runningClocks } from './row.ts';
import { groundText, policyText } from './story-values.ts';

/** What came back from an attempt: what was typed, what is wrong with it. */
export type Attempt = { readonly said: Said; readonly faults: readonly FieldFault[]; readonly refusal?: string };

type Of = { readonly viewer: Viewer; readonly data: RequestData; readonly action: CommandType };

const NO_ATTEMPT: Attempt = { said: {}, faults: [] };

/** The form of an action with every field it asks for; after an attempt with what was typed and what is wrong with it. */
export function actionForm(
  viewer: Viewer,
  data: RequestData,
  action: CommandType,
  attempt: Attempt = NO_ATTEMPT,
): Html {
  const { text } = viewer;
  const { id, shortId } = data.row;
  const fields = ACTIONS[action].fields;
  // The first fault, else the first field: that is where the next key stroke belongs.
  const focus = attempt.faults[0]?.field ?? fields[0]?.name;
  const controls = fields.map((field) => control({ viewer, data, action }, field, attempt, field.name === focus));
  return html`<form class="action" method="post" action="/requests/${id}/actions/${action}" hx-post="/requests/${id}/actions/${action}" hx-target="#panel" hx-swap="innerHTML" aria-labelledby="action-title">
${csrfField(viewer)}
<h2 id="action-title">${text(`action.${action}`)} <small class="short-id">${shortId}</small></h2>
<p class="hint">${text(`about.${action}`)}</p>
${attempt.refusal !== undefined && html`<p class="warning" role="alert">${attempt.refusal}</p>`}
${controls}
<p class="buttons"><button>${text(`action.${action}`)}</button> <a href="/requests/${id}">${text('form.cancel')}</a></p>
</form>`;
}

function control(of: Of, field: Field, { said, faults }: Attempt, focus: boolean): Html {
  const { viewer, data, action } = of;
  const { text } = viewer;
  const fault = faults.find((one) => one.field === field.name);
  const id = `field-${field.name}`;
  const describedBy = [fault && `${id}-fault`, field.kind === 'time' && `${id}-zone`].filter(Boolean).join(' ');
  const attributes = html`id="${id}" name="${field.name}"${field.required && html` required`}${focus && html` autofocus`}${fault !== undefined && html` aria-invalid="true"`}${describedBy !== '' && html` aria-describedby="${describedBy}"`}`;
  const optional = !field.required && html` <small>${text('form.optional')}</small>`;
  const zone =
    field.kind === 'time' && html`<small id="${id}-zone">${text('form.zone', { zone: data.desk.zone })}</small>`;
  return html`<label for="${id}">${text(`label.${action}.${field.name}`)}${optional}</label>
${input(of, field, attributes, said[field.name])}${zone}
${fault !== undefined && html`<p class="warning" id="${id}-fault">${text(`field.${fault.code}`)}</p>`}`;
}

function input(of: Of, field: Field, attributes: Html, said: string | undefined): Html {
  const choices = CHOICES[field.kind]?.(of);
  if (choices !== undefined) return select(of, choices, attributes, said);
  if (field.kind === 'words') return html`<textarea ${attributes} rows="3" dir="auto">${said ?? ''}</textarea>`;
  if (field.kind === 'time')
    return html`<input type="datetime-local" ${attributes} value="${said ?? proposed(of, field)}">`;
  return html`<input type="text" ${attributes} value="${said ?? ''}" dir="auto">`;
}

type Choice = { readonly value: string; readonly label: string };

function select({ viewer }: Of, choices: readonly Choice[], attributes: Html, said: string | undefined): Html {
  const options = choices.map(
    ({ value, label }) => html`<option value="${value}"${value === said && html` selected`}>${label}</option>`,
  );
  // Nothing is chosen beforehand: what was not thought about must not be sent.
  const none = choices.length !== 1 && html`<option value="">${viewer.text('form.choose')}</option>`;
  return html`<select ${attributes}>${none}${options}</select>`;
}

/** What can be chosen, for the kinds of field that have a list. */
const CHOICES: Readonly<Partial<Record<FieldKind, (of: Of) => readonly Choice[]>>> = {
  officer: ({ viewer, data }) =>
    data.desk.officers.map(({ id, name }) => ({
      value: id,
      label: id === viewer.officer ? viewer.text('form.you', { name }) : name,
    })),
  urgency: ({ viewer, data, action }) =>
    URGENCIES.filter((urgency) =>
      action === 'raise' ? isMoreUrgent(urgency, data.state.urgency) : isMoreUrgent(data.state.urgency, urgency),
    ).map((urgency) => ({ value: urgency, label: viewer.text(`urgency.${urgency}`) })),
  kind: ({ viewer }) => KINDS.map(({ id, name }) => ({ value: id, label: viewer.text(name) })),
  ground: ({ viewer, data }) => {
    const kind = kindOf(data.state.kind);
    const listed = groundsFor(data.desk, kind).map(({ code }) => code);
    const codes = kind?.groundsClosed ? listed : [...listed, OWN_WORDS];
    return codes.map((code) => ({ value: code, label: groundText(viewer, data.state.kind, code) }));
  },
  reason: ({ viewer }) => NOT_POSSIBLE_REASONS.map(({ code, text }) => ({ value: code, label: viewer.text(text) })),
  policy: ({ viewer, data }) =>
    Object.keys(data.desk.policies).map((id) => ({ value: id, label: policyText(viewer, id) })),
  clock: ({ viewer, data }) =>
    runningClocks(data.state).map(({ name }) => ({ value: name, label: nameOfThing(viewer, 'clock', name) })),
  means: ({ viewer }) => coded(viewer, 'means', MEANS),
  recipient: ({ viewer }) => coded(viewer, 'recipient', RECIPIENTS),
  stop_reason: ({ viewer }) => coded(viewer, 'clock_stopped', STOP_REASONS),
  duty: ({ viewer }) =>
    ['receipt', 'start', 'progress'].map((duty) => ({ value: duty, label: viewer.text(`told.${duty}`) })),
  agreement: ({ viewer }) =>
    ['yes', 'no'].map((answer) => ({ value: answer, label: viewer.text(`agreement.${answer}`) })),
};

function coded(viewer: Of['viewer'], group: string, codes: readonly string[]): readonly Choice[] {
  return codes.map((value) => ({ value, label: viewer.text(`${group}.${value}`) }));
}

/** Times of things that have happened: mostly just now. Those to come are for the officer to give. */
const HAPPENED: ReadonlySet<string> = new Set(['told_at', 'sent_at', 'effective_at']);

function proposed({ viewer, data }: Of, { name }: Field): string {
  return HAPPENED.has(name) ? localTime(viewer.now, data.desk.zone) : '';
}
