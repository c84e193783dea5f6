import { completeness } from '../../request/completeness.ts';
import { kindOf } from '../../request/kinds.ts';
import type { Identifier, Message } from '../../request/message.ts';
import type { Reader } from '../viewer.ts';
import { type Html, html, type Piece } from './html.ts';
import { nameOfThing } from './names.ts';
import type { Gone, RequestData } from './request-data.ts';
import { goneText } from './story.ts';

/** What the messages ask, every field of them. All of it came from outside: it is shown as text and nothing else. */
export function asked(viewer: Reader, { messages, state, desk }: RequestData): Piece {
  const { text } = viewer;
  return messages.map((message, index) => {
    const title = index === 0 ? false : html`<h3>${text('asked.more', { number: index + 1 })}</h3>`;
    return html`${title}${isGone(message) ? goneText(viewer, desk.zone, message) : oneMessage(viewer, state.kind, message)}`;
  });
}

function isGone(message: Message | Gone): message is Gone {
  return 'gone' in message;
}

function oneMessage(viewer: Reader, kind: string, message: Message): Html {
  const { text } = viewer;
  const { sender, ownReference, urgency, grounds = [], preservedUntil, language, subject } = message;
  const from = [sender.person, sender.organisation, sender.country].filter(Boolean).join(', ');
  const facts: readonly (readonly [string, Piece])[] = [
    ['asked.subject', words(subject)],
    ['asked.from', words(from)],
    ['asked.email', words(sender.email)],
    ['asked.phone', words(sender.phone)],
    ['asked.own_reference', words(ownReference)],
    ['asked.kind', words(message.kind === undefined ? undefined : nameOfThing(viewer, 'kind', message.kind))],
    ['asked.urgency', urgency && text(`claimed.${urgency}`)],
    ['asked.grounds', grounds.map((ground) => text(`claimed_ground.${ground}`)).join(', ') || undefined],
    ['asked.preserved_until', words(preservedUntil)],
    ['asked.language', language && languageName(viewer, language)],
  ];
  return html`<dl class="facts">${facts.map(([label, value]) => fact(text(label), value))}${items(viewer, kind, message)}</dl>
${identifiers(viewer, message.identifiers)}
${message.text !== undefined && html`<h3>${text('asked.text')}</h3><blockquote class="message" dir="auto">${message.text}</blockquote>`}`;
}

function fact(label: Piece, value: Piece): Piece {
  return value !== undefined && value !== false && value !== '' && html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
}

/** Case text in a line: its direction is its own and turns nothing around it. */
function words(value: string | undefined): Piece {
  return value !== undefined && value !== '' && html`<bdi>${value}</bdi>`;
}

/** The answers to the items of the kind in the order of the law, then whatever else was sent. */
function items(viewer: Reader, kind: string, { items: answers }: Message): Piece {
  const known = kindOf(kind)?.items ?? [];
  const ofKind = known.map(({ id, name, article }) =>
    fact(html`${viewer.text(name)} <small>${article}</small>`, words(answers[id])),
  );
  const others = Object.entries(answers).filter(([id]) => !known.some((item) => item.id === id));
  return [...ofKind, ...others.map(([id, answer]) => fact(words(nameOfThing(viewer, 'item', id)), words(answer)))];
}

function identifiers({ text }: Reader, list: readonly Identifier[]): Piece {
  if (list.length === 0) return false;
  const row = ({ type, value, port, at, atUtc }: Identifier) =>
    html`<tr><td>${text(`identifier.${type}`)}</td><td><code><bdi>${value}</bdi></code>${port !== undefined && html` <code>:${port}</code>`}</td><td>${words(at)}</td><td>${words(atUtc)}</td></tr>`;
  return html`<h3>${text('asked.identifiers')}</h3>
<div class="wide" role="region" aria-label="${text('asked.identifiers')}" tabindex="0"><table>
<thead><tr><th scope="col">${text('asked.type')}</th><th scope="col">${text('asked.value')}</th><th scope="col">${text('asked.at')}</th><th scope="col">${text('asked.at_utc')}</th></tr></thead>
<tbody>${list.map(row)}</tbody></table></div>`;
}

/**
 * What is missing by article, the law first: it informs, nothing waits for it. What would only help is folded away, unless
 * it `isUnfolded` for somebody who can press nothing.
 */
export function missing({ text }: Reader, { state, messages }: RequestData, isUnfolded = false): Piece {
  const kind = kindOf(state.kind);
  if (kind === undefined || state.missing.length === 0) return false;
  const [first] = messages;
  const found = first === undefined || isGone(first) ? [] : completeness(kind, first).missing;
  const lines = kind.items
    .filter(({ id }) => state.missing.includes(id))
    .map(({ id, article, name, requirement }) => {
      const why = found.find(({ item }) => item === id)?.why ?? 'missing';
      return { requirement, sentence: text(`completeness.${why}`, { article, item: text(name) }) };
    });
  const list = (wanted: 'law' | 'helpful') => {
    const some = lines.filter(({ requirement }) => requirement === wanted);
    if (some.length === 0) return false;
    const rows = some.map(({ sentence }) => html`<li>${sentence}</li>`);
    if (wanted === 'law') return html`<ul class="missing law">${rows}</ul>`;
    return html`<details${isUnfolded && html` open`}><summary>${text('missing.helpful', { count: some.length })}</summary><ul class="missing">${rows}</ul></details>`;
  };
  return html`<h2>${text('missing.title')}</h2>${list('law')}${list('helpful')}`;
}

/** Technical nonsense and what triage noticed. */
export function flags(viewer: Reader, { state, messages }: RequestData): Piece {
  const { text } = viewer;
  const last = messages.at(-1);
  const found = [
    ...state.flags.map(({ code, path }) => {
      const value = last === undefined || isGone(last) ? undefined : valueAt(last, path);
      return html`<li>${nameOfThing(viewer, 'flag', code)} <code><bdi>${value ?? path}</bdi></code></li>`;
    }),
    ...state.notes.map((note) => html`<li>${noteText(viewer, note)}</li>`),
  ];
  return found.length > 0 && html`<h2>${text('flags.title')}</h2><ul class="flags">${found}</ul>`;
}

/** What stands in the field that a flag names, such as `identifiers.0.value`. */
function valueAt(message: Message, path: string): string | undefined {
  const found = path.split('.').reduce<unknown>((value, key) => {
    const isOwn = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return isOwn ? (value as Record<string, unknown>)[key] : undefined;
  }, message);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** A note of the triage or of an intake. */
function noteText(viewer: Reader, note: string): string {
  const group = ['triage.note', 'mail_note', 'intake_note'].find((one) => nameOfThing(viewer, one, note) !== note);
  return group === undefined ? note : nameOfThing(viewer, group, note);
}

function languageName({ language }: Reader, code: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
