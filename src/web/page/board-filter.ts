import type { RequestRow } from '../../ports/steps.ts';
import { URGENCIES, type Urgency } from '../../request/urgency.ts';
import type { Viewer } from '../viewer.ts';
import { type Html, html } from './html.ts';

/** What of the board is shown, as its address says. */
export type BoardFilter = { readonly show: Show; readonly urgency?: Urgency };

type Show = (typeof SHOWS)[number];

/** `all` is everything that is not closed. */
const SHOWS = ['all', 'mine', 'unowned', 'waiting', 'closed'] as const;

const BELONGS: Readonly<Record<Show, (row: RequestRow, viewer: Pick<Viewer, 'officer'>) => boolean>> = {
  all: ({ status }) => status !== 'closed',
  mine: ({ status, owner }, { officer }) => status !== 'closed' && owner === officer,
  unowned: ({ status }) => status === 'open',
  waiting: ({ status, state }) => status === 'acknowledged' && state.waiting !== undefined,
  closed: ({ status }) => status === 'closed',
};

/** Reads `?show=mine&urgency=emergency`; what it does not know shows everything. */
export function boardFilter(query: unknown): BoardFilter {
  const { show, urgency } = query as { readonly show?: unknown; readonly urgency?: unknown };
  const known = URGENCIES.find((one) => one === urgency);
  return { show: SHOWS.find((one) => one === show) ?? 'all', ...(known === undefined ? {} : { urgency: known }) };
}

/** The part of an address that says it; empty for everything. */
export function filterQuery({ show, urgency }: BoardFilter): string {
  const said = [...(show === 'all' ? [] : [`show=${show}`]), ...(urgency === undefined ? [] : [`urgency=${urgency}`])];
  return said.length === 0 ? '' : `?${said.join('&')}`;
}

export function isShown(filter: BoardFilter, viewer: Pick<Viewer, 'officer'>, row: RequestRow): boolean {
  return BELONGS[filter.show](row, viewer) && (filter.urgency === undefined || filter.urgency === row.urgency);
}

/**
 * The choices as links, so that each is an address that can be kept. The counts are of the rows at hand; closed requests
 * are not counted, there are too many of them for a page that is drawn at each change.
 */
export function filterBar(viewer: Viewer, filter: BoardFilter, rows: readonly RequestRow[]): Html {
  const { text } = viewer;
  const count = (show: Show) => rows.filter((row) => isShown({ ...filter, show }, viewer, row)).length;
  const tabs = SHOWS.map((show) =>
    choice(
      { ...filter, show },
      show === filter.show,
      text(`board.show_${show}`),
      show === 'closed' ? undefined : count(show),
    ),
  );
  const urgencies = [undefined, ...URGENCIES].map((urgency) => {
    const chosen = { show: filter.show, ...(urgency === undefined ? {} : { urgency }) };
    return choice(
      chosen,
      urgency === filter.urgency,
      text(urgency === undefined ? 'board.any_urgency' : `urgency.${urgency}`),
    );
  });
  return html`<nav class="filter" aria-label="${text('board.filter')}">
<ul>${tabs}</ul>
<ul>${urgencies}</ul>
</nav>`;
}

function choice(filter: BoardFilter, isCurrent: boolean, name: string, count?: number): Html {
  return html`<li><a href="/${filterQuery(filter)}"${isCurrent && html` aria-current="page"`}>${name}${count !== undefined && html` <small>${count}</small>`}</a></li>`;
}
