import type { Override } from '../../../rota/rota.ts';
import { channelsOf, type Desk } from '../../desk/desk.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import { hasText } from '../../locales/catalogue.ts';
import type { Notice } from '../../ports/channel.ts';
import type { RequestRow } from '../../ports/steps.ts';
import { involvedDesks, type RequestState } from '../../request/state.ts';
import type { Viewer } from '../viewer.ts';
import { duty } from './duty.ts';
import { type Html, html, type Piece } from './html.ts';
import type { Hub } from './hub.ts';
import { moment } from './moment.ts';
import { boardRow } from './row.ts';

const SECTIONS = ['open', 'acknowledged', 'concluded'] as const;
/** Of each section. More than anybody can read; what is cut off is said. */
const MOST_ROWS = 200;

export type BoardData = {
  readonly rows: readonly RequestRow[];
  readonly overrides: ReadonlyMap<string, readonly Override[]>;
  readonly notices: readonly Notice[];
};

/** What the board of this officer shows now: every desk that the officer belongs to. */
export async function boardData({ store, setups }: Desk, hub: Hub, { desks }: Viewer): Promise<BoardData> {
  const ids = desks.map(({ id }) => id);
  // Each section by itself: what is nearly done must not crowd out what nobody has.
  const sections = await Promise.all(SECTIONS.map((status) => store.board(ids, [status], MOST_ROWS)));
  const overrides = await Promise.all(desks.map(async ({ id }) => [id, await store.overrides(id)] as const));
  return {
    rows: sections.flat(),
    overrides: new Map(overrides),
    notices: hub.notices(ids.flatMap(channelsOf(setups))),
  };
}

/** The board by desk, and in each desk by what is to be done; the store has put the most urgent and oldest first. */
export function board(viewer: Viewer, { rows, overrides, notices }: BoardData): Html {
  const desks = viewer.desks.map((desk) => {
    const own = rows.filter(({ state }) => placeOf(viewer, state)?.id === desk.id);
    return html`<section aria-labelledby="desk-${desk.id}">
<h1 id="desk-${desk.id}">${desk.name}</h1>
${duty(viewer, desk, overrides.get(desk.id) ?? [])}
${banner(viewer, desk, own, notices)}
${SECTIONS.map((status) =>
  section(
    viewer,
    desk,
    status,
    own.filter((row) => row.status === status),
  ),
)}
</section>`;
  });
  const isCut = SECTIONS.some((status) => rows.filter((row) => row.status === status).length >= MOST_ROWS);
  const cut = isCut && html`<p class="warning">${viewer.text('board.cut', { count: MOST_ROWS })}</p>`;
  return html`<div id="board" data-now="${viewer.now}">${desks}${cut}</div>`;
}

/** With its own desk; for who is not in that one, with the first of theirs that was paged for it. */
function placeOf({ desks }: Viewer, state: RequestState): DeskSetup | undefined {
  const involved = involvedDesks(state);
  return desks.find(({ id }) => id === state.desk) ?? desks.find(({ id }) => involved.includes(id));
}

function section(
  viewer: Viewer,
  desk: DeskSetup,
  status: (typeof SECTIONS)[number],
  rows: readonly RequestRow[],
): Piece {
  const { text } = viewer;
  if (rows.length === 0)
    return status === 'open' && html`<h2>${text('board.open')}</h2><p class="empty">${text('board.none_open')}</p>`;
  return html`<h2>${text(`board.${status}`)} <small>${rows.length}</small></h2>
<ul class="rows">${rows.map((row) => boardRow(viewer, desk, row))}</ul>`;
}

/** Notices about requests that nobody has yet, and those about no request. */
function banner(viewer: Viewer, desk: DeskSetup, rows: readonly RequestRow[], notices: readonly Notice[]): Piece {
  const open = new Set(rows.filter(({ status }) => status === 'open').map(({ shortId }) => shortId));
  const latest = new Map<string, Notice>();
  for (const notice of notices) {
    const about = notice.shortId ?? notice.id;
    if ((notice.shortId === undefined || open.has(notice.shortId)) && !latest.has(about)) latest.set(about, notice);
  }
  if (latest.size === 0) return false;
  const lines = [...latest.values()].map(
    (notice) => html`<li>${moment(viewer, desk.zone, notice.at)} ${noticeText(viewer, notice)}</li>`,
  );
  return html`<div class="banner" role="alert"><ul>${lines}</ul></div>`;
}

function noticeText(viewer: Viewer, { code, shortId, urgency }: Notice): string {
  const { text } = viewer;
  if (shortId !== undefined && urgency !== undefined && hasText(`notice.${code}`))
    return text(`notice.${code}`, { shortId, urgency: text(`urgency.${urgency}`) });
  return text('notice.other', { code, shortId: shortId ?? 'none' });
}
