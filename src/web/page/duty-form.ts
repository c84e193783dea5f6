import type { Override } from '../../../rota/rota.ts';
import type { Said } from '../../desk/command-of.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import type { Viewer } from '../viewer.ts';
import { csrfField } from './csrf-field.ts';
import { dutyFacts } from './duty.ts';
import { type DutyFault, type DutyField, EVERYBODY, NOBODY, ROTA } from './duty-said.ts';
import { type Html, html, type Piece } from './html.ts';
import { localTime } from './local-time.ts';

/** What was typed, and what is wrong with it. */
export type DutyAttempt = { readonly said: Said; readonly faults: readonly DutyFault[]; readonly refusal?: string };

/**
 * The page on which an officer changes who is on duty: on its own, so that no news can take away what is being typed.
 * Proposed are everybody, now, and the next handover; who, is for the officer to say.
 */
export function dutyPage(
  viewer: Viewer,
  desk: DeskSetup,
  overrides: readonly Override[],
  attempt: DutyAttempt = { said: proposed(viewer, desk, overrides), faults: [] },
): Html {
  const { text } = viewer;
  const next = { viewer, desk, attempt };
  return html`<h1 id="duty-title">${text('duty.change')} <small>${desk.name}</small></h1>
${dutyFacts(viewer, desk, overrides)}
<form class="action" method="post" action="/desks/${desk.id}/duty" aria-labelledby="duty-title">
${csrfField(viewer)}
<p class="hint">${text('duty_form.hint')}</p>
${attempt.refusal !== undefined && html`<p class="warning" role="alert">${attempt.refusal}</p>`}
${select(next, 'who', [{ value: '', label: text('form.choose') }, ...officers(next), { value: ROTA, label: text('duty_form.rota') }, { value: NOBODY, label: text('duty_form.nobody') }])}
${select(next, 'and', [{ value: '', label: '–' }, ...officers(next)])}
${select(next, 'instead', [{ value: EVERYBODY, label: text('duty_form.everybody') }, ...officers(next)])}
${time(next, 'from')}
${time(next, 'until')}
<p class="hint">${text('duty_form.early')}</p>
<p class="buttons"><button>${text('duty.change')}</button> <a href="/">${text('form.cancel')}</a></p>
</form>`;
}

function proposed({ now }: Viewer, desk: DeskSetup, overrides: readonly Override[]): Said {
  const next = desk.rota(overrides).nextChange(now);
  const until = next === undefined ? {} : { until: localTime(next, desk.zone) };
  return { instead: EVERYBODY, from: localTime(now, desk.zone), ...until };
}

type Of = { readonly viewer: Viewer; readonly desk: DeskSetup; readonly attempt: DutyAttempt };
type Choice = { readonly value: string; readonly label: string };

function officers({ viewer, desk }: Of): readonly Choice[] {
  return desk.officers.map(({ id, name }) => ({
    value: id,
    label: id === viewer.officer ? viewer.text('form.you', { name }) : name,
  }));
}

function select(of: Of, field: DutyField, choices: readonly Choice[]): Html {
  const said = of.attempt.said[field] ?? '';
  const options = choices.map(
    ({ value, label }) => html`<option value="${value}"${value === said && html` selected`}>${label}</option>`,
  );
  return labelled(of, field, [], (attributes) => html`<select ${attributes}>${options}</select>`);
}

function time(of: Of, field: DutyField): Html {
  const said = of.attempt.said[field] ?? '';
  const zone = html`<small id="field-${field}-zone">${of.viewer.text('form.zone', { zone: of.desk.zone })}</small>`;
  return labelled(
    of,
    field,
    [`field-${field}-zone`],
    (attributes) => html`<input type="datetime-local" ${attributes} value="${said}">${zone}`,
  );
}

/** A control with its label and what is wrong with it; the first fault, else the first field, has the focus. */
function labelled(of: Of, field: DutyField, about: readonly string[], control: (attributes: Html) => Piece): Html {
  const { text } = of.viewer;
  const { faults } = of.attempt;
  const fault = faults.find((one) => one.field === field);
  const id = `field-${field}`;
  const describedBy = [...(fault === undefined ? [] : [`${id}-fault`]), ...about].join(' ');
  const isOptional = field === 'and';
  const hasFocus = field === (faults[0]?.field ?? 'who');
  const attributes = html`id="${id}" name="${field}"${!isOptional && html` required`}${hasFocus && html` autofocus`}${fault !== undefined && html` aria-invalid="true"`}${describedBy !== '' && html` aria-describedby="${describedBy}"`}`;
  return html`<label for="${id}">${text(`duty_form.${field}`)}${isOptional && html` <small>${text('form.optional')}</small>`}</label>
${control(attributes)}
${fault !== undefined && html`<p class="warning" id="${id}-fault">${text(`field.${fault.code}`)}</p>`}`;
}
