import { codeOf } from '../../desk/house-notices.ts';
import { headsOf } from '../../desk/setup.ts';
import type { Viewer } from '../viewer.ts';
import { heldPart } from './held.ts';
import { type Html, html, type Piece } from './html.ts';

/** On every page while the file is not what runs; it comes and goes in windows that stay open. */
export function warningPart(viewer: Viewer): Html {
  return html`<div id="warning" hx-get="/warning" hx-trigger="house from:#live throttle:300ms" hx-swap="innerMorph">${heldPart(viewer)}${warning(viewer)}</div>`;
}

/** What is wrong with the file, what runs instead, whose task that is, and each fault for whoever opens it. */
export function warning({ warned, text, desks, nameOf }: Viewer): Piece {
  if (warned === undefined) return false;
  const { unapplied, revision } = warned;
  const heads = [...new Set(desks.flatMap(headsOf))].map(nameOf).join(', ') || 'none';
  return html`<div class="warning" role="status">
<p><strong>${text(`notice.${codeOf(unapplied)}`, { revision })}</strong> ${text('warning.configuration', { heads })}</p>
<details><summary>${text('warning.lines', { count: unapplied.lines.length })}</summary><ul>${unapplied.lines.map((line) => html`<li><code>${line}</code></li>`)}</ul></details>
</div>`;
}
