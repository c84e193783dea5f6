import type { FastifyInstance } from 'fastify';
import type { HouseFacts, PageParts } from '../page-parts.ts';
import { signedIn } from '../signin/signed-in.ts';
import type { Viewer } from '../viewer.ts';
import { sendPage } from './document.ts';
import { heldPart } from './held.ts';
import { heldRoutes } from './held-routes.ts';
import { type Html, html, type Piece } from './html.ts';
import { exactMoment } from './moment.ts';
import { warning } from './warning.ts';

/** What windows that stay open fetch anew when something of the house has changed. */
export function houseRoutes(app: FastifyInstance, parts: PageParts): void {
  app.get(
    '/warning',
    signedIn(parts, async (viewer, _request, reply) => sendPage(reply, html`${heldPart(viewer)}${warning(viewer)}`)),
  );
  heldRoutes(app, parts);
  app.get(
    '/foot',
    signedIn(parts, async (viewer, _request, reply) => sendPage(reply, html`${await footParts(viewer, parts.house)}`)),
  );
}

/** Quietly at the foot of the board: which revision runs, and the last checkpoint with its line to copy. */
export async function foot(viewer: Viewer, house: HouseFacts): Promise<Html> {
  return html`<footer id="foot" hx-get="/foot" hx-trigger="house from:#live throttle:300ms" hx-swap="innerMorph">${await footParts(viewer, house)}</footer>`;
}

async function footParts(viewer: Viewer, house: HouseFacts): Promise<Piece> {
  const { text } = viewer;
  const revision = house.revision();
  const checkpoint = await house.checkpoint();
  return [
    revision &&
      html`<p>${text('notice.configuration_applied', { revision: revision.number, by: revision.author })}, ${inUtc(viewer, revision.at)}</p>`,
    checkpoint &&
      html`<details><summary>${text('foot.checkpoint')} ${inUtc(viewer, checkpoint.at)}</summary><p>${text('notice.checkpoint')}</p><p><code>${checkpoint.line}</code></p></details>`,
  ];
}

/** As the journal has it: whoever compares it with a line elsewhere must not reckon zones. */
function inUtc(viewer: Viewer, at: number): Html {
  return html`${exactMoment(viewer, 'UTC', at)} UTC`;
}
