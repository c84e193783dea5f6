import { WORDS, type Word } from '../../commands/words.ts';
import type { Desk } from '../../desk/desk.ts';
import type { Viewer } from '../viewer.ts';
import type { Told } from './command-box-line.ts';
import { csrfField } from './csrf-field.ts';
import { type Html, html, type Piece } from './html.ts';

export type BoxData = {
  /** The request whose page it stands on. */
  readonly beside?: string;
  /** Short ids that are offered. */
  readonly shortIds: readonly string[];
  /** What was typed, when it was not done. */
  readonly text?: string;
  readonly told?: Told;
};

/** So many short ids are offered where the page itself has none. */
const MOST_IDS = 20;

/**
 * One line in which every action can be typed. Without a script it is a form like any other; with one, `/` goes there, and
 * what is offered follows what is typed. The reply is announced and takes no focus.
 */
export function commandBox(viewer: Viewer, { beside, shortIds, text: typed, told }: BoxData): Html {
  const { text } = viewer;
  return html`<section id="command">
<form method="post" action="/commands" hx-post="/commands" hx-target="#command-reply" hx-swap="innerHTML">
${csrfField(viewer)}${beside !== undefined && html`<input type="hidden" name="beside" value="${beside}">`}
<label class="unseen" for="command-text">${text('command.label')}</label>
<input id="command-text" type="text" name="text" value="${typed ?? ''}" list="command-words" placeholder="${text('command.placeholder')}" aria-keyshortcuts="/" autocomplete="off" autocapitalize="none" spellcheck="false" dir="auto">
<button>${text('command.do')}</button>
</form>
<datalist id="command-words">${wordOptions(viewer, shortIds)}</datalist>
<datalist id="command-names">${[...shortIds, ...officerNames(viewer)].map(option)}</datalist>
<div id="command-reply" aria-live="polite">${told !== undefined && replyNote(told)}</div>
</section>`;
}

/** What a command came to. What can be opened is a link; all of it is text and nothing else. */
export function replyNote({ tone, lines }: Told): Html {
  const [first, ...others] = lines.map(({ text, id }) =>
    id === undefined ? html`<bdi>${text}</bdi>` : html`<a href="/requests/${id}"><bdi>${text}</bdi></a>`,
  );
  const list = others.length > 0 && html`<ul>${others.map((line) => html`<li>${line}</li>`)}</ul>`;
  return tone === 'done'
    ? html`<div class="done" role="status" data-done><p>${first}</p>${list}</div>`
    : html`<div class="warning" role="alert"><p>${first}</p>${list}</div>`;
}

/** Of what nobody has, for a page that does not show the board's rows. */
export async function openShortIds({ store }: Desk, { desks }: Viewer): Promise<readonly string[]> {
  const rows = await store.board(
    desks.map(({ id }) => id),
    ['open'],
    MOST_IDS,
  );
  return rows.map(({ shortId }) => shortId);
}

/** Without a script only whole commands can be offered: every word, and the usual answers to what is open. */
function wordOptions({ language }: Viewer, shortIds: readonly string[]): Piece {
  const shown = ({ names, name }: Word) => names[language][0] ?? name;
  const answers = WORDS.filter(({ action }) => action === 'acknowledge' || action === 'pass');
  return [
    ...WORDS.map((word) => option(shown(word))),
    ...answers.flatMap((word) => shortIds.map((id) => option(`${shown(word)} ${id}`))),
  ];
}

function officerNames({ desks }: Viewer): readonly string[] {
  return [...new Set(desks.flatMap(({ officers }) => officers.map(({ id }) => id)))];
}

function option(value: string): Html {
  return html`<option value="${value}"></option>`;
}
