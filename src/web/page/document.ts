import type { FastifyReply } from 'fastify';
import type { Language } from '../../locales/catalogue.ts';
import type { Viewer } from '../viewer.ts';
import { addressOf } from './assets.ts';
import { csrfField } from './csrf-field.ts';
import { type Html, html, type Piece } from './html.ts';
import { searchForm } from './search-form.ts';
import { warningPart } from './warning.ts';

/** What htmx may do: nothing inline, details stay open when a part is brought up to date, a page is found anew in history. */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  history: false,
  morphIgnore: ['data-htmx-powered', 'open'],
});

/** Where the script puts a length of time that it keeps running. */
const SPAN = { span: '{}' };

type Body = {
  /** Nothing of a case: phones show titles on locked screens. */
  readonly title: string;
  readonly main: Piece;
  /** Which events bring the parts of the page up to date: all, or those of one request. */
  readonly live: string;
  /** What was looked for, on the page that shows what was found. */
  readonly search?: string;
};

/** A page for somebody who is signed in. */
export function fullDocument(viewer: Viewer, { title, main, live, search }: Body): Html {
  const { text, language } = viewer;
  return html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
${head(title)}
<meta name="htmx-config" content="${HTMX_CONFIG}">
<script src="${addressOf('desk.js')}" defer></script>
</head>
<body data-units="${text('time.units')}" data-left="${text('time.left', SPAN)}" data-over="${text('time.over', SPAN)}" data-ago="${text('time.ago', SPAN)}">
<a class="skip" href="#main">${text('page.skip')}</a>
<header>
<nav aria-label="Tocsin">
<ul>
<li><a href="/"><strong>Tocsin</strong></a></li>
<li><a href="/pager">${text('page.pager')}</a></li>
</ul>
<ul>
<li>${searchForm(viewer, 'find', search)}</li>
<li><bdi>${viewer.nameOf(viewer.officer)}</bdi></li>
<li><form method="post" action="/signout">${csrfField(viewer)}<button class="quiet">${text('page.sign_out')}</button></form></li>
</ul>
</nav>
</header>
<p class="lost" role="alert" hidden>${text('page.connection_lost')}</p>
<div id="live" hx-sse:connect="${live}" hx-swap="none" hx-config='{"sse":{"pauseOnBackground":false,"reconnectMaxDelay":5000}}'></div>
<p id="announcer" class="unseen" aria-live="polite"></p>
<main id="main">${warningPart(viewer)}${main}</main>
</body>
</html>`;
}

/** A page for anybody: one message, nothing that moves. `refresh` asks for the same address again after so many seconds. */
export function bareDocument(language: Language, main: Piece, refresh?: number): Html {
  return html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
${head('Tocsin')}
${refresh !== undefined && html`<meta http-equiv="refresh" content="${refresh}">`}
</head>
<body>
<header><nav aria-label="Tocsin"><ul><li><strong>Tocsin</strong></li></ul></nav></header>
<main id="main" class="bare">${main}</main>
</body>
</html>`;
}

export function sendPage(reply: FastifyReply, page: Html): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page.toString());
}

function head(title: string): Html {
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${addressOf('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${addressOf('desk.css')}">`;
}
