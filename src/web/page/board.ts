import type { OfficerId } from '../../../rota/rota.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import type { Notice } from '../../ports/channel.ts';
import type { RequestRow } from '../../ports/steps.ts';
import { involvedDesks, type RequestState } from '../../request/state.ts';
import type { PageParts } from '../page-parts.ts';
import type { Viewer } from '../viewer.ts';
import { banner } from './banner.ts';
import { type BoardFilter, filterBar, isShown } from './board-filter.ts';
import { type DutyNow, duty } from './duty.ts';
import { type Html, html, type Piece } from './html.ts';
import { announced, boardRow } from './row.ts';
import { unheardNow } from './unheard.ts';

const SECTIONS = ['open', 'acknowledged', 'concluded'] as const;
/** And in their own time, when they are asked for: the newest of them. */
const CLOSED = 'closed';
const MOST_CLOSED = 50;
/** Of each section. More than anybody can read; what is cut off is said. */
const MOST_ROWS = 200;

export type BoardData = {
  readonly rows: readonly RequestRow[];
  readonly duties: ReadonlyMap<string, DutyNow>;
  readonly notices: readonly Notice[];
};

/** What the board of this officer shows now: every desk that the officer belongs to. What is filtered out is there too. */
export async function boardData(
  parts: BoardParts,
  { desks, officer }: Viewer,
  filter: BoardFilter,
): Promise<BoardData> {
  const { store } = parts.desk;
  const ids = desks.map(({ id }) => id);
  // Each section by itself: what is nearly done must not crowd out what nobody has.
  const sections = await Promise.all(SECTIONS.map((status) => store.board(ids, [status], MOST_ROWS)));
  const closed = filter.show === CLOSED ? await closedRows(store, ids, officer, filter) : [];
  const duties = await Promise.all(
    desks.map(async (desk) => {
      const overrides = await store.overrides(desk.id);
      return [desk.id, { overrides, unheard: await unheardNow(parts, desk, overrides) }] as const;
    }),
  );
  return {
    rows: [...sections.flat(), ...closed],
    duties: new Map(duties),
    notices: parts.hub.notices(ids),
  };
}

type BoardParts = Pick<PageParts, 'desk' | 'hub' | 'pagers'>;

function closedRows(
  store: BoardParts['desk']['store'],
  desks: readonly string[],
  officer: OfficerId,
  { urgency }: BoardFilter,
): Promise<readonly RequestRow[]> {
  const urgencies = urgency === undefined ? {} : { urgencies: [urgency] };
  const asked = { terms: [], statuses: [CLOSED], ...urgencies, seenBy: { desks, officer } } as const;
  return store.findRequests(asked, MOST_CLOSED).then(({ rows }) => rows);
}

/** The board by desk, and in each desk by what is to be done; the store has put the most urgent and oldest first. */
export function board(viewer: Viewer, { rows, duties, notices }: BoardData, filter: BoardFilter): Html {
  const isOwn = (row: RequestRow) => isShown(filter, viewer, row);
  const desks = viewer.desks.map((desk) => {
    const own = rows.filter(({ state }) => placeOf(viewer, state)?.id === desk.id);
    return html`<section aria-labelledby="desk-${desk.id}">
<h1 id="desk-${desk.id}">${desk.name}</h1>
${duty(viewer, desk, duties.get(desk.id))}
${banner(viewer, own, notices)}
${sections(viewer, desk, own.filter(isOwn), filter)}
</section>`;
  });
  const isCut = SECTIONS.some((status) => rows.filter((row) => row.status === status).length >= MOST_ROWS);
  const cut = isCut && html`<p class="warning">${viewer.text('board.cut', { count: MOST_ROWS })}</p>`;
  const hidden = rows.filter((row) => row.status !== CLOSED && !isOwn(row)).map((row) => announced(viewer, row));
  return html`<div id="board" data-now="${viewer.now}">${filterBar(viewer, filter, rows)}${desks}${cut}${hidden}</div>`;
}

function sections(viewer: Viewer, desk: DeskSetup, rows: readonly RequestRow[], { show, urgency }: BoardFilter): Piece {
  const isWhole = show === 'all' && urgency === undefined;
  if (rows.length === 0 && !isWhole) return html`<p class="empty">${viewer.text('board.none_shown')}</p>`;
  return ([...SECTIONS, CLOSED] as const).map((status) => {
    const own = rows.filter((row) => row.status === status);
    return section(viewer, desk, status, own, isWhole);
  });
}

/** With its own desk; for who is not in that one, with the first of theirs that was paged for it. */
function placeOf({ desks }: Viewer, state: RequestState): DeskSetup | undefined {
  const involved = involvedDesks(state);
  return desks.find(({ id }) => id === state.desk) ?? desks.find(({ id }) => involved.includes(id));
}

function section(
  viewer: Viewer,
  desk: DeskSetup,
  status: RequestRow['status'],
  rows: readonly RequestRow[],
  isWhole: boolean,
): Piece {
  const { text } = viewer;
  const saysNone = status === 'open' && isWhole;
  if (rows.length === 0)
    return saysNone && html`<h2>${text('board.open')}</h2><p class="empty">${text('board.none_open')}</p>`;
  return html`<h2>${text(`board.${status}`)} <small>${rows.length}</small></h2>
<ul class="rows">${rows.map((row) => boardRow(viewer, desk, row))}</ul>`;
}
