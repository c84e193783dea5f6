import type { Instant } from '../../../rota/instant.ts';
import type { OfficerId } from '../../../rota/rota.ts';
import type { Answered, AnsweredAll } from '../../desk/acknowledge-all.ts';
import { hasText } from '../../locales/catalogue.ts';
import { refusalText } from '../../locales/refusal-text.ts';
import type { Viewer } from '../viewer.ts';
import type { PagerPage } from './hub.ts';

/** What the script shows of a page: finished texts, and nothing of a case among them. */
export type PageText = Pick<PagerPage, 'id' | 'shortId' | 'urgency'> & {
  readonly title: string;
  readonly why: string;
  readonly count: string;
  readonly time: string;
};

export function pageText(viewer: Viewer, { id, shortId, urgency, reason, requests, at }: PagerPage): PageText {
  const { text } = viewer;
  const count = requests > 1 ? text('pager.requests', { count: requests }) : '';
  // That it waits for somebody goes without saying.
  const why = hasText(`pager.reason.${reason}`) ? text(`pager.reason.${reason}`) : '';
  return { id, shortId, urgency, title: text(`urgency.${urgency}`), why, count, time: timeText(viewer, at, at) };
}

/** Why a page need not be answered any more. */
export function quietText({ text, officer, nameOf }: Viewer, shortId: string, by: readonly OfficerId[]) {
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
