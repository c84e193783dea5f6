import type { Notice } from '../../ports/channel.ts';
import type { RequestRow } from '../../ports/steps.ts';
import type { Open } from '../../request/state.ts';
import type { Viewer } from '../viewer.ts';
import { isReaching } from './holder.ts';
import { html, type Piece } from './html.ts';

/**
 * What the rows do not say by themselves: in one line, of how many requests the whole desk has been told because nobody
 * has them, and whether somebody is paged for them; in another, which of them Tocsin cannot process. The first comes from
 * the rows, so that it says what they say, before and after a restart.
 */
export function banner(viewer: Viewer, rows: readonly RequestRow[], notices: readonly Notice[]): Piece {
  const open = rows.flatMap(({ state }) => (state.status === 'open' ? [state] : []));
  const lines = [waiting(viewer, open), stuck(viewer, open, notices)].filter((line) => line !== undefined);
  if (lines.length === 0) return false;
  return html`<div class="banner" role="alert">${lines.map((line) => html`<p>${line}</p>`)}</div>`;
}

function waiting({ text }: Viewer, open: readonly Open[]): string | undefined {
  const told = open.filter((state) => isToldToAll(state) || isUnreached(state));
  if (told.length === 0) return undefined;
  const unreached = told.filter(isUnreached).length;
  const paged = told.length - unreached;
  const how = unreached === 0 ? 'paged' : paged === 0 ? 'unreached' : 'both';
  return text('banner.waiting', { count: told.length, how, paged, unreached });
}

/** The last resort has rung, or a step called the channel. */
function isToldToAll({ escalation, children }: Open): boolean {
  return [escalation, ...children].some(
    ({ lastResort, pages }) => lastResort || pages.some(({ channel }) => channel !== undefined),
  );
}

/** It has rung, and nothing that rang has reached anybody. */
function isUnreached({ escalation, children }: Open): boolean {
  const all = [escalation, ...children];
  return escalation.ringing !== undefined && !all.some(isReaching);
}

function stuck({ text }: Viewer, open: readonly Open[], notices: readonly Notice[]): string | undefined {
  const told = new Set(notices.flatMap(({ code, shortId }) => (code === 'stuck' ? [shortId] : [])));
  const which = open.map(({ shortId }) => shortId).filter((shortId) => told.has(shortId));
  return which.length === 0 ? undefined : text('banner.stuck', { count: which.length, which: which.join(', ') });
}
