import { addressOf } from '../page/assets.ts';
import { type Html, html } from '../page/html.ts';
import type { Viewer } from '../viewer.ts';

/**
 * The page of the pager. All its texts stand in it; which of them are seen follows from the state that the script keeps in
 * the attributes of `main`. Before "Start" nothing is connected: a browser makes no sound without a gesture.
 */
export function pagerDocument(viewer: Viewer): Html {
  const { text, language, csrf } = viewer;
  return html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark">
<meta name="csrf" content="${csrf}">
<title>${text('pager.title')} · Tocsin</title>
<link rel="icon" href="${addressOf('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${addressOf('pager.css')}">
<script src="${addressOf('pager.js')}" defer></script>
</head>
<body>
<header><a href="/">Tocsin</a> <bdi>${viewer.nameOf(viewer.officer)}</bdi></header>
<main data-state="off" data-sound="off">
<h1 class="unseen">${text('pager.title')}</h1>
<noscript><p class="problem">${text('pager.needs_script')}</p></noscript>
<section id="status" class="when-on">
<p class="good when-connected">${text('pager.connected')}</p>
<div class="trouble when-lost" role="alert">${text('pager.lost')}</div>
<div class="trouble when-signed-out" role="alert">${text('pager.signed_out')} <a href="/pager">${text('pager.sign_in')}</a></div>
<button id="know" class="when-loud">${text('pager.i_know')}</button>
<p id="ends" class="problem" role="alert" hidden><span id="ends-when"></span></p>
<p class="problem when-silent" role="alert">${text('pager.silent')} <button id="sound">${text('pager.sound_on')}</button></p>
</section>
<section class="when-off">
<button id="start">${text('pager.start')}</button>
<p>${text('pager.start_why')}</p>
</section>
<ul id="pages" aria-live="assertive"></ul>
<section class="when-on">
<p>${text('pager.keep_open')}</p>
<p class="small">${text('pager.last_beat')} <time id="beat">–</time> · <span class="when-awake">${text('pager.awake')}</span><span class="when-asleep">${text('pager.may_sleep')}</span></p>
</section>
<ul id="log" aria-live="polite"></ul>
</main>
<template id="page">
<li class="page">
<p class="urgency"></p>
<p class="short-id"></p>
<p><time></time> <span class="count"></span></p>
<p class="why"></p>
<p class="buttons"><button class="ack">${text('action.acknowledge')}</button><button class="pass">${text('action.pass')}</button></p>
<p class="small"><a class="open">${text('pager.open')}</a></p>
<p class="problem" role="alert" hidden>${text('pager.not_sent')}</p>
</li>
</template>
</body>
</html>`;
}
