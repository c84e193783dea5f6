import type { FastifyInstance } from 'fastify';
import { type Found, type FoundRequest, findRequests } from '../../desk/search.ts';
import type { Excerpt } from '../../desk/search-excerpt.ts';
import type { Misread } from '../../desk/search-query.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import { MOST_COUNTED } from '../../ports/search.ts';
import { fold } from '../../request/fold.ts';
import { involvedDesks } from '../../request/state.ts';
import type { PageParts } from '../page-parts.ts';
import { signedIn } from '../signin/signed-in.ts';
import type { Viewer } from '../viewer.ts';
import { fullDocument, sendPage } from './document.ts';
import { type Html, html, type Piece } from './html.ts';
import { boardRow } from './row.ts';

/** The page of what was looked for: `/search?q=…`. */
export function searchRoutes(app: FastifyInstance, parts: PageParts): void {
  app.get(
    '/search',
    signedIn(parts, async (viewer, request, reply) => {
      const { q } = request.query as { readonly q?: unknown };
      const asked = typeof q === 'string' ? q.trim() : '';
      const found = await findRequests(parts.desk, asked, viewer.officer);
      const meant = theOne(found, asked);
      if (meant !== undefined) return reply.redirect(`/requests/${meant.id}`);
      const main = resultPage(viewer, parts, asked, found);
      // It shows no board: nothing that is said there counts as read here.
      return sendPage(reply, fullDocument(viewer, { title: 'Tocsin', main, live: '/events?request=', search: asked }));
    }),
  );
}

/**
 * The request that a question names, when it names one. A sender may call his request by a common word, so what he calls
 * it leads there only when it has a digit.
 */
function theOne({ rows }: Found, asked: string): FoundRequest | undefined {
  const [named, ...others] = rows.filter(({ exact }) => exact);
  if (named === undefined || others.length > 0) return undefined;
  const isOurs = [named.shortId, named.reference].some((name) => fold(name) === fold(asked));
  return isOurs || /\d/.test(asked) ? named : undefined;
}

function resultPage(viewer: Viewer, { desk }: PageParts, asked: string, found: Found): Html {
  const { text } = viewer;
  const { rows, more, indexing, misread } = found;
  const total = rows.length + more;
  return html`<h1>${text('search.title')}</h1>
${misread.map((one) => misreadNote(viewer, one))}
${indexing && html`<p class="hint">${text('search.indexing')}</p>`}
${asked !== '' && html`<p id="found" role="status">${text(total >= MOST_COUNTED ? 'search.found_many' : 'search.found', { count: total })}${more > 0 && html` ${text('search.first', { count: rows.length })}`}</p>`}
${rows.length > 0 && html`<ul class="rows">${rows.map((row) => foundRow(viewer, desk.setups.desks(), row))}</ul>`}
${rows.length === 0 && help(viewer)}`;
}

function misreadNote({ text }: Viewer, { key, value, takes }: Misread): Html {
  return html`<p class="warning">${text('search.misread', { said: `${key}:${value}`, takes: takes.join(', ') })}</p>`;
}

/** What can be asked, with examples that are links. */
function help({ text }: Viewer): Html {
  const examples = [
    'REF-123/2026',
    '192.0.2.7',
    'smith is:closed',
    'is:mine',
    'urgency:emergency since:2026-11-01',
    'kind:preservation country:RO',
  ];
  return html`<p class="hint">${text('search.help')}</p>
<ul class="hint">${examples.map((one) => html`<li><a href="/search?q=${encodeURIComponent(one)}">${one}</a></li>`)}</ul>`;
}

function foundRow(viewer: Viewer, desks: readonly DeskSetup[], row: FoundRequest): Piece {
  const involved = involvedDesks(row.state);
  const desk =
    viewer.desks.find(({ id }) => id === row.desk) ??
    viewer.desks.find(({ id }) => involved.includes(id)) ??
    desks.find(({ id }) => id === row.desk) ??
    viewer.desks[0];
  if (desk === undefined) return false;
  const matched = row.excerpts.map((one) => html`<span>${excerpt(viewer, one)}</span>`);
  return boardRow(viewer, desk, row, matched.length > 0 && html`\n<span class="matched">${matched}</span>`);
}

function excerpt({ text }: Viewer, { field, parts }: Excerpt): Html {
  const words = parts.map((part) => (part.hit ? html`<mark>${part.text}</mark>` : part.text));
  return html`<small>${text(`search.in_${field}`)}</small> <bdi>${words}</bdi>`;
}
