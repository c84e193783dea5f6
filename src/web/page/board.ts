import { channelsOf } from '../../desk/desk.ts';
import type { DeskSetup } from '../../desk/setup.ts';
import type { Notice } from '../../ports/channel.ts';
import type { RequestRow } from '../../ports/steps.ts';
import { involvedDesks, type RequestState } from '../../request/state.ts';
import type { PageParts } from '../page-parts.ts';
import type { Viewer } from '../viewer.ts';
import { banner } from './banner.ts';
import { type DutyNow, duty } from './duty.ts';
import { type Html, html, type Piece } from './html.ts';
import { boardRow } from './row.ts';
import { unheardNow } from './unheard.ts';

const SECTIONS = ['open', 'acknowledged', 'concluded'] as const;
/** Of each section. More than anybody can read; what is cut off is said. */
const MOST_ROWS = 200;

export type BoardData = {
  readonly rows: readonly RequestRow[];
  readonly duties: ReadonlyMap<string, DutyNow>;
  readonly notices: readonly Notice[];
};

/** What the board of this officer shows now: every desk that the officer belongs to. */
export async function boardData(parts: BoardParts, { desks }: Viewer): Promise<BoardData> {
  const { store, setups } = parts.desk;
  const ids = desks.map(({ id }) => id);
  // Each section by itself: what is nearly done must not crowd out what nobody has.
  const sections = await Promise.all(SECTIONS.map((status) => store.board(ids, [status], MOST_ROWS)));
  const duties = await Promise.all(
    desks.map(async (desk) => {
      const overrides = await store.overrides(desk.id);
      return [desk.id, { overrides, unheard: await unheardNow(parts, desk, overrides) }] as const;
    }),
  );
  return {
    rows: sections.flat(),
    duties: new Map(duties),
    notices: parts.hub.notices(ids.flatMap(channelsOf(setups))),
  };
}

type BoardParts = Pick<PageParts, 'desk' | 'hub' | 'pagers'>;

/** The board by desk, and in each desk by what is to be done; the store has put the most urgent and oldest first. */
export function board(viewer: Viewer, { rows, duties, notices }: BoardData): Html {
  const desks = viewer.desks.map((desk) => {
    const own = rows.filter(({ state }) => placeOf(viewer, state)?.id === desk.id);
    return html`<section aria-labelledby="desk-${desk.id}">
<h1 id="desk-${desk.id}">${desk.name}</h1>
${duty(viewer, desk, duties.get(desk.id))}
${banner(viewer, own, notices)}
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
