import type { Instant } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import type { Answered, AnsweredAll } from '../../desk/acknowledge-all.ts';
import { hasText } from '../../locales/catalogue.ts';
import { refusalText } from '../../locales/refusal-text.ts';
import type { Viewer } from '../viewer.ts';
import type { Fold, PagerPage, Settled } from './hub.ts';

/** What the script shows of a page: finished texts, and nothing of a case among them. */
export type PageText = Pick<PagerPage, 'id' | 'shortId' | 'urgency' | 'at'> & {
  readonly title: string;
  readonly why: string;
  readonly count: string;
  readonly time: string;
};

export function pageText(viewer: Viewer, page: PagerPage): PageText {
  const { text } = viewer;
  const { id, shortId, urgency, reason, at } = page;
  // That it waits for somebody goes without saying.
  const why = hasText(`pager.reason.${reason}`) ? text(`pager.reason.${reason}`) : '';
  const shown = {
    title: text(`urgency.${urgency}`),
    why,
    count: countText(viewer, page),
    time: timeText(viewer, at, at),
  };
  return { id, shortId, urgency, at, ...shown };
}

function countText({ text }: Viewer, { requests, open = requests }: PagerPage): string {
  if (open !== requests) return text('pager.still_open', { count: open, of: Math.max(open, requests) });
  return requests > 1 ? text('pager.requests', { count: requests }) : '';
}

/** The one card that several pages are; no pages: there is none. */
export function foldText(viewer: Viewer, fold: Fold | undefined) {
  if (fold === undefined) return { pages: [] };
  const { pages, urgency, requests, at } = fold;
  const { text } = viewer;
  const count = text('pager.requests', { count: requests });
  return {
    pages,
    urgency,
    title: text(`urgency.${urgency}`),
    count,
    time: text('pager.since', { time: timeText(viewer, at) }),
  };
}

/** That the session of this pager ends soon, and what to do. */
export function endsText(viewer: Viewer, at: Instant, now: Instant) {
  return { line: viewer.text('pager.ends', { time: timeText(viewer, at, now) }) };
}

/** Why a page need not be answered any more. */
export function quietText({ text, officer, nameOf }: Viewer, shortId: string, { by, into }: Settled) {
  if (into !== undefined) return { shortId, line: text('pager.merged', { shortId, into }) };
  if (by.length === 0) return { shortId, line: text('pager.over', { shortId }) };
  if (by.every((one) => one === officer)) return { shortId, line: text('pager.yours', { shortId }) };
  return { shortId, line: text('pager.taken', { shortId, officer: by.map(nameOf).join(', ') }) };
}

/** Whether the officer need not be rung for it any more. What a pass was refused for still is. */
export function isSettled(answered: AnsweredAll): boolean {
  return !answered.ok || answered.requests.every(({ result }) => result !== 'refused') || isOver(answered.requests);
}

function isOver(requests: readonly Answered[]): boolean {
  const refusals = requests.flatMap((one) => (one.result === 'refused' ? [one.refusal.code] : []));
  return refusals.every((code) => code === 'closed' || code === 'has_outcome');
}

/** What an answer did, by name: which requests the officer has now, and who has the others since when. */
export function answerText(
  viewer: Viewer,
  by: 'acknowledge' | 'pass',
  shortId: string,
  answered: AnsweredAll,
  nameOf: (officer: OfficerId) => string,
): readonly string[] {
  const { text, officer } = viewer;
  if (!answered.ok) return [text('pager.unknown', { shortId })];
  const done = answered.requests.flatMap((one) => (one.result === 'done' ? [one.shortId] : []));
  const others = answered.requests.flatMap((one) => {
    if (one.result === 'done') return [];
    if (one.result === 'raised') return [text('pager.raised', { shortId: one.shortId })];
    if (one.result === 'refused') {
      const naming = { officer: nameOf, time: (at: number) => timeText(viewer, at) };
      return [text('pager.refused', { shortId: one.shortId, why: refusalText(text, one.refusal, naming) })];
    }
    const values = { shortId: one.shortId, officer: nameOf(one.owner), time: timeText(viewer, one.at) };
    return [text(one.owner === officer ? 'pager.already_yours' : 'pager.already_taken', values)];
  });
  const count = done.length;
  return [...(count === 0 ? [] : [text(`pager.done.${by}`, { count, shortIds: done.join(', ') })]), ...others];
}

function timeText({ desks, timesIn, now }: Viewer, at: Instant, on: Instant = now): string {
  return timesIn(desks[0]?.zone ?? 'UTC').short(at, on);
}
