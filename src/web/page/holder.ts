import type { DeskSetup } from '../../desk/setup.ts';
import type { StepName } from '../../request/entries.ts';
import type { Acknowledged, Escalation, Open, Page, RequestState } from '../../request/state.ts';
import type { Reader } from '../viewer.ts';
import { type Html, html, type Piece } from './html.ts';
import { deadline, moment, since } from './moment.ts';
import { targetName } from './names.ts';

/** Who has the request, or who is being paged for it at this moment. */
export function holder(viewer: Reader, { zone }: Pick<DeskSetup, 'zone'>, state: RequestState): Piece {
  switch (state.status) {
    case 'open':
      return paging(viewer, zone, state);
    case 'acknowledged':
      return owned(viewer, zone, state);
    case 'concluded':
    case 'closed':
      return over(viewer, state);
  }
}

function owned(viewer: Reader, zone: string, { owner, acknowledgedAt, progress, waiting }: Acknowledged): Html {
  const { text } = viewer;
  const next =
    waiting === undefined
      ? html`${text('holder.progress_due')} ${deadline(viewer, zone, progress.dueAt)}`
      : html`${text('holder.waits_until')} ${deadline(viewer, zone, waiting.until)}`;
  return html`<strong class="owner"><bdi>${viewer.nameOf(owner)}</bdi></strong> ${text('holder.has_it_since')} ${moment(viewer, zone, acknowledgedAt)} · ${next}`;
}

function over({ text, nameOf }: Reader, state: Extract<RequestState, { status: 'concluded' | 'closed' }>): Piece {
  const result = state.outcome === undefined ? undefined : text(`outcome.${state.outcome.result}`);
  const closed = state.status === 'closed' ? text('status.closed') : undefined;
  const owner = state.owner === undefined ? undefined : html`<bdi>${nameOf(state.owner)}</bdi>`;
  return joined([result, closed, owner]);
}

function paging(viewer: Reader, zone: string, state: Open): Piece {
  const own = oneDesk(viewer, zone, state.escalation);
  const others = state.children.map(
    (child) => html`<br>${viewer.text('holder.at_desk', { desk: child.desk })} ${oneDesk(viewer, zone, child)}`,
  );
  return [own, ...others, skipped(viewer, state)];
}

function oneDesk(viewer: Reader, zone: string, escalation: Escalation): Html {
  const { text } = viewer;
  const next = html`${text('holder.next')} ${deadline(viewer, zone, escalation.until)}`;
  if (escalation.ringing === undefined) {
    const begins = escalation.until > viewer.now ? 'holder.begins' : 'holder.beginning';
    return html`<strong>${text('holder.nobody')}</strong> · ${text(begins)} ${since(viewer, zone, escalation.until)}`;
  }
  const where = text('holder.where', { round: escalation.round, step: stepText(viewer, escalation.ringing) });
  return html`<strong>${whoIsPaged(viewer, escalation)}</strong> · ${where} · ${next}`;
}

/** Pages that may still be answered; a notice on the side reaches nobody. */
function runningIn(pages: readonly Page[]): readonly Page[] {
  return pages.filter(({ state, aside }) => state !== 'failed' && aside !== true);
}

/** Whether somebody may still answer, as far as anybody knows: after a round that reached nobody that has to be shown anew. */
export function isReaching({ pages, ringing, handedOver }: Escalation): boolean {
  return runningIn(pages).length > 0 && (handedOver || ringing !== 'everyone');
}

/** Officers and channels whose page may still be answered. */
function whoIsPaged({ text, nameOf }: Reader, escalation: Escalation): Piece {
  const running = runningIn(escalation.pages);
  const officers = [...new Set(running.flatMap(({ officer }) => officer ?? []))].map(
    (one) => html`<bdi>${nameOf(one)}</bdi>`,
  );
  const channels = [...new Set(running.flatMap(({ channel }) => channel ?? []))];
  const names = [...officers, ...channels.map((channel) => text('target.channel', { channel }))];
  return names.length === 0
    ? text('holder.nobody_paged')
    : html`${text(isReaching(escalation) ? 'holder.paging' : 'holder.trying')} ${joined(names, ', ')}`;
}

/** Why somebody who would have been next is not paged. */
function skipped(viewer: Reader, { escalation, children }: Open): Piece {
  return [escalation, ...children]
    .flatMap((one) => one.skipped)
    .filter(({ why }) => why !== 'just_paged')
    .map(
      ({ whom, why }) =>
        html`<span class="warning">${viewer.text(`warning.skipped_${why}`, { whom: targetName(viewer, whom) })}</span>`,
    );
}

/** Step 2, by name, last resort. */
export function stepText({ text }: Reader, step: StepName): string {
  return typeof step === 'number' ? text('step.number', { number: step + 1 }) : text(`step.${step}`);
}

function joined(pieces: readonly Piece[], between = ' · '): Piece {
  const there = pieces.filter((piece) => piece !== undefined && piece !== false);
  return there.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]));
}
